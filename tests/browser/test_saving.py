"""Saving safely in a real browser: killed, cut off, signed out, in two tabs and against a second editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Sitting
from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in, save
from tests.browser.killable import KillableChromium
from tests.browser.test_desk import sign_in
from tests.services import wait_until

pytestmark = pytest.mark.browser

WORDS = [f"w{number:02}" for number in range(40)]
# Milliseconds of the page's clock from one word to the next, and the most that may be lost.
PACE, LOSS = 250, 3000
COPIES = """() => new Promise((resolve) => {
  const opening = indexedDB.open("newsroom-unsaved", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("copies", { keyPath: "key" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("copies").objectStore("copies").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result.map((copy) => JSON.stringify(copy))); };
  };
})"""


@pytest.fixture
def chromium(require_chromium: str, browser, tmp_path: Path) -> Iterator[KillableChromium]:
    own = KillableChromium(require_chromium, browser.browser_type, tmp_path)
    yield own
    own.kill()


def kept(article: Article) -> str:
    """All bodies that are kept unsaved at the newsroom."""
    return " ".join(sitting.fields["body"][0] for sitting in Sitting.objects.with_words().filter(article=article))


def wait_until_kept(article: Article, words: str) -> None:
    wait_until(lambda: words in kept(article), what=f"“{words}” is kept")


def here(page) -> str:
    """All that this computer keeps."""
    return " ".join(page.evaluate(COPIES))


def type_at_the_end(page, after: str, words: str) -> None:
    put_cursor_in(page, after)
    page.keyboard.press("End")
    page.keyboard.type(words)


def body_of(page) -> str:
    return page.locator(".story").inner_text()


def offer_of(page):
    return page.locator("[data-unsaved-offers] li")


def test_killed_browser_loses_three_seconds_of_typing_at_most(chromium, live_server, journalist, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = chromium.start("killed")
    page.clock.install()
    sign_in_at(page, live_server, journalist)
    edit_at(page, live_server, article)
    put_cursor_in(page, "Before")
    page.keyboard.press("End")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)

    # Without a pause in which anything could be kept; at each moment all words but those of the last three seconds are.
    for number, word in enumerate(WORDS):
        page.keyboard.type(f" {word}")
        page.clock.run_for(PACE)
        due = number + 1 - LOSS // PACE
        if due >= 0:
            wait_until_kept(article, WORDS[due])
    chromium.kill()
    page = chromium.start("another computer")
    sign_in_at(page, live_server, journalist)
    edit_at(page, live_server, article)
    offer_of(page).get_by_role("link", name="Restore").click()
    page.wait_for_selector(".is-ready .story")

    assert " ".join(["Before.", *WORDS[: len(WORDS) - LOSS // PACE]]) in body_of(page)
    assert desk.fresh(article).lock_version == article.lock_version


def test_killed_browser_without_a_network_keeps_the_words_on_its_computer(
    chromium,
    live_server,
    journalist,
    desk,
) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = chromium.start("cut off")
    sign_in_at(page, live_server, journalist)
    edit_at(page, live_server, article)
    page.context.set_offline(True)
    type_at_the_end(page, "Before", " Typed in a tunnel.")
    expect(page.locator("[data-save-state]")).to_have_text("Offline: your words are kept on this computer")
    wait_until(lambda: "Typed in a tunnel." in here(page), what="this computer keeps the words")

    chromium.kill()
    at_newsroom = kept(article)
    page = chromium.start("cut off")
    sign_in_at(page, live_server, journalist)
    edit_at(page, live_server, article)
    expect(offer_of(page)).to_contain_text("on this computer")
    offer_of(page).get_by_role("link", name="Restore").click()
    page.wait_for_selector(".is-ready .story")

    assert at_newsroom == ""
    assert "Before. Typed in a tunnel." in body_of(page)


def sign_in_at(page, live_server, person) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", person.username)
    page.click("text=Sign in >> nth=-1")
    page.wait_for_url("**/admin/")


def edit_at(page, live_server, article: Article) -> None:
    page.goto(live_server.url + reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector(".is-ready .story")


@pytest.mark.journey
def test_words_of_a_closed_tab_are_offered_compared_and_restored(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>One <em>two</em>.</p>")
    page = edit(signed_in(journalist), article)
    type_at_the_end(page, "One", " Three.")
    page.get_by_label("Headline").fill("Typed")
    wait_until(lambda: Sitting.objects.filter(fields__headline=["Typed"]).exists(), what="the words are kept")

    page.reload()
    expect(offer_of(page)).to_contain_text(re.compile(r"You have unsaved words from \d\d:\d\d, 3 words, in this tab"))
    offer_of(page).get_by_role("link", name="Compare").click()
    expect(page.locator(".diff ins").first).to_have_text("Typed")
    page.get_by_role("link", name="Restore").click()
    page.wait_for_selector(".is-ready .story")
    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")
    between = desk.fresh(article).lock_version
    save(page)
    wait_until(lambda: not Sitting.objects.with_words().exists(), what="the saved words are forgotten")
    page.reload()
    page.wait_for_selector(".is-ready .story")

    saved = desk.fresh(article)
    assert between == article.lock_version
    assert (saved.headline, saved.revision.text) == ("Typed", "One two. Three.")
    assert "<em>two</em>" in saved.body
    expect(offer_of(page)).to_have_count(0)
    assert here(page) == ""


def test_words_are_discarded_for_good(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)
    page.get_by_label("Headline").fill("Typed")
    wait_until(lambda: Sitting.objects.with_words().exists(), what="the words are kept")
    page.reload()

    offer_of(page).get_by_role("button", name="Discard").click()
    expect(page.locator("[data-unsaved-offers]")).to_be_hidden()
    page.reload()
    page.wait_for_selector(".is-ready .story")
    wait_until(lambda: Sitting.objects.filter(seen_at__isnull=False).count() == 1, what="the new page is heard of")

    assert not Sitting.objects.with_words().exists()
    expect(offer_of(page)).to_have_count(0)


def test_restoring_over_a_newer_version_asks_what_stands(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body='<p data-block="aaaa">One.</p><p data-block="bbbb">Two.</p>')
    page = edit(signed_in(journalist), article)
    type_at_the_end(page, "Two", " Mine.")
    wait_until_kept(article, "Two. Mine.")
    page.goto(reverse("admin:index"))
    desk.save(article, by=editor, body=article.body.replace("One.", "One. <strong>Theirs.</strong>"))

    edit(page, article)
    expect(offer_of(page)).to_contain_text("restoring asks what stands")
    offer_of(page).get_by_role("link", name="Restore").click()
    page.wait_for_selector(".conflict-form")
    assert page.locator("[name=choice-body][value=joined]").is_checked()
    page.get_by_role("button", name="Save what I chose").click()
    page.wait_for_selector(".is-ready .story")
    wait_until(lambda: not Sitting.objects.with_words().exists(), what="the saved words are forgotten")

    saved = desk.fresh(article)
    assert saved.body == ('<p data-block="aaaa">One. <strong>Theirs.</strong></p><p data-block="bbbb">Two. Mine.</p>')


def test_two_editors_see_each_other_and_who_was_first(signed_in, journalist, editor, desk) -> None:
    editor.first_name = "Ana"
    editor.save()
    article = desk.draft()
    theirs = edit(signed_in(editor), article)
    mine = edit(signed_in(journalist), article)
    expect(mine.locator("[data-presence]")).to_have_text("Ana is reading this")

    theirs.get_by_label("Headline").fill("Theirs")
    wait_until(lambda: Sitting.objects.with_words().exists(), what="Ana's words are kept")
    mine.get_by_label("Standfirst").fill("Mine.")
    expect(mine.locator("[data-presence]")).to_have_text("Ana is editing this and has unsaved changes")
    save(theirs)
    mine.get_by_label("Standfirst").fill("Mine, and more.")
    expect(mine.locator("[data-newer]")).to_contain_text(re.compile(r"Ana saved a newer version at \d\d:\d\d"))
    mine.get_by_role("button", name="Compare now").click()
    mine.wait_for_selector(".conflict-form")
    mine.get_by_role("button", name="Save what I chose").click()
    mine.wait_for_selector(".is-ready .story")

    saved = desk.fresh(article)
    assert (saved.headline, saved.standfirst) == ("Theirs", "Mine, and more.")


def test_second_tab_of_ones_own_is_never_somebody_else(signed_in, journalist, desk) -> None:
    article = desk.draft()
    first = edit(signed_in(journalist), article)
    second = edit(first.context.new_page(), article)

    expect(second.locator("[data-presence]")).to_have_text("You have this open in another tab")
    second.reload()
    second.wait_for_selector(".is-ready .story")
    first.goto(reverse("admin:index"))
    wait_until(lambda: Sitting.objects.exclude(seen_at=None).count() == 1, what="the first tab has gone")
    second.get_by_label("Headline").fill("Typed")

    expect(second.locator("[data-presence]")).to_be_hidden()


def test_words_on_the_conflict_page_survive_going_back(signed_in, journalist, editor, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)
    desk.save(article, by=editor, headline="Theirs")
    page.get_by_label("Headline").fill("Mine")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict-form")
    page.get_by_label("Headline, by hand").fill("Both of us")
    assert page.locator("[name=choice-headline][value=hand]").is_checked()
    wait_until(lambda: Sitting.objects.filter(fields__headline=["Both of us"]).exists(), what="it is kept")

    page.go_back()
    page.wait_for_selector(".is-ready .story")
    offer_of(page).get_by_role("link", name="Restore").click()
    page.wait_for_selector(".conflict-form")

    assert page.get_by_label("Headline, by hand").input_value() == "Both of us"


def test_choices_go_on_into_the_editor(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body="<p>One.</p>")
    page = edit(signed_in(journalist), article)
    desk.save(article, by=editor, body="<p>One. Theirs.</p>")
    type_at_the_end(page, "One", " Mine.")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict-form")

    page.locator("[name=choice-body][value=joined]").check()
    page.get_by_role("button", name="Go on writing with it").click()
    page.wait_for_selector(".is-ready .story")
    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")
    text = body_of(page)
    save(page)

    assert ("One. Theirs." in text, "One. Mine." in text) == (True, True)
    assert desk.fresh(article).revision.text == "One. Theirs.\n\nOne. Mine."


def test_dead_line_says_where_the_words_are_and_mends_itself(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = edit(signed_in(journalist), article)
    page.context.set_offline(True)

    type_at_the_end(page, "Before", " In a tunnel.")
    expect(page.locator("[data-save-state]")).to_have_text("Offline: your words are kept on this computer")
    expect(page.locator("[data-trouble]")).to_contain_text("nothing is saved until you press Save")
    page.keyboard.press("Control+s")
    expect(page.locator("#article-form [data-problem]")).to_contain_text("Nothing waits to be saved later")
    between = kept(article)
    page.context.set_offline(False)
    wait_until_kept(article, "In a tunnel.")
    expect(page.locator("[data-trouble]")).to_be_hidden()

    assert between == ""
    assert desk.fresh(article).lock_version == article.lock_version
    save(page)
    assert desk.fresh(article).revision.text == "Before. In a tunnel."


def test_ended_session_goes_on_after_signing_in_in_another_tab(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = edit(signed_in(journalist), article)
    Session.objects.all().delete()

    type_at_the_end(page, "Before", " After midnight.")
    expect(page.locator("[data-save-state]")).to_have_text("Signed out: your words are kept on this computer")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    sign_in(opened.value, journalist.username)
    page.bring_to_front()
    type_at_the_end(page, "Before", " And on.")
    wait_until_kept(article, "After midnight. And on.")
    expect(page.locator("[data-trouble]")).to_be_hidden()
    save(page)

    assert desk.fresh(article).revision.text == "Before. After midnight. And on."


FAILURES = {
    500: "The newsroom has failed on what this page sent",
    403: "The newsroom refuses what this page sends (403)",
    404: "This story is not there any more",
}


@pytest.mark.parametrize("status", FAILURES)
def test_each_failure_has_its_words(signed_in, journalist, desk, status) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)
    page.route(
        "**/heartbeat/", lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>No</h1>")
    )

    page.get_by_label("Headline").fill("Typed")
    expect(page.locator("[data-save-state]")).to_have_text("Trouble: your words are kept on this computer")
    expect(page.locator("[data-trouble]")).to_contain_text(FAILURES[status])
    page.unroute("**/heartbeat/")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")


def test_leaving_is_asked_about_only_where_words_would_be_lost(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = signed_in(journalist)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('no room') }")
    edit(page, article)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("Headline").fill("Kept at the newsroom")
    wait_until(lambda: Sitting.objects.with_words().exists(), what="the words are kept")
    expect(page.locator("[data-kept-state]")).to_have_text(re.compile("^kept"))
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/history/")
    before = list(asked)
    edit(page, article)
    page.route("**/heartbeat/", lambda route: route.abort())
    page.get_by_label("Headline").click()
    page.keyboard.type("Kept nowhere ")
    expect(page.locator("[data-save-state]")).to_have_text("Offline: keep this tab open")
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/history/")

    assert (before, asked) == ([], ["beforeunload"])


def test_signing_out_leaves_no_words_on_this_computer(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = edit(signed_in(journalist), article)
    type_at_the_end(page, "Before", " Mine alone.")
    wait_until(lambda: "Mine alone." in here(page), what="this computer keeps the words")

    page.locator(".masthead-user summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()
    expect(page.locator("body")).not_to_contain_text("Mine alone")

    assert here(page) == ""
    assert "Before. Mine alone." in kept(article)


def test_words_of_another_person_go_from_this_computer(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = edit(signed_in(journalist), article)
    type_at_the_end(page, "Before", " Mine alone.")
    wait_until(lambda: "Mine alone." in here(page), what="this computer keeps the words")
    page.goto(reverse("admin:articles_article_changelist"))
    page.context.clear_cookies()

    sign_in(page, editor.username)
    edit(page, article)
    wait_until(lambda: here(page) == "", what="the words are gone from this computer")

    assert "Mine alone" not in page.content()
    expect(offer_of(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_of_saving_are_accessible(signed_in, journalist, editor, desk, scheme, width) -> None:
    article = desk.draft(body='<p data-block="aaaa">One.</p><p data-block="bbbb">Two.</p>')
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    type_at_the_end(page, "Two", " Mine.")
    page.get_by_label("Headline").fill("Mine")
    wait_until(lambda: Sitting.objects.filter(fields__headline=["Mine"]).exists(), what="the words are kept")
    edit(signed_in(editor), article)
    desk.save(article, by=editor, headline="Theirs", body=article.body.replace("One.", "One. Theirs."))
    page.reload()
    expect(offer_of(page)).to_have_count(1)
    expect(page.locator("[data-presence] li")).to_have_count(1)
    found = accessibility_problems(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    offer_of(page).get_by_role("link", name="Compare").click()
    page.wait_for_selector("ins")
    found += accessibility_problems(page)
    page.get_by_role("link", name="Restore").click()
    page.wait_for_selector(".conflict-form")
    found += accessibility_problems(page)

    assert found == []
    assert max(wide, page.evaluate("document.documentElement.scrollWidth")) <= width
