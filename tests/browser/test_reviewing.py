"""Reviewing proposals in a real browser: they come by themselves, and keys decide them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles import proposing, suggestions
from articles.models.verdict import Verdict
from tests.browser.editing_page import SHIPS, accessibility_problems, decided, edit, put_cursor_in, save, select
from tests.browser.forty_proposals import with_proposals

pytestmark = pytest.mark.browser


@pytest.mark.journey
def test_proposals_appear_without_reload_and_are_decided_by_key(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS, headline="Ships go north")
    page = edit(signed_in(journalist), article)
    page.evaluate("window.wasHere = true")

    proposing.suggest(article.revision_id)
    quote = article.quotes.get()
    page.wait_for_selector(f"#quote-{quote.pk}", state="attached")
    page.keyboard.press("Alt+n")
    page.keyboard.press("a")
    page.wait_for_selector(f"#quote-{quote.pk}.card-confirmed")
    tag = article.tags.get(entity=norway)
    page.locator(f"#tag-{tag.pk}").focus()
    page.keyboard.press("r")
    page.wait_for_selector(f"#tag-{tag.pk}.card-rejected", state="attached")
    decided(page)

    quote.refresh_from_db()
    tag.refresh_from_db()
    assert page.evaluate("window.wasHere") is True
    assert (quote.verdict, quote.verdict_by) == (Verdict.CONFIRMED, journalist)
    assert (tag.verdict, tag.verdict_by) == (Verdict.REJECTED, journalist)


def test_verdict_is_undone_by_key_and_mouse(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    tag = article.tags.get(entity=norway)
    page = edit(signed_in(journalist), article, tab="Proposals")
    card = page.locator(f"#tag-{tag.pk}")

    card.get_by_role("button", name="Confirm").click()
    page.wait_for_selector(f"#tag-{tag.pk}.card-confirmed")
    card.focus()
    page.keyboard.press("u")
    page.wait_for_selector(f"#tag-{tag.pk}.card-proposed")
    decided(page)

    tag.refresh_from_db()
    assert tag.verdict == Verdict.PROPOSED


def test_single_letters_do_nothing_while_writing(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Finland watches")
    page.keyboard.press("End")
    page.keyboard.type(" arn?")
    save(page)

    assert desk.fresh(article).revision.text.endswith("Finland watches. arn?")
    assert not article.tags.exclude(verdict=Verdict.PROPOSED).exists()


def test_evidence_is_highlighted_at_its_words(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
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
    proposing.suggest(article.revision_id)
    tag = article.tags.get(entity=finland)
    page = edit(signed_in(journalist), article)

    put_cursor_in(page, "Finland watches")
    page.keyboard.press("Home")
    page.keyboard.type("Only then ")
    save(page)
    proposing.suggest(desk.fresh(article).revision_id)
    expect(page.locator(".spinner")).to_have_count(0)

    assert page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]').text_content() == "Finland"


def test_speaker_is_corrected_before_confirming(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = article.quotes.get()
    page = edit(signed_in(journalist), article)

    page.keyboard.press("Alt+n")
    page.keyboard.press("e")
    page.keyboard.type("Ida Bergström")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#quote-{quote.pk}.card-confirmed")
    decided(page)

    quote.refresh_from_db()
    assert (quote.verdict, quote.speaker_name) == (Verdict.CONFIRMED, "Ida Bergström")


def test_changed_words_are_flagged_and_taken(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = article.quotes.get()
    suggestions.confirm_quote(quote, by=journalist)
    desk.save(article, body=article.body.replace("before the ice", "before the winter"))
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.get_by_role("button", name="Take the new words").click()
    expect(page.locator("[data-anchor]")).to_have_count(0)
    decided(page)

    quote.refresh_from_db()
    assert (quote.text, quote.anchor) == ("We will be back before the winter,", "kept")


def test_run_that_finishes_is_noticed(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>Nothing known.</p>", headline="Quiet", standfirst="Still.")
    page = edit(signed_in(journalist), article)
    waiting = page.locator(".tagging").text_content()

    proposing.suggest(article.revision_id)
    expect(page.locator(".tagging")).to_contain_text("found nothing")

    assert "The tagger is reading" in waiting


def card_ids(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('[data-card]')].map(({ id }) => id)")


def test_review_forty_proposals_by_keyboard(signed_in, journalist, desk) -> None:
    """No press waits for the newsroom: it has not answered once when all forty are decided on the page."""
    article = with_proposals(desk)
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), article)
    keys = card_ids(page)
    held, sent, released = [], [], []
    page.route("**/proposals/**", lambda route: route.continue_() if released else held.append(route))
    page.on("request", lambda request: sent.append(request.url) if "/proposals/" in request.url else None)

    page.keyboard.press("Alt+n")
    for number, key in enumerate(keys):
        assert page.evaluate("document.activeElement.id") == key
        words = page.locator(".story .evidence.is-current")
        assert words.count() == 1
        assert words.evaluate("(element) => element.checkVisibility() && element.getBoundingClientRect().top > 0")
        page.keyboard.press("r" if number % 4 == 3 else "a")
    left = page.locator("[data-card][data-open]").count()
    asked_at_once = len(held)
    released.append(True)
    held[0].continue_()
    decided(page)

    verdicts = [*article.quotes.values_list("verdict", flat=True), *article.tags.values_list("verdict", flat=True)]
    wanted = [f"/{key.replace('-', '/')}/{'reject' if n % 4 == 3 else 'confirm'}/" for n, key in enumerate(keys)]
    assert (len(keys), left, asked_at_once) == (40, 0, 1)
    assert [url.rpartition("/proposals")[2] for url in sent] == wanted
    assert (verdicts.count("confirmed"), verdicts.count("rejected")) == (30, 10)
    assert page.locator(".tagging").inner_text() == "Everything is decided."
    assert page.locator("#rejected-quotes > summary").inner_text() == "5 rejected"
    assert page.locator("#rejected-entities > summary").inner_text() == "5 rejected"


def test_decision_that_is_refused_is_put_back_and_says_why(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 2)
    page = edit(signed_in(journalist), article, tab="Proposals")
    first, second, third = card_ids(page)[:3]
    refusal = {"status": 409, "json": {"code": "guard_failed", "message": "The story was killed."}}
    page.route(f"**/{first.replace('-', '/')}/confirm/", lambda route: route.fulfill(**refusal))
    page.route(f"**/{third.replace('-', '/')}/confirm/", lambda route: route.abort())

    page.keyboard.press("Alt+n")
    for key in "aaa":
        page.keyboard.press(key)
    decided(page)

    expect(page.locator(f"#{first}.card-proposed [role=alert]")).to_have_text("The story was killed.")
    expect(page.locator(f"#{third}.card-proposed [role=alert]")).to_contain_text("cannot be reached")
    expect(page.locator(f"#{second}")).to_have_attribute("data-verdict", "confirmed")
    assert list(article.quotes.order_by("start").values_list("verdict", flat=True)) == ["proposed", "confirmed"]


def test_last_verdict_is_undone_from_the_next_card(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 2)
    page = edit(signed_in(journalist), article, tab="Proposals")
    first = card_ids(page)[0]

    page.keyboard.press("Alt+n")
    page.keyboard.press("r")
    decided(page)
    page.keyboard.press("u")
    decided(page)

    assert page.evaluate("document.activeElement.id") == first
    assert set(article.quotes.values_list("verdict", flat=True)) == {"proposed"}


def test_highlight_says_why_and_is_decided_beside_it(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 1)
    tag = article.tags.get()
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), article, tab="Proposals")
    put_cursor_in(page, "We sail")

    page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]').hover()
    popover = page.locator("#evidence-popover")
    expect(popover).to_contain_text("The story’s words fit")
    popover.get_by_role("button", name="Reject").click()
    expect(page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]')).to_have_count(0)
    decided(page)

    tag.refresh_from_db()
    assert tag.verdict == Verdict.REJECTED
    assert page.evaluate("document.activeElement.id") == "body-surface"


def test_walking_the_cards_shows_the_reason_in_the_text(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 1)
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), article, tab="Proposals")

    page.keyboard.press("Alt+n")
    expect(page.locator("#evidence-popover")).to_contain_text("Said by “Captain Ida Berg”")
    page.keyboard.press("n")
    expect(page.locator("#evidence-popover")).to_contain_text("The story’s words fit")
    page.keyboard.press("Escape")

    expect(page.locator("#evidence-popover")).to_be_hidden()


def test_click_on_a_highlight_leads_to_its_card(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 20)
    tag = article.tags.get(entity__name="Vessel-19")
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 900}), article, tab="Proposals")

    page.locator(f'.story [data-evidence="tag-{tag.pk}:0"]').click()

    expect(page.locator(f"#tag-{tag.pk}.is-current")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == "body-surface"


def test_many_are_confirmed_at_once_as_shown_and_undone(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 4)
    quote = article.quotes.order_by("start").first()
    type(quote).objects.filter(pk=quote.pk).update(speaker_name="", speaker_as_written="")
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.get_by_role("button", name="Confirm several").click()
    page.get_by_label("As sure as, in percent").fill("89")
    shown = page.locator("[data-chosen] li").all_inner_texts()
    groups = page.locator("[data-confirm-group]:visible").all_inner_texts()
    page.get_by_role("button", name="Confirm all 3 with 89 % or more").click()
    expect(page.locator("#bulk-done")).to_contain_text("3 confirmed.")
    decided(page)
    confirmed = article.quotes.filter(verdict="confirmed").count(), article.tags.filter(verdict="confirmed").count()
    page.locator("#bulk-done").get_by_role("button", name="Undo").click()
    expect(page.locator("#bulk-done")).to_have_text("3 are open again.")
    decided(page)
    page.reload()
    page.wait_for_selector(".is-ready .story")
    page.get_by_role("button", name="Confirm several").click()

    said, *named = [line.split("\n")[0] for line in shown]
    assert said.startswith("“We sail on day number 02,” – ")
    assert named == ["Vessel-00", "Vessel-01"]
    assert groups == ["Confirm 1", "Confirm 2"]
    assert confirmed == (1, 2)
    assert not article.tags.exclude(verdict="proposed").exists()
    expect(page.get_by_label("As sure as, in percent")).to_have_value("89")
    assert accessibility_problems(page) == []


def test_group_is_confirmed_alone(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 4)
    page = edit(signed_in(journalist), article, tab="Proposals")

    page.get_by_role("button", name="Confirm several").click()
    page.get_by_role("button", name="Confirm 2 of Quotations with 90 % or more").click()
    decided(page)

    assert article.quotes.filter(verdict="confirmed").count() == 2
    assert not article.tags.filter(verdict="confirmed").exists()


def test_only_open_ones_are_shown_when_asked(signed_in, journalist, desk) -> None:
    article = with_proposals(desk, 2)
    suggestions.confirm_tag(article.tags.first(), by=journalist)
    suggestions.reject(article.quotes.first(), by=journalist)
    page = edit(signed_in(journalist), article, tab="Proposals")
    everything = page.locator("[data-card]:visible").count()

    page.get_by_label("Open ones only").check()
    open_ones = page.locator("[data-card]:visible").count()
    page.reload()
    expect(page.get_by_label("Open ones only")).to_be_checked()

    assert (everything, open_ones, page.locator("[data-card]:visible").count()) == (3, 2, 2)


def test_role_and_primary_country_are_chosen_on_the_card(signed_in, journalist, desk, norway, finland) -> None:
    article = desk.draft(body=SHIPS, headline="Norway goes north")
    proposing.suggest(article.revision_id)
    tag = article.tags.get(entity=finland)
    page = edit(signed_in(journalist), article, tab="Proposals")

    card = page.locator(f"#tag-{tag.pk}")
    card.click()
    page.locator(f"#tag-{tag.pk}-why").evaluate("(details) => (details.open = true)")
    card.get_by_role("button", name="Make it primary").click()
    decided(page)
    expect(card.get_by_text("primary", exact=True)).to_be_visible()
    card.get_by_role("button", name="Mentions it").click()
    expect(card.get_by_role("button", name="Mentions it")).to_have_attribute("aria-pressed", "true")
    decided(page)

    tag.refresh_from_db()
    assert (tag.is_primary, tag.role, tag.verdict) == (True, "mention", Verdict.CONFIRMED)


def test_highlight_follows_the_words_while_one_types(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = suggestions.confirm_quote(article.quotes.get(), by=journalist)
    page = edit(signed_in(journalist), article, tab="Proposals")
    highlight = page.locator(f'.story [data-evidence="quote-{quote.pk}:0"]')

    select(page, "We will")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" surely")
    expect(highlight).to_have_text("We will surely be back before the ice,")
    expect(page.locator(f"#quote-{quote.pk} [data-unsaved-words]")).to_be_visible()
    save(page)

    notice = page.locator(f"#quote-{quote.pk} [data-anchor=changed]")
    expect(notice).to_contain_text("The words changed. Now: “We will surely be back before the ice,”")
    notice.get_by_role("button", name="Take the new words").click()
    expect(notice).to_have_count(0)
    decided(page)
    quote.refresh_from_db()
    assert (quote.text, quote.anchor) == ("We will surely be back before the ice,", "kept")


def test_quotation_that_is_gone_says_so_and_blocks(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    quote = suggestions.confirm_quote(article.quotes.get(), by=journalist)
    page = edit(signed_in(journalist), article, tab="Proposals")

    put_cursor_in(page, "We will be back")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Delete")
    save(page)

    notice = page.locator(f"#quote-{quote.pk} [data-anchor=gone]")
    expect(notice).to_contain_text("Gone from the text.")
    expect(page.locator(".checks-blocking")).to_contain_text("is no longer in the text")
    notice.get_by_role("button", name="Reject").click()
    expect(page.locator(".checks-blocking")).to_have_count(0)
    decided(page)
    quote.refresh_from_db()
    assert quote.verdict == Verdict.REJECTED
