"""Quotations made and mended by hand, tags added, names turned into rules: from the panel, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles import proposing, suggestions
from articles.models import NewName
from articles.models.verdict import Origin, Verdict
from entities.models import Entity, Kind, Name
from tests.browser.editing_page import SHIPS, accessibility_problems, decided, edit, put_cursor_in, select

pytestmark = pytest.mark.browser


@pytest.fixture
def minister(db, norway) -> Entity:
    person = Entity.objects.create(kind=Kind.PERSON, name="Kari Ness", slug="kari-ness", country_id=norway.pk)
    Name.objects.create(entity=person, text="the sled minister")
    return person


@pytest.mark.journey
def test_selected_words_become_a_quotation(signed_in, journalist, desk, minister) -> None:
    article = desk.draft(body=SHIPS)
    page = edit(signed_in(journalist), article, tab="Proposals")

    put_cursor_in(page, "Finland watches")
    page.keyboard.press("End")
    page.keyboard.type(" It said “all is 🚢 calm” today.")
    select(page, "“all is 🚢 calm”")
    page.keyboard.press("Alt+q")
    form = page.get_by_role("form", name="A new quotation")
    expect(form.locator("[data-quote-words]")).to_have_text("“all is 🚢 calm”")
    page.keyboard.type("sled min")
    expect(page.get_by_role("option", name="Kari Ness")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    form.get_by_label("Said in").fill("statement")
    form.get_by_role("button", name="Add the quotation").click()
    expect(page.locator(".card-quote.card-confirmed")).to_be_focused()
    decided(page)

    quote = article.quotes.get(origin=Origin.PERSON)
    text = desk.fresh(article).revision.text
    assert text[quote.start : quote.end] == quote.text == "all is 🚢 calm"
    assert (quote.kind, quote.medium, quote.verdict_by) == ("partial", "statement", journalist)
    assert (quote.speaker_name, quote.speaker_entity, quote.speaker_kind) == ("Kari Ness", minister, "person")


def test_bubble_over_selected_words_marks_them(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=SHIPS))

    select(page, "Finland watches")
    page.locator("[data-bubble]").get_by_role("button", name="Mark as a quotation").click()

    expect(page.locator("[data-quote-words]")).to_have_text("“Finland watches”")
    expect(page.get_by_role("combobox", name="Speaker")).to_be_focused()


def test_marking_nothing_says_what_to_do(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(body=SHIPS), tab="Proposals")

    page.get_by_role("button", name="Mark a quotation").click()

    expect(page.locator(".tool-hint")).to_contain_text("Select the words in the story first")


def test_confirmed_quotation_is_edited_with_errors_beside_their_fields(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = suggestions.confirm_quote(article.quotes.get(), by=journalist)
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.locator(f"#quote-{quote.pk}").focus()
    page.keyboard.press("e")
    form = page.get_by_role("form", name="The quotation’s speaker and circumstances")
    form.get_by_label("Source").fill("ftp://example.org/said")
    form.get_by_label("Place").fill("Tromsø")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Source")).to_be_focused()
    expect(form.get_by_label("Source")).to_have_accessible_description(
        "The source is an address of the web: it begins with https://."
    )
    form.get_by_label("Source").fill("https://example.org/said")
    form.get_by_label("Show it large beside the story").check()
    problems = accessibility_problems(page)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    decided(page)

    quote.refresh_from_db()
    assert (quote.verdict, quote.said_at_place, quote.is_pull_quote) == (Verdict.CONFIRMED, "Tromsø", True)
    assert quote.source_url == "https://example.org/said"
    assert page.evaluate("document.activeElement.id") == f"quote-{quote.pk}"
    assert problems == []


def test_form_in_a_card_outlives_a_fresh_panel(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = article.quotes.get()
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.locator(f"#quote-{quote.pk}").focus()
    page.keyboard.press("e")
    page.keyboard.type("Ida Bergst")
    page.locator(".card-country .verdict-yes, [data-card]:not(.card-quote) .verdict-yes").first.evaluate(
        "(b) => b.click()"
    )
    decided(page)
    name = page.get_by_role("combobox", name="Speaker")
    name.focus()
    page.keyboard.press("End")
    page.keyboard.type("röm")

    expect(name).to_have_value("Ida Bergström")


def test_tag_is_added_by_name(signed_in, journalist, desk, minister) -> None:
    article = desk.draft(body=SHIPS)
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.get_by_role("button", name="Add a tag").click()
    page.keyboard.type("ness")
    expect(page.get_by_role("option", name="Kari Ness")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("The story", exact=True).select_option("about")
    page.get_by_role("button", name="Add the tag").click()
    expect(page.locator("[data-card].card-tag.card-confirmed")).to_be_focused()

    tag = article.tags.get(entity=minister)
    assert (tag.role, tag.verdict, tag.origin) == ("about", Verdict.CONFIRMED, Origin.PERSON)


def test_name_becomes_a_rule_after_its_trial(signed_in, editor, desk) -> None:
    ship = Entity.objects.create(kind=Kind.EQUIPMENT, name="KNM Bluefin", slug="knm-bluefin")
    Name.objects.create(entity=ship, text="Bluefin")
    article = desk.draft(body="<p>The Bluefin waits.</p>", headline="Waiting", standfirst="Still.")
    proposing.suggest(article.revision_id)
    tag = article.tags.get()
    page = edit(signed_in(editor), article, tab="Proposals")

    page.locator(f"#tag-{tag.pk}").focus()
    page.locator(f"#tag-{tag.pk}-why").evaluate("(details) => (details.open = true)")
    page.get_by_role("link", name="Always read it so").click()
    dialog = page.get_by_role("dialog", name="Decide for all stories")
    dialog.get_by_label("Never: alone").check()
    dialog.get_by_role("button", name="See what it would change").click()
    expect(dialog).to_contain_text("1 story would change")
    untouched = Name.objects.get(text="Bluefin").strength
    problems = accessibility_problems(page)
    dialog.get_by_role("button", name="Save the rule").click()
    expect(dialog).to_be_hidden()

    expect(page.locator("#bulk-done")).to_contain_text("“Bluefin” is a forbidden name now")
    assert (untouched, Name.objects.get(text="Bluefin").strength) == ("strong", "forbidden")
    assert problems == []


def test_unknown_name_becomes_an_entity_from_the_panel(signed_in, editor, desk) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    name = NewName.objects.get(name="Ida Berg")
    page = edit(signed_in(editor), article, tab="Proposals")

    page.get_by_role("link", name="Decide Ida Berg").click()
    dialog = page.get_by_role("dialog", name="Decide for all stories")
    dialog.get_by_role("button", name="Make the entity").click()
    expect(dialog).to_be_hidden()

    expect(page.locator("#bulk-done")).to_contain_text("“Ida Berg” is an entity now.")
    expect(page.locator(".new-names")).to_have_count(0)
    name.refresh_from_db()
    assert (name.verdict, name.entity.name) == (Verdict.CONFIRMED, "Ida Berg")


def test_reporter_sees_no_rule_and_no_queue(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)

    page = edit(signed_in(journalist), article, tab="Proposals")

    assert page.locator("[data-in-dialog]").count() == 0
    expect(page.locator("[data-part=unknown]")).to_contain_text("An editor can make entities of these.")
