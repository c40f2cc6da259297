"""The board and the lists in a browser: fresh by themselves, at hand by keyboard, whole on a wall and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import workflow
from articles.assignment import assign, set_priority
from articles.models import Article, Heartbeat, Notification
from tests.browser.editing_page import accessibility_problems, edit

pytestmark = pytest.mark.browser

BOARD = reverse("admin:index")
LIST = reverse("admin:articles_article_changelist")
WALL, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def busy(desk, journalist, editor):
    """A desk with something in every place."""
    Heartbeat.beat(Heartbeat.SWEEP)
    desk.draft("A draft with a headline that goes on for rather longer than anybody would like it to on a phone")
    workflow.request_changes(desk.in_review("Asked"), by=editor, comment="Name the source.")
    wanted = desk.in_review("Breaking from the strait")
    set_priority(wanted, priority=4, by=editor)
    late = desk.draft("Late copy")
    assign(late, to=journalist, by=editor)
    Article.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=2))
    desk.scheduled("At the hour")
    desk.live("Out now")
    desk.killed("Taken back")
    return desk


def refreshed(page, action) -> None:
    """Do it, and wait for the board's own next refresh."""
    with page.expect_response(lambda response: response.url.endswith(reverse("admin:board"))):
        action()


def look_again(page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.journey
def test_board_refreshes_by_itself_and_keeps_focus_and_scroll(signed_in, busy, journalist) -> None:
    page = signed_in(journalist, viewport={"width": 1440, "height": 500})
    page.goto(BOARD)
    link = page.locator(".is-assigned").get_by_role("link", name="Late copy")
    link.focus()
    page.evaluate("window.scrollTo(0, 120)")
    before = page.evaluate("window.scrollY")
    busy.in_review("Just came in")

    refreshed(page, lambda: look_again(page))

    expect(page.locator(".is-review")).to_contain_text("Just came in")
    expect(page.locator(".is-assigned").get_by_role("link", name="Late copy")).to_be_focused()
    assert page.evaluate("window.scrollY") == before


def test_board_asks_again_without_being_told(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.clock.install()
    page.goto(BOARD)
    busy.in_review("Just came in")

    refreshed(page, lambda: page.clock.run_for(21_000))

    expect(page.locator(".is-review")).to_contain_text("Just came in")


def test_board_says_when_the_newsroom_does_not_answer(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(BOARD)
    page.route(f"**{reverse('admin:board')}", lambda route: route.abort())

    look_again(page)
    expect(page.locator("[data-board-state]")).to_have_text(re.compile("does not answer: this is the board of"))

    page.unroute(f"**{reverse('admin:board')}")
    look_again(page)
    expect(page.locator("[data-board-state]")).to_be_hidden()


def test_board_counts_down_to_what_is_scheduled(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(BOARD)

    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"^in (59:\d\d|1 h 00 min)$"))
    expect(page.locator(".is-scheduled")).to_contain_text("UTC")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WALL, PHONE], ids=["wall", "phone"])
def test_board_and_lists_fit_and_are_accessible(signed_in, busy, journalist, viewport, scheme) -> None:
    page = signed_in(journalist, viewport=viewport, color_scheme=scheme)

    for address in (BOARD, LIST, reverse("admin:articles_notification_changelist")):
        page.goto(address)
        assert page.evaluate(OVERFLOW) <= 0, address
        assert accessibility_problems(page) == [], address


def test_list_is_cards_on_a_phone(signed_in, busy, journalist) -> None:
    page = signed_in(journalist, viewport=PHONE)
    page.goto(LIST)

    expect(page.locator("#result_list thead")).to_be_hidden()
    card = page.locator("#result_list tbody tr", has_text="Late copy")
    expect(card).to_contain_text("overdue since")
    assert card.bounding_box()["width"] <= 390


