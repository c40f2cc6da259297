"""Comments in two real browsers: said beside the words, mentioned, answered, followed through edits, resolved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from articles import commenting
from articles.models import Comment, CommentThread, Notification
from tests.articles.test_commenting import marked
from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in, save, select
from tests.desk import make_person

pytestmark = pytest.mark.browser

STORY = "<p>The minister said the fleet would return to port by Friday.</p><p>Nobody else spoke.</p>"
WORDS = "return to port by Friday"
COMPOSER = "#new-comment"


def open_tab(page) -> None:
    page.get_by_role("tab", name=re.compile("Comments")).click()
    page.wait_for_selector("#comments-tab:visible")


def comment_on(page, words: str, text: str) -> None:
    """Mark words, open the box by key, type, send by key."""
    select(page, words)
    page.keyboard.press("Control+Alt+m")
    expect(page.locator(COMPOSER)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".remark[id] .remark-text", has_text=text)).to_be_visible()
    expect(page.locator(".is-pending")).to_have_count(0)


@pytest.mark.journey
def test_two_people_talk_about_words_until_they_are_settled(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body=STORY)
    mine, theirs = edit(signed_in(journalist), article), edit(signed_in(editor), article)

    # The editor marks words and mentions the reporter, by keyboard alone.
    select(theirs, WORDS)
    theirs.keyboard.press("Control+Alt+m")
    expect(theirs.locator("[data-about-words]")).to_have_text(WORDS)
    theirs.keyboard.type("@jou")
    expect(theirs.get_by_role("option")).to_have_count(1)
    theirs.keyboard.press("Enter")
    theirs.keyboard.type("which port?")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator(".mention")).to_have_text("@journalist")

    # It comes to the reporter by itself, in the count of the tab, the text and a notification.
    open_tab(mine)
    thread = mine.locator(".thread[data-has-words]")
    expect(thread).to_contain_text("which port?", timeout=20_000)
    expect(mine.locator("#tab-of-comments [data-tab-count]")).to_have_text("1")
    expect(mine.locator(".story .commented")).to_have_text(WORDS)
    assert [notification.message for notification in Notification.objects.filter(user=journalist)] == [
        "editor mentions you on “Fleet returns to port”: @journalist which port?"
    ]

    # A reply, which the editor gets without reloading.
    thread.get_by_text("Reply", exact=True).first.click()
    mine.keyboard.type("Gdynia.")
    mine.keyboard.press("Control+Enter")
    expect(theirs.locator(".thread")).to_contain_text("Gdynia.", timeout=20_000)
    assert Notification.objects.filter(user=editor).count() == 1

    # The anchor follows the text: kept, changed, gone.
    put_cursor_in(mine, "The minister said")
    mine.keyboard.press("Home")
    mine.keyboard.type("At noon ")
    save(mine)
    expect(mine.locator(".story .commented")).to_have_text(WORDS)
    assert CommentThread.objects.get().anchor == "kept"
    select(mine, "Friday")
    mine.keyboard.type("Sunday")
    save(mine)
    expect(mine.locator(".thread-anchor")).to_have_text("Now in the text: return to port by Sunday", timeout=20_000)
    select(mine, "the fleet would return to port by Sunday")
    mine.keyboard.type("nothing")
    save(mine)
    expect(mine.locator(".thread-anchor")).to_have_text("Not in the saved text.", timeout=20_000)

    # Resolved by one, seen by the other, taken up again.
    mine.get_by_role("button", name="Resolve").click()
    expect(mine.locator(".thread:visible")).to_have_count(0)
    expect(theirs.locator("#tab-of-comments [data-tab-count]")).to_have_text("", timeout=20_000)
    theirs.locator("#comments [name=comment-filter][value=resolved]").check()
    expect(theirs.locator(".thread-resolved")).to_contain_text("Resolved by journalist")
    theirs.get_by_role("button", name="Reopen").click()
    expect(theirs.locator("#tab-of-comments [data-tab-count]")).to_have_text("1")
    assert not CommentThread.objects.get().is_resolved


def test_headline_is_commented_on_and_shows_it(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft("Fleet returns to port"))

    page.get_by_label("Headline").evaluate("(field) => { field.focus(); field.setSelectionRange(6, 13) }")
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("Has it?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread[data-has-words]")).to_contain_text("Headline returns")

    thread = CommentThread.objects.get()
    assert (thread.field, thread.words, thread.anchor) == ("headline", "returns", "kept")
    expect(page.locator(".written-headline .field-marks .commented")).to_have_text("returns")


def test_highlight_opens_its_thread_and_walking_scrolls_the_text(signed_in, journalist, desk) -> None:
    body = "".join(f"<p>Ship number {number} sails.</p>" for number in range(60))
    article = desk.draft(body=body)
    for words in ("number 59", "number 1 "):
        commenting.comment(article, by=desk.editor, text=f"About {words}?", marked=marked(article, words.strip()))
    page = edit(signed_in(journalist), article)

    page.locator(".story .commented").first.click()
    expect(page.locator("#comments-tab")).to_be_visible()
    expect(page.locator(".thread.is-current")).to_contain_text("About number 1")
    expect(page.locator(".story .commented.is-current")).to_have_text("number 1")
    page.locator(".thread.is-current").focus()
    page.keyboard.press("n")

    expect(page.locator(".thread.is-current")).to_contain_text("About number 59")
    expect(page.locator(".story .commented.is-current")).to_be_in_viewport()


def test_words_that_were_not_saved_yet_are_commented_on(signed_in, journalist, desk) -> None:
    article = desk.draft(body=STORY)
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Nobody else")
    page.keyboard.press("End")
    page.keyboard.type(" Then somebody did.")
    comment_on(page, "somebody did", "Who?")
    expect(page.locator(".story .commented")).to_have_text("somebody did")
    save(page)
    expect(page.locator(".thread-anchor")).to_have_count(0, timeout=20_000)

    assert CommentThread.objects.get().anchor == "kept"


def test_failed_comment_is_in_its_box_again_and_survives_a_reload(signed_in, journalist, desk) -> None:
    article = desk.draft(body=STORY)
    page = edit(signed_in(journalist), article)
    select(page, WORDS)
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("Which port?")

    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer [data-problem]")).to_contain_text("cannot be reached")
    expect(page.locator(COMPOSER)).to_have_value("Which port?")
    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(".is-ready .story")
    open_tab(page)
    expect(page.locator(COMPOSER)).to_have_value("Which port?")
    expect(page.locator("[data-about-words]")).to_have_text(WORDS)
    page.locator(COMPOSER).press("Control+Enter")
    expect(page.locator(".thread[data-has-words]")).to_contain_text("Which port?")
    page.reload()
    page.wait_for_selector(".is-ready .story")

    expect(page.locator(COMPOSER)).to_have_value("")
    assert Comment.objects.get().thread.words == WORDS


def test_lost_answer_does_not_say_it_twice(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=STORY))
    open_tab(page)
    lost: list[str] = []

    def lose(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route("**/comments/", lose)
    page.locator(COMPOSER).fill("Only once.")
    page.locator(COMPOSER).press("Control+Enter")
    expect(page.locator(".composer [data-problem]")).to_contain_text("cannot be reached")
    page.locator(COMPOSER).press("Control+Enter")
    expect(page.locator(".composer [data-problem]")).to_be_hidden()
    expect(page.locator(".thread[id]")).to_have_count(1)

    assert Comment.objects.get().text == "Only once."


def test_reply_being_typed_outlives_what_others_say(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body=STORY)
    thread = commenting.comment(article, by=editor, text="Which port?", marked=marked(article, WORDS)).thread
    page = edit(signed_in(journalist), article)
    open_tab(page)
    page.locator(".thread").focus()
    page.keyboard.press("r")
    page.keyboard.type("Gdynia, I")

    commenting.reply(thread, by=editor, text="Hello?")
    expect(page.locator(".thread")).to_contain_text("Hello?", timeout=20_000)
    page.keyboard.type(" think.")

    expect(page.locator(f"#reply-text-{thread.pk}")).to_have_value("Gdynia, I think.")
    expect(page.locator(f"#reply-text-{thread.pk}")).to_be_focused()


def test_own_comment_is_edited_and_deleted(signed_in, journalist, desk) -> None:
    article = desk.draft(body=STORY)
    comment = commenting.comment(article, by=journalist, text="Which prot?")
    page = edit(signed_in(journalist), article)
    open_tab(page)

    page.get_by_text("Edit", exact=True).click()
    page.locator(f"#edit-text-{comment.pk}").fill("Which port?")
    page.get_by_role("button", name="Save comment").click()
    expect(page.locator(f"#comment-{comment.pk} .remark-text")).to_have_text("Which port?")
    expect(page.locator(f"#comment-{comment.pk}")).to_contain_text("edited")
    page.get_by_text("Delete", exact=True).click()
    page.get_by_role("button", name="Delete comment").click()
    expect(page.locator(".thread")).to_have_count(0)

    comment.refresh_from_db()
    assert comment.is_deleted


def test_link_of_a_notification_leads_to_its_comment(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body=STORY)
    comment = commenting.comment(article, by=editor, text="Which port?")
    commenting.resolve(comment.thread, by=editor)
    page = signed_in(journalist)

    page.goto(f"/admin/articles/article/{article.pk}/change/#comment-{comment.pk}")
    page.wait_for_selector(".is-ready .story")

    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()
    expect(page.locator(".thread.is-current")).to_contain_text("Which port?")


def test_hostile_words_show_as_words(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body=STORY)
    text = "<img src=x onerror='window.ran = 1'> <script>window.ran = 2</script> \u202eevil https://example.org/'x"
    commenting.comment(article, by=editor, text=text, marked=marked(article, WORDS))
    page = edit(signed_in(journalist), article)
    open_tab(page)
    page.locator(COMPOSER).fill(text)
    page.locator(COMPOSER).press("Control+Enter")
    expect(page.locator(".thread[id]")).to_have_count(2)

    assert page.evaluate("window.ran") is None
    assert page.locator("#comments img, #comments script").count() == 0


def test_colleague_who_may_not_edit_comments_on_what_is_marked(signed_in, colleague, desk) -> None:
    article = desk.draft(body=STORY)
    page = edit(signed_in(colleague), article)

    comment_on(page, WORDS, "Which port?")

    assert CommentThread.objects.get().words == WORDS


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_tab_is_accessible(signed_in, journalist, editor, desk, scheme, width) -> None:
    make_person("ana", "Reporter", first_name="Ana", last_name="Sample")
    article = desk.draft(body=STORY)
    first = commenting.comment(
        article, by=editor, text="@ana which port? https://example.org/", marked=marked(article, WORDS)
    )
    commenting.reply(first.thread, by=journalist, text="Gdynia.")
    commenting.delete(commenting.comment(article, by=editor, text="Hm."), by=editor)
    commenting.resolve(commenting.comment(article, by=journalist, text="Done.").thread, by=editor)
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    open_tab(page)
    page.locator("#comments [name=comment-filter][value=all]").check()
    page.locator("#comments details").evaluate_all("all => all.forEach((details) => { details.open = true })")
    page.locator(COMPOSER).fill("@a")
    page.locator(COMPOSER).press("End")
    page.locator(COMPOSER).press_sequentially("n")
    expect(page.get_by_role("option")).to_have_count(1)
    with_list = accessibility_problems(page)
    page.locator(COMPOSER).press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)

    assert (with_list, accessibility_problems(page)) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_mark_of_a_resolved_thread_goes_at_once(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body=STORY)
    comment = commenting.comment(article, by=editor, text="Which port?", marked=marked(article, WORDS))
    commenting.reply(comment.thread, by=journalist, text="Kiel.")
    page = edit(signed_in(editor), article)
    open_tab(page)
    expect(page.locator(".story .commented")).to_have_text(WORDS)

    page.locator(".thread[data-has-words]").focus()
    page.keyboard.press("x")

    expect(page.locator(".story .commented")).to_have_count(0)
