"""What a hand does on the editing page, for the tests of it."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article

SHIPS = (
    "<p>Norway <strong>sends</strong> ships 🚢 north.</p>"
    "<p>“We will be back before the ice,” Captain Ida Berg said.</p><p>Finland watches.</p>"
)


def edit(page, article: Article, *, tab: str = ""):
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector(".is-ready .story")
    if tab:
        open_tab(page, tab)
    return page


def open_tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def save(page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved"))


def decided(page) -> None:
    """Wait until the newsroom has answered every decision, and the panel shows its answer."""
    expect(page.locator("html:not([data-deciding])")).to_have_count(1, timeout=60_000)


def put_cursor_in(page, text: str) -> None:
    page.locator(".story p, .story h2", has_text=text).first.click()


def select(page, words: str) -> None:
    """Select words of the story as a mouse would, but without its aim."""
    page.evaluate(
        """(words) => {
          const { editor } = document.querySelector(".story");
          editor.view.focus();
          editor.state.doc.descendants((node, position) => {
            const from = position + (node.isText ? node.text.indexOf(words) : -1);
            if (from >= position) editor.commands.setTextSelection({ from, to: from + words.length });
          });
        }""",
        words,
    )


def accessibility_problems(page) -> list[tuple[str, str]]:
    # The preload would put style elements into the page, which its policy refuses.
    results = Axe().run(page, options={"preload": False})
    return [(found["id"], found["nodes"][0]["html"]) for found in results.response["violations"]]


def paste(page, *, html: str = "", text: str = "") -> None:
    """Paste into the story as the browser would: one event with a clipboard."""
    page.evaluate(
        """({ html, text }) => {
          const data = new DataTransfer();
          if (html) data.setData("text/html", html);
          if (text) data.setData("text/plain", text);
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(".story").dispatchEvent(paste);
        }""",
        {"html": html, "text": text},
    )


def story_html(page) -> str:
    """The story as the editor would send it, without the ids of its blocks."""
    html = page.evaluate("document.querySelector('.story').editor.getHTML()")
    return re.sub(r' data-(block|type)="[a-z0-9]+"', "", html)
