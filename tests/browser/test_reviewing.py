"""Reviewing proposals in a real browser: they come by themselves, and keys decide them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles import suggestions
from articles.models.verdict import Verdict
from tests.browser.editing_page import SHIPS, edit, put_cursor_in, save

pytestmark = pytest.mark.browser


def test_proposals_appear_without_reload_and_are_decided_by_key(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS, headline="Ships go north")
    page = edit(signed_in(journalist), article)
    page.evaluate("window.wasHere = true")

    suggestions.suggest(article.revision_id)
    quote = article.quotes.get()
    page.wait_for_selector(f"#quote-{quote.pk}", state="attached")
    page.keyboard.press("Alt+n")
    page.keyboard.press("a")
    page.wait_for_selector(f"#quote-{quote.pk}.card-confirmed")
    tag = article.tags.get(entity=norway)
    page.locator(f"#tag-{tag.pk}").focus()
    page.keyboard.press("r")
    page.wait_for_selector(f"#tag-{tag.pk}.card-rejected")

    quote.refresh_from_db()
    tag.refresh_from_db()
    assert page.evaluate("window.wasHere") is True
    assert (quote.verdict, quote.verdict_by) == (Verdict.CONFIRMED, journalist)
    assert (tag.verdict, tag.verdict_by) == (Verdict.REJECTED, journalist)


def test_verdict_is_undone_by_key_and_mouse(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    tag = article.tags.get(entity=norway)
    page = edit(signed_in(journalist), article, tab="Proposals")
    card = page.locator(f"#tag-{tag.pk}")

    card.get_by_role("button", name="Confirm").click()
    page.wait_for_selector(f"#tag-{tag.pk}.card-confirmed")
    card.focus()
    page.keyboard.press("u")
    page.wait_for_selector(f"#tag-{tag.pk}.card-proposed")

    tag.refresh_from_db()
    assert tag.verdict == Verdict.PROPOSED


def test_single_letters_do_nothing_while_writing(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Finland watches")
    page.keyboard.press("End")
    page.keyboard.type(" arn?")
    save(page)

    assert desk.fresh(article).revision.text.endswith("Finland watches. arn?")
    assert not article.tags.exclude(verdict=Verdict.PROPOSED).exists()


def test_evidence_is_highlighted_at_its_words(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    quote = article.quotes.get()
    tag = article.tags.get(entity=finland)
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.locator(f"#quote-{quote.pk}").focus()
    current = page.locator(".story .evidence.is-current")
    country = page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]')

    assert current.text_content() == quote.text
    assert country.text_content() == "Finland"
    assert "evidence" not in page.evaluate("document.querySelector('.story').editor.getHTML()")


def test_evidence_moves_with_the_words_before_it(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    tag = article.tags.get(entity=finland)
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Finland watches")
    page.keyboard.press("Home")
    page.keyboard.type("Only then ")
    save(page)
    suggestions.suggest(desk.fresh(article).revision_id)
    expect(page.locator(".spinner")).to_have_count(0)

    assert page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]').text_content() == "Finland"


def test_speaker_is_corrected_before_confirming(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    quote = article.quotes.get()
    page = edit(signed_in(journalist), article)

    page.keyboard.press("Alt+n")
    page.keyboard.press("e")
    page.keyboard.type("Ida Bergström")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#quote-{quote.pk}.card-confirmed")

    quote.refresh_from_db()
    assert (quote.verdict, quote.speaker_name) == (Verdict.CONFIRMED, "Ida Bergström")


def test_changed_words_are_flagged_and_taken(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    suggestions.suggest(article.revision_id)
    quote = article.quotes.get()
    suggestions.confirm_quote(quote, by=journalist)
    desk.save(article, body=article.body.replace("before the ice", "before the winter"))
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.get_by_role("button", name="Take the new words").click()
    expect(page.locator(".changed")).to_have_count(0)

    quote.refresh_from_db()
    assert (quote.text, quote.anchor) == ("We will be back before the winter,", "kept")


def test_run_that_finishes_is_noticed(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Nothing known.</p>", headline="Quiet", standfirst="Still.")
    page = edit(signed_in(journalist), article)
    waiting = page.locator(".tagging").text_content()

    suggestions.suggest(article.revision_id)
    expect(page.locator(".tagging")).to_contain_text("found nothing")

    assert "The tagger is reading" in waiting
