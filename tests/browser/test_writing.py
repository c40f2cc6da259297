"""Writing in a real browser: the bubble, the toolbar, typographic signs, counts and keys."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.editing_page import accessibility_problems, edit, put_cursor_in, save, select, story_html

pytestmark = pytest.mark.browser

ALPHA = "<p>Alpha beta gamma.</p><p>Delta.</p>"
TELEPHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def bubble(page):
    return page.get_by_role("toolbar", name="Selected text")


def box(locator) -> dict:
    found = locator.bounding_box()
    assert found is not None
    return found


def selection_box(page) -> dict:
    return page.evaluate(
        """() => {
          const { x, y, width, height } = getSelection().getRangeAt(0).getBoundingClientRect();
          return { x, y, width, height };
        }"""
    )


def test_bubble_changes_the_selected_words(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=ALPHA))

    select(page, "beta")
    bubble(page).get_by_role("button", name="Bold").click()
    select(page, "Delta")
    bubble(page).get_by_role("button", name="Heading", exact=True).click()

    expect(bubble(page).get_by_role("button", name="Heading", exact=True)).to_have_attribute("aria-pressed", "true")
    assert story_html(page) == "<p>Alpha <strong>beta</strong> gamma.</p><h2>Delta.</h2>"


def test_bubble_comes_and_goes_with_the_selection(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=ALPHA))
    expect(bubble(page)).to_be_hidden()

    select(page, "beta")
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble(page)).to_be_hidden()
    select(page, "gamma")
    expect(bubble(page)).to_be_visible()
    page.get_by_label("Headline").focus()

    expect(bubble(page)).to_be_hidden()


def test_bubble_is_reached_by_key(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=ALPHA))

    select(page, "beta")
    expect(bubble(page)).to_be_visible()
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Escape")
    page.keyboard.type("new")

    assert story_html(page) == "<p>Alpha <em>new</em> gamma.</p><p>Delta.</p>"


@pytest.mark.parametrize("words", ["First", "middle", "Last"])
@pytest.mark.parametrize(
    "options", [{"viewport": {"width": 1440, "height": 700}}, TELEPHONE], ids=["wide", "telephone"]
)
def test_bubble_never_covers_the_words_nor_leaves_the_window(signed_in, journalist, desk, words, options) -> None:
    body = "<p>First words of it.</p>" + "<p>Between.</p>" * 12 + "<p>The very middle</p><p>Last</p>"
    page = edit(signed_in(journalist, **options), desk.draft(body=body))
    page.locator(".story p", has_text=words).scroll_into_view_if_needed()

    select(page, words)
    expect(bubble(page)).to_be_visible()
    around, inside = box(bubble(page)), selection_box(page)

    assert around["y"] >= inside["y"] + inside["height"] or around["y"] + around["height"] <= inside["y"]
    assert around["x"] >= 0
    assert around["x"] + around["width"] <= options["viewport"]["width"]
    assert 0 <= around["y"] <= options["viewport"]["height"] - around["height"]


def test_bubble_works_by_touch(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist, **TELEPHONE), desk.draft(body=ALPHA))

    select(page, "beta")
    bubble(page).get_by_role("button", name="Italic").tap()

    assert story_html(page) == "<p>Alpha <em>beta</em> gamma.</p><p>Delta.</p>"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_button_of_another_module_joins_toolbar_and_bubble(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=ALPHA))

    page.evaluate(
        """async () => {
          const page = [...document.scripts].find(({ src }) => src.includes("editing/page"));
          const { addButton } = await import(page.src.replace(/page[^/]*$/, "buttons.js"));
          addButton({ name: "mark", label: "Mark it", icon: "edit-speech", run: (editor) => { window.marked = true } });
        }"""
    )
    select(page, "beta")
    bubble(page).get_by_role("button", name="Mark it").click()

    expect(page.get_by_role("toolbar", name="Text", exact=True).get_by_role("button", name="Mark it")).to_be_visible()
    assert page.evaluate("window.marked") is True


def test_style_menu_says_and_changes_the_paragraph(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body="<p>Alpha</p><h2>Beta</h2>"))
    style = page.get_by_role("button", name="Paragraph style")

    put_cursor_in(page, "Beta")
    expect(style).to_have_text("Heading")
    put_cursor_in(page, "Alpha")
    expect(style).to_have_text("Text")
    style.press("ArrowDown")
    expect(page.get_by_role("menuitemradio", name="Text")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert story_html(page) == "<h3>Alpha</h3><h2>Beta</h2>"
    expect(style).to_have_text("Subheading")


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ('He said "no".', "He said “no”."),
        ("\"'Never,' he said.\"", "“‘Never,’ he said.”"),
        ("Don't, it's the men's", "Don’t, it’s the men’s"),
        ("the '90s and 'twas", "the ’90s and ‘twas"),
        ("'tis so", "’tis so"),
        ("('team')", "(‘team’)"),
        ("ships -- and", "ships – and"),
        ("ships --- and", "ships — and"),
        ("ships - and", "ships – and"),
        ("10--12", "10–12"),
        ("wait...", "wait…"),
        ("Su-34", "Su-34"),
    ],
)
def test_signs_become_typographic_while_typing(signed_in, journalist, desk, keys, written) -> None:
    page = edit(signed_in(journalist), desk.draft(body="", headline=""))

    page.locator(".story").click()
    page.keyboard.type(keys)
    page.get_by_label("Headline").click()
    page.keyboard.type(keys)

    assert story_html(page) == f"<p>{written}</p>"
    assert page.get_by_label("Headline").input_value() == written


def test_undo_brings_the_typed_sign_back(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body="", headline=""))

    page.locator(".story").click()
    page.keyboard.type('A 6"')
    page.keyboard.press("Control+z")
    page.keyboard.type(" gun")
    page.get_by_label("Headline").click()
    page.keyboard.type('A 6"')
    page.keyboard.press("Control+z")
    page.keyboard.type(" gun")

    assert story_html(page) == '<p>A 6" gun</p>'
    assert page.get_by_label("Headline").input_value() == 'A 6" gun'


def test_smart_quotes_stay_switched_off(signed_in, journalist, desk) -> None:
    article = desk.draft(body="", headline="")
    page = edit(signed_in(journalist), article)

    page.get_by_label("Smart quotes").uncheck()
    edit(page, article)
    page.locator(".story").click()
    page.keyboard.type('"no"...')

    assert story_html(page) == '<p>"no"...</p>'
    assert not page.get_by_label("Smart quotes").is_checked()


def test_counts_tell_words_minutes_and_the_selection(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=f"<p>Alpha beta.</p><p>{'word ' * 474}</p>"))
    length = page.locator(".length")

    expect(length).to_have_text("476 words · 2 min")
    select(page, "Alpha beta")
    expect(length).to_have_text("2 of 476 words · 2 min")
    put_cursor_in(page, "Alpha")

    expect(length).to_have_text("476 words · 2 min")


def test_keys_are_listed_by_group(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=ALPHA))

    put_cursor_in(page, "Alpha")
    page.keyboard.press("Control+/")
    groups = page.locator("#keys-dialog h3").all_text_contents()
    bold = page.locator("#keys-dialog .keys div", has_text="bold").locator("kbd").all_text_contents()

    assert groups[:3] == ["Writing", "Proposals", "Page"]
    assert bold == ["Ctrl", "B"]
    assert accessibility_problems(page) == []


def test_keys_have_their_names_of_a_mac(signed_in, journalist, desk) -> None:
    page = signed_in(journalist)
    page.add_init_script("Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })")
    edit(page, desk.draft(body=ALPHA))

    page.get_by_role("button", name="Keys").click()
    quotation = page.locator("#keys-dialog .keys div", has_text="block quotation").locator("kbd").all_text_contents()

    assert quotation == ["⌘", "⇧", "B"]


def test_next_step_is_reached_by_key(signed_in, journalist, desk) -> None:
    article = desk.draft(body=ALPHA)
    page = edit(signed_in(journalist), article, tab="About")

    put_cursor_in(page, "Delta")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Submit for review")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take back from review").wait_for()

    assert desk.fresh(article).work_state == "in_review"
    assert desk.fresh(article).revision.text == "Alpha beta gamma.\n\nDelta."


def test_empty_story_waits_for_its_headline(signed_in, journalist, desk) -> None:
    page = signed_in(journalist)
    page.goto(reverse("admin:articles_article_add"))
    page.get_by_role("button", name="Begin writing").click()
    page.wait_for_selector(".is-ready .story")

    assert page.evaluate("document.activeElement.id") == "id_headline"
    assert page.locator(".story p").get_attribute("data-placeholder") == "Write the story, or paste it here"


@pytest.mark.parametrize("width", [1440, 390])
def test_long_headline_keeps_its_place(signed_in, journalist, desk, width) -> None:
    headline = ("Ministry of defence procurement " * 8)[:250]
    article = desk.draft(headline, body=ALPHA)
    page = edit(signed_in(journalist, viewport={"width": width, "height": 900}), article)

    assert page.locator(".counter.is-over").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(id_headline)") <= 2


def test_pasted_lines_of_a_headline_become_one(signed_in, journalist, desk) -> None:
    article = desk.draft(headline="", body=ALPHA)
    page = edit(signed_in(journalist), article)

    page.keyboard.insert_text("Fleet\nreturns\n")
    save(page)

    assert page.get_by_label("Headline").input_value() == "Fleet returns"
    assert desk.fresh(article).headline == "Fleet returns"


@pytest.mark.parametrize("state", ["killed", "spiked"])
def test_closed_story_shows_its_words_and_no_tools(signed_in, chief, editor, desk, state) -> None:
    from articles import workflow

    article = desk.killed() if state == "killed" else desk.draft()
    if state == "spiked":
        workflow.spike(article, by=editor, reason="Not ours.")
    page = edit(signed_in(chief), article)

    assert page.get_by_text("can no longer be edited").is_visible()
    assert not page.get_by_role("toolbar", name="Text", exact=True).is_visible()
    assert page.locator("[data-bubble]").count() == 0
    assert accessibility_problems(page) == []
