"""The diary in a browser: from an entry that nobody knows the day of to what readers and their calendars get."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import DiaryEntry
from tests.browser.editing_page import accessibility_problems

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.mark.journey
def test_entry_is_written_covered_and_told_as_exactly_as_it_is_known(signed_in, editor, journalist, desk) -> None:
    desk.live("Bundestag weighs the frigates")
    page = signed_in(editor, viewport=PHONE)
    page.goto(reverse("admin:articles_diaryentry_month") + "?month=2099-05")
    expect(page.get_by_text("No day of this month has an entry.")).to_be_visible()
    page.get_by_role("link", name="New entry", exact=True).click()
    page.get_by_label("Title").fill("Bundestag votes on the frigates")
    page.get_by_label("Kind").select_option("vote")
    page.get_by_label("From").fill("next spring")
    page.get_by_label("Place").fill("Berlin")
    page.get_by_label("Assigned to").select_option(journalist.username)
    page.get_by_label("Story").fill("Bundestag weighs")
    page.get_by_label("Note").fill("The whip is nervous")
    page.get_by_label("Public", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.get_by_label("Note")).to_have_value("The whip is nervous")
    page.get_by_label("From").fill("May 2099")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#result_list")).to_contain_text("May 2099")
    page.goto(reverse("admin:articles_diaryentry_month") + "?month=2099-05")
    expect(page.get_by_role("region", name="The day is not known")).to_contain_text("Bundestag votes")
    assert accessibility_problems(page) == []

    theirs = signed_in(journalist, viewport=PHONE)
    theirs.goto(reverse("admin:articles_notification_changelist"))
    theirs.get_by_role("link", name="Bundestag votes on the frigates").first.click()
    theirs.get_by_label("Note").fill("The whip is calm")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.get_by_role("alert")).to_contain_text("an editor’s to say")

    page.get_by_role("link", name="Bundestag votes on the frigates").click()
    page.get_by_label("From").fill("12 May 2099")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#result_list")).to_contain_text("12 May 2099")

    page.goto(reverse("diary"))
    told = page.get_by_role("listitem").filter(has_text="Bundestag votes on the frigates")
    expect(told).to_contain_text("12 May 2099")
    expect(told.get_by_role("link", name="Bundestag weighs the frigates")).to_be_visible()
    expect(page.get_by_text("whip")).to_have_count(0)
    assert accessibility_problems(page) == []
    expect(page.get_by_role("link", name="For your calendar")).to_be_visible()
    calendar = page.request.get(reverse("diary-calendar")).text()
    assert "DTSTART;VALUE=DATE:20990512" in calendar
    assert "whip" not in calendar
    assert DiaryEntry.objects.get().assigned_to == journalist
