"""The editing page in a real browser: writing, saving, conflicts, and what must never run."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles import proposing, suggestions
from articles.models import Article
from tests.browser.editing_page import SHIPS, accessibility_problems, edit, open_tab, put_cursor_in, save, select

pytestmark = pytest.mark.browser

EVIL = """
<p onclick="window.ran = 1">Click</p><img src="x" onerror="window.ran = 2"><script>window.ran = 3</script>
<a href="javascript:window.ran = 4">link</a><svg onload="window.ran = 5"></svg><iframe srcdoc="<b>x</b>"></iframe>
<p style="background: url(x)">Styled <a href="https://example.org/">good</a></p><style>p { color: red }</style>
<form action="/x"><button>Press</button></form><h1>Title</h1><math><mi xlink:href="data:x,<script>"></mi></math>
"""


@pytest.mark.journey
def test_story_is_written_and_saved_in_place(signed_in, journalist, desk) -> None:
    page = signed_in(journalist)
    page.goto(reverse("admin:articles_article_add"))
    page.get_by_role("button", name="Begin writing").click()
    page.wait_for_selector(".is-ready .story")

    page.get_by_label("Headline").fill("Fleet sails")
    page.get_by_label("Headline").press("Enter")
    page.keyboard.type("At dawn.")
    page.keyboard.press("Enter")
    page.keyboard.type("First words.")
    page.keyboard.press("Enter")
    page.keyboard.type("Second words.")
    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")
    save(page)

    article = Article.objects.get()
    assert (article.headline, article.standfirst) == ("Fleet sails", "At dawn.")
    assert article.revision.text == "First words.\n\nSecond words."
    assert page.locator("[data-word-count]").text_content() == "4 words"


def test_second_save_goes_on_from_the_first(signed_in, journalist, desk) -> None:
    article = desk.draft(body=SHIPS)
    page = edit(signed_in(journalist), article)

    page.get_by_label("Headline").fill("One")
    save(page)
    page.get_by_label("Headline").fill("Two")
    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")
    save(page)

    assert desk.fresh(article).headline == "Two"
    assert desk.fresh(article).lock_version == article.lock_version + 2


def test_blocks_keep_their_ids_through_splitting(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>One two.</p><p>Three four.</p>")
    before = [block["id"] for block in article.revision.blocks]
    page = edit(signed_in(journalist), article)

    select(page, "two")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    save(page)

    revision = desk.fresh(article).revision
    after = [block["id"] for block in revision.blocks]
    assert revision.text == "One\n\ntwo.\n\nThree four."
    assert (after[0], after[2]) == (before[0], before[1])
    assert len(set(after)) == 3


def test_toolbar_writes_the_semantic_elements(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Alpha</p><p>Beta</p><p>Gamma</p><p>Delta</p>")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    toolbar = page.get_by_role("toolbar", name="Text", exact=True)
    toolbar.get_by_role("button", name="Paragraph style").click()
    page.get_by_role("menuitemradio", name="Heading", exact=True).click()
    select(page, "Beta")
    toolbar.get_by_role("button", name="Bold").click()
    toolbar.get_by_role("button", name="Italic").click()
    select(page, "Gamma")
    toolbar.get_by_role("button", name="Link").click()
    page.locator("#link-address").fill("example.org/page")
    page.get_by_role("button", name="Set link").click()
    put_cursor_in(page, "Delta")
    toolbar.get_by_role("button", name="List", exact=True).click()
    save(page)

    ids = [block["id"] for block in desk.fresh(article).revision.blocks]
    assert desk.fresh(article).body == (
        f'<h2 data-block="{ids[0]}">Alpha</h2>'
        f'<p data-block="{ids[1]}"><strong><em>Beta</em></strong></p>'
        f'<p data-block="{ids[2]}"><a href="https://example.org/page">Gamma</a></p>'
        f'<ul><li><p data-block="{ids[3]}">Delta</p></li></ul>'
    )


def test_link_refuses_what_is_no_address(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Alpha</p>")
    page = edit(signed_in(journalist), article)

    select(page, "Alpha")
    page.keyboard.press("Control+k")
    page.locator("#link-address").fill("javascript:alert(1)")
    page.get_by_role("button", name="Set link").click()

    assert "This is no address" in page.locator("[data-link-error]").text_content()
    page.get_by_role("button", name="Cancel").click()
    assert page.locator(".story a").count() == 0


def test_picture_in_the_story_survives_editing(signed_in, journalist, desk) -> None:
    figure = '<figure><img src="/media/a.webp" alt="A ship"><figcaption>At sea</figcaption></figure>'
    article = desk.draft(body=f"<p>Alpha</p>{figure}")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Alpha")
    page.keyboard.press("End")
    page.keyboard.type(" more")
    save(page)

    assert figure in desk.fresh(article).body
    assert desk.fresh(article).revision.text == "Alpha more"


@pytest.mark.journey
def test_of_two_editors_one_wins_and_the_other_keeps_every_word(signed_in, journalist, editor, desk) -> None:
    article = desk.draft(body="<p>One two three.</p>")
    mine, theirs = edit(signed_in(journalist), article), edit(signed_in(editor), article)

    theirs.get_by_label("Headline").fill("Theirs")
    save(theirs)
    mine.get_by_label("Headline").fill("Mine")
    put_cursor_in(mine, "One two three")
    mine.keyboard.press("End")
    mine.keyboard.type(" Every word of mine.")
    mine.keyboard.press("Control+s")
    mine.wait_for_selector(".conflict-form")
    between = desk.fresh(article).headline
    mine.locator("[name=choice-headline][value=theirs]").check()
    mine.get_by_role("button", name="Save what I chose").click()
    mine.wait_for_selector(".is-ready .story")

    saved = desk.fresh(article)
    assert between == saved.headline == "Theirs"
    assert saved.revision.text == "One two three. Every word of mine."


def test_verb_saves_what_is_typed_first(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)

    page.get_by_label("Headline").fill("Typed at the last moment")
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_selector(".panel :text('Take back from review')")

    saved = desk.fresh(article)
    assert (saved.headline, saved.work_state) == ("Typed at the last moment", "in_review")


def test_words_survive_a_newsroom_that_does_not_answer(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)
    page.context.set_offline(True)

    page.get_by_label("Headline").fill("Written in a tunnel")
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-problem]:has-text('Not saved: the newsroom cannot be reached')")
    page.context.set_offline(False)
    save(page)

    assert desk.fresh(article).headline == "Written in a tunnel"


def test_pasted_markup_leaves_nothing_that_runs(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Before.</p>")
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Before")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.evaluate(
        """(html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(".story").dispatchEvent(paste);
        }""",
        EVIL,
    )
    save(page)
    page.reload()
    page.wait_for_selector(".is-ready .story")

    body = desk.fresh(article).body
    assert page.evaluate("window.ran") is None
    assert page.locator(".story :is(script, svg, iframe, style, form, [onclick], [onerror], [style])").count() == 0
    assert not any(word in body for word in ("script", "onclick", "onerror", "style", "srcdoc", "<form", "<svg"))
    assert ('<a href="https://example.org/">good</a>' in body, "<h2" in body) == (True, True)


def test_page_works_without_javascript(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Alpha.</p>")
    page = signed_in(journalist, java_script_enabled=False)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))

    page.get_by_label("Headline").fill("Plainly")
    page.get_by_label("Story", exact=True).fill("<p>Beta.</p>")
    page.get_by_role("button", name="Save").click()

    saved = desk.fresh(article)
    assert (saved.headline, saved.revision.text) == ("Plainly", "Beta.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_page_is_accessible(signed_in, journalist, desk, norway, finland, scheme, width) -> None:
    article = desk.draft(body=SHIPS + "<h2>Heading</h2><ul><li>Item</li></ul>")
    proposing.suggest(article.revision_id)
    suggestions.reject(article.tags.get(entity=norway), by=journalist)
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    page.locator("details").evaluate_all("all => all.forEach((details) => { details.open = true })")

    for tab in ("Desk", "About", "Proposals"):
        open_tab(page, tab)
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("[data-card]").first.focus()
    assert accessibility_problems(page) == []


def test_conflict_page_is_accessible(signed_in, journalist, editor, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)
    desk.save(article, by=editor, headline="Theirs")
    page.get_by_label("Headline").fill("Mine")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict-form")

    assert accessibility_problems(page) == []


def test_colleague_sees_the_story_but_cannot_write(signed_in, colleague, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(colleague), article)

    assert page.locator(".story").get_attribute("contenteditable") == "false"
    assert page.get_by_role("button", name="Save").count() == 0
