"""Verbs in place: dialogs, the schedule's one form, checks while one writes, and two clicks for a slip."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Heartbeat
from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in, save
from tests.services import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def clock_runs(db, settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/London"
    Heartbeat.objects.create(name=Heartbeat.SWEEP, at=timezone.now() + timedelta(hours=1))


def state_of(desk, article) -> tuple[str, str]:
    newest = desk.fresh(article)
    return newest.work_state, newest.pub_state


def loads_of(page) -> list[str]:
    """The documents that the page loads from now on."""
    loads: list[str] = []
    page.on("request", lambda request: request.is_navigation_request() and loads.append(request.url))
    return loads


@pytest.mark.journey
def test_request_changes_needs_no_page_load_and_keeps_errors_in_the_dialog(signed_in, desk, editor):
    article = desk.in_review()
    page = edit(signed_in(editor, viewport=WIDE), article)
    loads = loads_of(page)
    opener = page.get_by_role("link", name="Request changes …")

    opener.click()
    dialog = page.get_by_role("dialog", name="Request changes")
    expect(dialog.get_by_label("What should be changed")).to_be_focused()
    dialog.get_by_role("button", name="Request changes").click()
    expect(dialog.get_by_text("This field is required.")).to_be_visible()
    expect(dialog.get_by_label("What should be changed")).to_be_focused()
    assert accessibility_problems(page) == []
    dialog.get_by_label("What should be changed").fill("Name the source.")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("What should be changed")).to_have_value("Name the source.")
    dialog.get_by_role("button", name="Request changes").click()

    expect(page.get_by_role("status").filter(has_text="Sent back with your comment.")).to_be_visible()
    expect(page.locator("#panel .chip").first).to_have_text("Changes requested")
    assert (state_of(desk, article), loads) == (("changes_requested", "never"), [])


def test_approval_asks_once_about_the_tagger_in_a_dialog(signed_in, desk, editor):
    article = desk.in_review()
    page = edit(signed_in(editor, viewport=WIDE), article)

    page.get_by_role("button", name="Approve and publish", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("The tagger is still reading this version")
    assert state_of(desk, article) == ("in_review", "never")
    dialog.get_by_role("button", name="Approve and publish as it is").click()

    expect(page.locator("#panel .chip.is-public")).to_have_text("Live")
    assert state_of(desk, article) == ("approved", "live")


def test_spiked_story_is_another_page(signed_in, desk, editor):
    article = desk.draft()
    page = edit(signed_in(editor, viewport=WIDE), article)

    page.get_by_role("link", name="Spike …").click()
    page.get_by_role("dialog").get_by_label("Why").fill("Overtaken by events.")
    page.get_by_role("dialog").get_by_role("button", name="Spike").click()

    expect(page.get_by_text("This story is spiked and can no longer be edited.")).to_be_visible()
    assert state_of(desk, article) == ("draft", "spiked")


def test_slip_in_a_live_story_is_two_clicks(signed_in, desk, editor):
    article = desk.live(body="<p>The fleet returned to prot.</p>")
    page = edit(signed_in(editor, viewport=WIDE), article)
    page.evaluate("window.clicks = 0; document.addEventListener('click', () => { window.clicks += 1 }, true)")

    put_cursor_in(page, "The fleet returned")
    page.keyboard.press("End")
    for key in ("Backspace", "Backspace", "Backspace", "Backspace", "o", "r", "t", "."):
        page.keyboard.press(key)
    page.get_by_role("button", name="Publish minor update").click()

    expect(page.get_by_role("status").filter(has_text="The minor update is public.")).to_be_visible()
    newest = desk.fresh(article)
    assert page.evaluate("window.clicks") == 2
    assert (newest.edition.text, newest.edition.kind) == ("The fleet returned to port.", "minor")
    assert newest.updated_at == article.updated_at


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_schedule_and_embargo_in_one_form(signed_in, desk, editor, viewport):
    article = desk.approved()
    page = edit(signed_in(editor, viewport=viewport), article)
    loads = loads_of(page)

    page.get_by_role("link", name="Schedule and embargo …").click()
    dialog = page.get_by_role("dialog", name="Schedule and embargo")
    expect(dialog.get_by_label("Time of publication")).to_be_hidden()
    dialog.get_by_label("At a time").check()
    field = dialog.get_by_label("Time of publication")
    field.fill("2031-07-01T06:00")
    expect(dialog.locator("#verb_publish_at-utc")).to_have_text("Tue 1 Jul, 05:00 UTC")
    field.fill("2031-03-30T01:30")
    expect(dialog.locator("#verb_publish_at-utc")).to_contain_text("it does not exist")
    field.fill("2031-10-26T01:30")
    expect(dialog.locator("#verb_publish_at-utc")).to_contain_text("comes twice")
    dialog.locator("[name=publish_at-turn]").select_option("2")
    expect(dialog.locator("#verb_publish_at-utc")).to_have_text("Sun 26 Oct, 01:30 UTC")
    dialog.get_by_label("Until a time").check()
    dialog.get_by_label("End of the embargo").fill("2031-10-26T05:00")
    assert accessibility_problems(page) == []
    dialog.get_by_role("button", name="Set the schedule").click()
    expect(dialog.get_by_role("alert")).to_contain_text("schedule it after that")
    dialog.get_by_label("End of the embargo").fill("2031-10-01T05:00")
    dialog.get_by_role("button", name="Set the schedule").click()

    expect(page.locator(".plan-line", has_text="Goes live")).to_contain_text("set by editor")
    newest = desk.fresh(article)
    assert f"{newest.publish_at:%Y-%m-%d %H:%M}" == "2031-10-26 01:30"
    assert (newest.pub_state, newest.embargo_until.month, loads) == ("scheduled", 10, [])
    page.get_by_role("button", name="Take off the schedule").click()
    expect(page.locator(".plan-line", has_text="Goes live")).to_have_count(0)


def test_quick_choice_fills_the_time(signed_in, desk, editor):
    page = edit(signed_in(editor, viewport=WIDE), desk.approved())
    page.get_by_role("link", name="Schedule and embargo …").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("At a time").check()

    dialog.get_by_role("button", name="Tomorrow 06:00").first.click()

    expect(dialog.get_by_label("Time of publication")).to_have_value(re.compile(r"T06:00$"))
    expect(dialog.locator("#verb_publish_at-utc")).to_contain_text("UTC")


def test_schedule_works_without_javascript(signed_in, desk, editor):
    article = desk.approved()
    page = signed_in(editor, java_script_enabled=False)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))

    page.get_by_role("link", name="Schedule and embargo …").click()
    page.get_by_label("At a time").check()
    page.get_by_label("Time of publication").fill("2031-07-01T06:00")
    page.get_by_role("button", name="Set the schedule").click()

    expect(page.locator(".plan-line", has_text="Goes live")).to_contain_text("05:00 UTC")
    assert state_of(desk, article) == ("approved", "scheduled")


def test_checks_follow_what_is_typed_without_saving(signed_in, desk, journalist):
    article = desk.draft(body="<p>Four ships came home.</p><h3>Why</h3><p>Nobody knows.</p>")
    page = edit(signed_in(journalist, viewport=WIDE), article)
    revisions = article.revisions.count()

    page.get_by_label("Headline").fill("Five ships return")
    expect(page.locator("[data-checks]")).to_contain_text("The headline says Five, the body does not.")
    page.get_by_label("Headline").fill("Four ships return")
    expect(page.locator("[data-checks]")).not_to_contain_text("The headline says")
    page.get_by_label("Headline").fill("")
    expect(page.locator("[data-checks] .checks-blocking")).to_contain_text("The headline is missing.")
    page.get_by_role("link", name="The first heading is a third-level one").click()
    page.keyboard.type("So ")
    expect(page.locator(".story h3")).to_have_text("So Why")
    page.get_by_role("link", name="The headline is missing.").click()
    expect(page.get_by_label("Headline")).to_be_focused()

    assert article.revisions.count() == revisions
    save(page)


def test_finding_about_a_field_opens_its_tab(signed_in, desk, journalist):
    page = edit(signed_in(journalist, viewport=WIDE), desk.draft(section=None))

    page.get_by_role("link", name="No section is chosen.").click()

    expect(page.get_by_label("Section")).to_be_focused()
    page.get_by_label("Section").select_option(label="Sea")
    page.get_by_role("tab", name="Desk").click()
    wait_until(lambda: page.get_by_role("link", name="No section is chosen.").count() == 0, what="the finding goes")
