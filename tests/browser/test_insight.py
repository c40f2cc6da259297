"""Insight in a browser: the period is chosen, and what a chart says stands in the table beneath it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles import publishing, suggestions
from articles.models import Representation
from tests.browser.editing_page import accessibility_problems

pytestmark = pytest.mark.browser

WORDS = "return to port by Friday"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def quoted(desk, norway):
    """Two live stories, one of them of last winter: an admiral of Norway and a fisherman."""
    for role, country, days in (("admiral", norway.country_facts, 0), ("fisherman", None, 200)):
        story = desk.approved(f"The {role} speaks")
        start = story.revision.text.index(WORDS)
        speaker = {"speaker_name": f"{role} Example", "speaker_kind": "person", "speaker_role": role}
        where = {"start": start, "end": start + len(WORDS), "speaker_country": country}
        suggestions.add_quote(story, by=desk.editor, **where, **speaker)
        suggestions.add_tag(story, norway, by=desk.editor, role="about")
        publishing.publish(desk.fresh(story), by=desk.editor)
        made = Representation.objects.get(article=story)
        made.published_at -= timedelta(days=days)
        made.save(update_fields=["published_at"])


@pytest.mark.journey
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_editor_reads_whom_the_desk_quotes(signed_in, editor, quoted, width, scheme) -> None:
    page = signed_in(editor, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(reverse("admin:index"))
    page.goto(reverse("admin:insight"))
    voices = page.get_by_role("region", name="Official or independent")
    expect(voices.get_by_role("row", name="Official 1 100 %")).to_be_visible()

    page.get_by_role("link", name="365 days").click()
    expect(voices.get_by_role("row", name="Official 1 50 %")).to_be_visible()
    expect(voices.get_by_role("row", name="Independent 1 50 %")).to_be_visible()
    expect(page.get_by_role("region", name="Country of the speaker")).to_contain_text("Norway")
    expect(page.get_by_text("Nobody has judged a proposal in this time.")).to_be_visible()
    expect(page.get_by_role("img", name="Norway: 2 stories in twelve months")).to_be_visible()

    page.get_by_role("region", name="Stories by country and month").focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Stories by country and month"
    assert page.evaluate(OVERFLOW) <= 0
    assert accessibility_problems(page) == []
