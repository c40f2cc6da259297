"""Pasting in a real browser: what Word, Google Docs and plain text put on the clipboard, and what comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.body import clean_body
from articles.models import Article
from tests.browser.editing_page import edit, paste, save, story_html

pytestmark = pytest.mark.browser

PASTED = Path(__file__).parent / "pasted"
FROM_WORD = (
    "<h2>The yard at dusk</h2>"
    "<p>The frigate left Gdynia with <strong>two tugs</strong> and <em>one</em> band, "
    '<a href="https://example.org/navy">the navy said</a>.</p>'
    "<p>Half the town watched. They waved.</p>"
    "<ul><li><p>Hull</p><ul><li><p>Welds</p></li></ul></li><li><p>Mast</p></li></ul>"
    "<ol><li><p>Trials</p></li></ol>"
    "<p><strong>Ship</strong> | Crew</p><p>Wicher | 120</p>"
    "<blockquote><p><em>A ship is born three times.</em></p></blockquote>"
)
FROM_GOOGLE_DOCS = (
    "<h2>The yard at dusk</h2>"
    "<p>The frigate left Gdynia with <strong>two tugs</strong> and <em>one</em> band, "
    '<a href="https://example.org/navy?a=1">the navy said</a>.</p>'
    "<p>Half the town watched.</p>"
    "<ul><li><p>Hull</p><ul><li><p>Welds</p></li></ul></li><li><p>Mast</p></li></ul>"
    "<p><strong>Ship</strong> | Crew</p><p>Wicher | 120</p>"
)

JOINED = "The frigate left its dock at dusk with two tugs and a band on the roof of the canteen, the navy said."
WIRE = JOINED.replace("and a band", "and a\nband") + "\n\nEnd."


def pasted_from(name: str) -> str:
    return (PASTED / name).read_text(encoding="utf-8")


@pytest.fixture
def empty_page(signed_in, journalist, desk):
    page = edit(signed_in(journalist), desk.draft(body=""))
    page.locator(".story").click()
    return page


@pytest.mark.parametrize(
    ("name", "expected", "left_out"),
    [
        ("word.html", FROM_WORD, "1 picture, 1 footnote and 1 comment"),
        ("google_docs.html", FROM_GOOGLE_DOCS, "1 picture and 1 comment"),
    ],
)
def test_document_comes_in_clean(empty_page, desk, name, expected, left_out) -> None:
    paste(empty_page, html=pasted_from(name), text="ignored")

    assert story_html(empty_page) == expected
    expect(empty_page.locator("[data-paste-notice] p")).to_have_text(
        f"Left out: {left_out}. Add pictures with their credit by the picture button. A table became paragraphs."
    )


@pytest.mark.journey
def test_cleaned_paste_is_saved_as_it_stands(empty_page, desk) -> None:
    paste(empty_page, html=pasted_from("word.html"))
    save(empty_page)
    saved = Article.objects.get().body
    empty_page.reload()
    empty_page.wait_for_selector(".is-ready .story")

    assert saved == clean_body(saved).html
    assert story_html(empty_page) == FROM_WORD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.</p><p>Two.</p><p>Three.</p>"),
        ("One.\r\n\r\nTwo.\r\n", "<p>One.</p><p>Two.</p>"),
        (WIRE, f"<p>{JOINED}</p><p>End.</p>"),
        ("<b>not markup</b> & so on", "<p>&lt;b&gt;not markup&lt;/b&gt; &amp; so on</p>"),
    ],
)
def test_plain_text_keeps_its_paragraphs(empty_page, text, expected) -> None:
    paste(empty_page, text=text)

    assert story_html(empty_page) == expected


def test_words_pasted_into_a_sentence_stay_in_it(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body="<p>Alpha beta</p>"))

    page.evaluate("document.querySelector('.story').editor.commands.setTextSelection(1)")
    paste(page, html="<meta charset='utf-8'><span style='font-weight:700'>Bold,</span>", text="Bold,")

    assert story_html(page) == "<p><strong>Bold,</strong>Alpha beta</p>"


def test_own_words_are_pasted_untouched(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body="<p>Alpha <strong>beta</strong></p><p>End</p>"))

    copied = page.evaluate(
        """() => {
          const { editor } = document.querySelector(".story");
          editor.commands.setTextSelection({ from: 1, to: 11 });
          return editor.view.serializeForClipboard(editor.state.selection.content()).dom.innerHTML;
        }"""
    )
    page.evaluate("document.querySelector('.story').editor.commands.focus('end')")
    paste(page, html=copied)

    assert story_html(page) == "<p>Alpha <strong>beta</strong></p><p>EndAlpha <strong>beta</strong></p>"
