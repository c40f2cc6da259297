"""The front page arranged in a browser: dragged, numbered, found, looked at and made live by one press."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import front
from articles.front import Place, Spot
from articles.models import FrontSlot
from tests.browser.editing_page import accessibility_problems

pytestmark = pytest.mark.browser

HOME = reverse("admin:articles_frontslot_changelist")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def placed(desk):
    """One leads, Two stands first beside it."""
    front.place(Spot(Place.LEAD), story=desk.live("One"), by=desk.editor)
    front.place(Spot(Place.SECONDARY, 1), story=desk.live("Two"), by=desk.editor)


def filled():
    return {(slot.place, slot.ordinal): str(slot.story or slot.text) for slot in FrontSlot.objects.all()}


def row(page, code):
    return page.locator(f"[data-place={code}]")


def story(page, code):
    return row(page, code).get_by_label(re.compile("^Story"))


@pytest.mark.journey
def test_page_is_dragged_filled_looked_at_and_made_live_at_once(signed_in, editor, desk, placed) -> None:
    desk.live("Frigate sails north")
    page = signed_in(editor)
    page.goto(HOME)
    note = page.locator("[data-unsaved-note]")
    expect(note).to_be_hidden()

    row(page, "secondary-1").locator("h2").drag_to(row(page, "lead-1").locator("h2"))
    expect(story(page, "lead-1")).to_have_value(re.compile("Two$"))
    expect(note).to_contain_text("Not live yet.")
    story(page, "secondary-3").fill("frig")
    page.get_by_role("option", name="Frigate sails north").click()
    ends = timezone.now() + timedelta(days=2)
    row(page, "secondary-3").get_by_label(re.compile("^Until")).fill(f"{ends:%Y-%m-%dT%H:%M}")
    row(page, "secondary-1").get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_text("Preview: not live.")).to_be_visible()
    expect(page.locator(".lead-headline")).to_have_text("Two")
    expect(page.locator(".secondary")).to_contain_text("Frigate sails north")
    assert accessibility_problems(page) == []
    assert filled() == {("lead", 1): "One", ("secondary", 1): "Two"}

    page.get_by_role("button", name="Back to the front page’s desk").click()
    expect(story(page, "lead-1")).to_have_value(re.compile("Two$"))
    expect(note).to_be_visible()
    page.get_by_role("button", name="Make it live").click()

    expect(page.get_by_text("Home page is live as arranged.")).to_be_visible()
    expect(note).to_be_hidden()
    assert filled() == {("lead", 1): "Two", ("secondary", 3): "Frigate sails north"}
    assert FrontSlot.objects.get(place="secondary").until is not None


def test_keys_move_a_story_and_the_focus_goes_along(signed_in, editor, placed) -> None:
    page = signed_in(editor)
    page.goto(HOME)

    row(page, "lead-1").get_by_role("button", name="Move down").focus()
    for code in ("secondary-1", "secondary-2"):
        page.keyboard.press("Enter")
        expect(story(page, code)).to_have_value(re.compile("One$"))
        expect(row(page, code).get_by_role("button", name="Move down")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("One stands at beside the lead, 2 now. Not live yet.")
    field = row(page, "secondary-2").locator("[data-number-field]")
    field.fill("5")
    field.press("Tab")

    expect(story(page, "secondary-4")).to_have_value(re.compile("One$"))
    assert filled() == {("lead", 1): "One", ("secondary", 1): "Two"}


def test_list_of_found_stories_moves_nothing_away(signed_in, editor, desk, placed) -> None:
    page = signed_in(editor)
    page.goto(HOME)
    tall = row(page, "lead-1").bounding_box()["height"]

    story(page, "lead-1").fill("Tw")
    expect(page.get_by_role("option", name="Two")).to_be_visible()

    assert row(page, "lead-1").bounding_box()["height"] == tall


def test_whoever_leaves_with_something_not_live_is_asked(signed_in, editor, placed) -> None:
    page = signed_in(editor)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(HOME)
    row(page, "lead-1").get_by_role("button", name="Clear").click()

    page.get_by_role("link", name="Sea").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_role("heading", level=1)).to_have_text("Front page")

    page.get_by_role("button", name="Make it live").click()
    expect(page.get_by_text("Home page is live as arranged.")).to_be_visible()
    page.get_by_role("link", name="Sea").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pinned in Sea")
    assert asked == ["beforeunload"]


def test_numbers_do_the_same_without_scripts(signed_in, editor, placed) -> None:
    page = signed_in(editor, java_script_enabled=False)
    page.goto(HOME)

    row(page, "secondary-1").get_by_label("Number of what stands at 2").fill("1")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".lead-headline")).to_have_text("Two")
    page.get_by_role("button", name="Back to the front page’s desk").click()
    expect(page.get_by_text("Not live yet.")).to_be_visible()
    page.get_by_role("button", name="Make it live").click()

    expect(page.get_by_text("Home page is live as arranged.")).to_be_visible()
    assert filled() == {("lead", 1): "Two", ("secondary", 1): "One"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_page_reads_well_narrow_and_wide(signed_in, editor, desk, placed, scheme, width) -> None:
    page = signed_in(editor, viewport={"width": width, "height": 844}, color_scheme=scheme)

    page.goto(HOME)
    front.place(Spot(Place.LEAD), story=desk.live("Theirs, with a headline that is as long as"), by=desk.chief)
    story(page, "lead-1").fill("Two")
    for press in ("Make it live", "Preview"):
        page.get_by_role("button", name=press).click()
        assert page.evaluate(OVERFLOW) <= 0, press
        assert accessibility_problems(page) == [], press
