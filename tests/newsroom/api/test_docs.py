"""The documentation page works in a browser under our content security policy, from local files only."""

from __future__ import annotations

import pytest


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_documentation_works_under_the_content_policy(page):
    refused: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))

    response = page.goto("/api/v1/docs")
    page.locator("#operations-articles-list_articles").wait_for()

    assert "unsafe" not in response.headers["content-security-policy"]
    assert refused == []
    assert {address.split("/")[2] for address in asked if not address.startswith("data:")} == {page.url.split("/")[2]}