def test_list_keeps_its_filters_on_the_way_back_from_a_story(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(f"{LIST}?work_state__exact=draft")
    page.locator("#result_list").get_by_role("link", name="Late copy").click()
    page.wait_for_selector(".is-ready .story")

    page.locator(".editing-back").click()

    expect(page).to_have_url(re.compile(r"work_state__exact=draft$"))


def test_search_is_at_hand_by_one_key_and_takes_a_pasted_address(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(BOARD)
    article = Article.objects.get(headline="Out now")

    page.keyboard.press("/")
    expect(page.locator("#masthead-q")).to_be_focused()
    page.keyboard.type(f"https://news.example{article.edition.get_absolute_url()}")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"/article/{article.pk}/change/"))


def test_list_is_kept_under_a_name(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(f"{LIST}?due=late&assigned_to=me")

    page.get_by_text("Keep this list …").click()
    page.get_by_label("Its name").fill("My late ones")
    page.get_by_role("button", name="Keep", exact=True).click()

    expect(page.locator(".shortcuts [aria-current]")).to_have_text(re.compile("My late ones 1"))
    page.get_by_role("button", name="Forget this list").click()
    expect(page.locator(".shortcuts")).not_to_contain_text("My late ones")


def test_bulk_verb_names_what_was_refused(signed_in, busy, editor) -> None:
    page = signed_in(editor)
    page.goto(LIST)
    for headline in ("Breaking from the strait", "Late copy"):
        page.locator("#result_list tr", has_text=headline).get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option("request_changes")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("What should be changed").fill("Name the ship.")
    page.get_by_role("button", name="Request changes: 2 stories").click()

    messages = page.locator(".messagelist")
    expect(messages).to_contain_text("“Late copy” cannot be changed by “Request changes” now")
    expect(messages).to_contain_text("1 story sent back.")


def test_bell_counts_and_a_followed_message_is_read(signed_in, busy, journalist) -> None:
    Notification.objects.all().delete()
    article = Article.objects.get(headline="Late copy")
    for message in ("One for you.", "Two for you."):
        Notification.objects.create(user=journalist, article=article, message=message)
    page = signed_in(journalist)
    page.goto(LIST)
    expect(page.locator("[data-unread]")).to_have_text("2")

    page.locator("[data-bell]").click()
    with page.expect_response(lambda response: response.url.endswith("/notification/read/")):
        page.get_by_role("link", name="One for you.").click()
    page.wait_for_selector(".is-ready .story")

    expect(page.locator("[data-unread]")).to_have_text("1")
    page.locator("[data-bell]").click()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("[data-unread]")).to_be_hidden()


def test_story_is_arranged_from_its_page_without_leaving_it(signed_in, busy, editor, colleague) -> None:
    article = Article.objects.get(headline="Out now")
    page = edit(signed_in(editor), article)

    page.locator("a[data-arrange]").click()
    dialog = page.get_by_role("dialog", name="Arrange")
    assert accessibility_problems(page) == []
    dialog.get_by_label("Due at").fill("2020-01-01T10:00")
    dialog.get_by_role("button", name="Arrange").click()
    expect(dialog).to_contain_text("a time that has passed")
    dialog.get_by_label("Who").select_option(label="colleague")
    dialog.get_by_label("Due at").fill("2031-06-01T14:00")
    dialog.get_by_label("Priority").select_option(label="High")
    dialog.get_by_role("button", name="Arrange").click()

    expect(page.locator("[data-arrangement]")).to_have_text(re.compile(r"colleague\s*due\s+Sun 1 Jun, 14:00\s*High"))
    expect(page.locator("a[data-arrange]")).to_be_focused()
    assert Notification.objects.filter(user=colleague, kind="assigned").exists()


def test_export_is_offered_of_what_the_list_shows(signed_in, busy, journalist) -> None:
    page = signed_in(journalist)
    page.goto(f"{LIST}?pub_state__exact=live")

    with page.expect_download() as download:
        page.get_by_role("link", name="Export CSV").click()

    text = download.value.path().read_text("utf-8-sig")
    assert "Out now" in text
    assert "Late copy" not in text
