"""The wire in a browser: a source declared and tried out, an item taken, an update joined, a kill seen on the board."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from newsroom.wire.models import WireItem, WireSource
from newsroom.wire.rounds import fetch_source
from tests.agency import ninjs, ninjs_item
from tests.browser.editing_page import accessibility_problems

pytestmark = pytest.mark.browser

PARAGRAPHS = "<p>The frigate left Bergen at dawn.</p><p>Nine countries take part.</p><p>It will be back in May.</p>"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.journey
def test_editor_follows_an_agency_from_its_declaration_to_its_kill(signed_in, editor, agency, desk) -> None:
    agency.body = ninjs(ninjs_item(body_html=PARAGRAPHS))
    agency.wants = "Token k-17"
    page = signed_in(editor, viewport={"width": 390, "height": 844})
    page.goto(reverse("admin:wire_wireitem_changelist"))
    expect(page.get_by_text("Nothing has come yet.")).to_be_visible()
    page.get_by_role("link", name="Declare a source").click()
    page.get_by_label("Name", exact=True).fill("Coast")
    page.get_by_label("Address").fill(agency.url())
    page.get_by_label("Format").select_option("ninjs")
    page.get_by_label("Credit").fill("Coast Agency")
    page.get_by_label("Draft each story").uncheck()

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Try it out").click()
    trial = opened.value
    expect(trial.get_by_role("alert")).to_contain_text("It wants us to sign in (401).")
    trial.close()
    page.get_by_label("Signs in with").select_option("a key in a header")
    page.get_by_label("Name, or header").fill("Authorization")
    page.get_by_label("Password, token or key").fill("Token k-17")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Try it out").click()
    trial = opened.value
    expect(trial.get_by_role("heading", name="Frigate leaves port")).to_be_visible()
    assert accessibility_problems(trial) == []
    trial.close()
    assert WireSource.objects.count() == 0
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("not asked yet")).to_be_visible()

    source = WireSource.objects.get()
    fetch_source(source.pk)
    page.get_by_role("link", name="Wire", exact=True).click()
    assert (page.evaluate(OVERFLOW), accessibility_problems(page)) == (0, [])
    page.get_by_role("link", name="Frigate leaves port").click()
    page.get_by_role("button", name="Take to drafts").click()
    expect(page.get_by_label("Headline")).to_have_value("Frigate leaves port")

    article = Article.objects.get()
    desk.save(article, by=editor, body=article.body.replace("back in May", "back in June"))
    newer = ninjs_item(version="2", body_html=PARAGRAPHS.replace("Nine", "Eleven"))
    agency.body = ninjs(newer)
    fetch_source(source.pk)
    page.goto(reverse("admin:wire_wireitem_change", args=[WireItem.objects.get().pk]))
    expect(page.locator("ins").first).to_have_text("Eleven")
    assert (page.evaluate(OVERFLOW), accessibility_problems(page)) == (0, [])
    page.get_by_role("button", name="Take the update").click()
    expect(page.get_by_text("The update is in the draft")).to_be_visible()
    body = desk.fresh(article).body
    assert ("Eleven countries" in body, "back in June" in body) == (True, True)

    agency.body = ninjs(newer | {"version": "3", "pubstatus": "canceled", "ednote": "The navy denies it."})
    fetch_source(source.pk)
    page.goto(reverse("admin:index"))
    page.get_by_role("alert").get_by_role("link", name="Frigate leaves port").click()
    expect(page.get_by_text("The navy denies it.")).to_be_visible()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="It is dealt with").click()
    expect(page.get_by_text("Dealt with by editor")).to_be_visible()
