"""Links in a real browser: a story of ours by its words, an address, and an address pasted over words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.publish_checks import publish_checks
from tests.browser.editing_page import accessibility_problems, edit, paste, save, select, story_html

pytestmark = pytest.mark.browser

ALPHA = "<p>Alpha beta gamma.</p>"


@pytest.mark.journey
def test_story_of_ours_is_found_by_words_and_chosen_by_key(signed_in, journalist, desk) -> None:
    target = desk.live("Minehunter leaves Gdynia")
    desk.live("Another story")
    article = desk.draft("Linking", body=ALPHA)
    page = edit(signed_in(journalist), article)

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.type("minehunt")
    expect(page.get_by_role("option", name="Minehunter leaves Gdynia live")).to_be_visible()
    assert accessibility_problems(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    save(page)

    address = target.edition.get_absolute_url()
    assert story_html(page) == f'<p>Alpha <a href="{address}">beta</a> gamma.</p>'
    assert not any("no live story" in sentence for sentence in publish_checks(desk.fresh(article)).blockers)


def test_selected_words_are_the_first_question(signed_in, journalist, desk) -> None:
    desk.live("Minehunter leaves Gdynia")
    page = edit(signed_in(journalist), desk.draft("Linking", body="<p>The minehunter sailed.</p>"))

    select(page, "minehunter")
    page.keyboard.press("Control+k")

    expect(page.get_by_role("option", name="Minehunter leaves Gdynia")).to_be_visible()
    expect(page.locator("[data-link-status]")).to_have_text("1 story for “minehunter”")


def test_story_that_is_not_live_is_shown_but_not_linked(signed_in, journalist, desk) -> None:
    desk.draft("Minehunter in dock")
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.type("minehunter")
    expect(page.get_by_role("option", name="Minehunter in dock never published")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("[data-link-status]")).to_contain_text("is not live")
    expect(page.locator("#link-dialog")).to_be_visible()


def test_nothing_selected_becomes_the_linked_headline(signed_in, journalist, desk) -> None:
    target = desk.live("Minehunter leaves Gdynia")
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    page.evaluate("document.querySelector('.story').editor.commands.focus('end')")
    expect(page.locator(".story")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("minehunter")
    page.get_by_role("option", name="Minehunter leaves Gdynia").click()
    page.keyboard.type(" after")

    address = target.edition.get_absolute_url()
    expected = f'<p>Alpha beta gamma.<a href="{address}">Minehunter leaves Gdynia</a> after</p>'
    assert story_html(page) == expected


def test_address_is_taken_as_one(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("https://example.org/a?b=1")
    page.keyboard.press("Enter")

    assert story_html(page) == '<p>Alpha <a href="https://example.org/a?b=1">beta</a> gamma.</p>'


def test_address_of_our_own_is_stored_without_its_host(signed_in, journalist, desk, live_server) -> None:
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(f"{live_server.url}/news/2026/11/fleet/")
    page.keyboard.press("Enter")

    assert story_html(page) == '<p>Alpha <a href="/news/2026/11/fleet/">beta</a> gamma.</p>'


def test_address_pasted_over_words_links_them(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    paste(page, text="https://example.org/a")

    assert story_html(page) == '<p>Alpha <a href="https://example.org/a">beta</a> gamma.</p>'


def test_page_of_the_desk_stands_for_its_story(signed_in, journalist, desk, live_server) -> None:
    target = desk.live("Minehunter leaves Gdynia")
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(f"{live_server.url}/admin/articles/article/{target.pk}/change/")
    page.keyboard.press("Enter")
    expect(page.locator("[data-link-error]")).to_contain_text("the desk’s own")
    page.get_by_role("option", name="Minehunter leaves Gdynia").click()

    assert story_html(page) == f'<p>Alpha <a href="{target.edition.get_absolute_url()}">beta</a> gamma.</p>'


def test_link_is_removed(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft("Linking", body='<p>Alpha <a href="/x">beta</a></p>'))

    page.locator(".story a").click()
    page.keyboard.press("Control+k")
    page.get_by_role("button", name="Remove").click()

    assert story_html(page) == "<p>Alpha beta</p>"


def test_escape_leaves_the_words_alone(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft("Linking", body=ALPHA))

    select(page, "beta")
    page.keyboard.press("Control+k")
    page.keyboard.type("anything")
    page.keyboard.press("Escape")
    page.keyboard.type("new")

    assert story_html(page) == "<p>Alpha new gamma.</p>"
