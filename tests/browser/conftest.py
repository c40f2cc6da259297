"""What browser tests share: pages opened as a member of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from tests.services import wait_until

FOLDER = Path(__file__).parent
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`);
});
"""

# A real browser beside a real server is slow, and loses a race now and then, where the machine is busy. What fails
# three times in a row is broken; the run's last line counts how many were run again.
TRIES_MORE = 2
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE))


@pytest.fixture
def signed_in(browser, live_server) -> Iterator[Callable[..., Any]]:
    """Opens a page of a fresh browser as a person; at the end no page may have broken the policy or thrown."""
    contexts, pages, errors = [], [], []

    def open_as(person, **options: Any):
        client = Client()
        client.force_login(person)
        context = browser.new_context(base_url=live_server.url, **options)
        context.add_cookies(
            [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
        )
        page = context.new_page()
        if options.get("java_script_enabled", True):
            page.add_init_script(VIOLATIONS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        contexts.append(context)
        pages.append((page, options))
        return page

    yield open_as
    violations = [
        violation
        for page, options in pages
        if options.get("java_script_enabled", True)
        for violation in page.evaluate("window.violations ?? []")
    ]
    for context in contexts:
        context.close()
    wait_until(is_quiet, what="the server has answered what closed pages asked")
    assert (errors, violations) == ([], [])


def is_quiet() -> bool:
    """Whether nobody else asks the database: a request that still runs loses it in the middle."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle')"
        )
        return cursor.fetchone()[0]
