"""The quotation's form: its own speakers, true offsets of new ones, and errors beside their fields."""

from __future__ import annotations

import pytest
from django.test import Client

from articles import proposing, suggestions
from articles.models import Article, Quote
from articles.models.verdict import Origin, Verdict
from entities.models import Entity, Kind

JSON = {"Accept": "application/json"}
BODY = (
    "<p>Norway said nothing.</p>"
    "<p>Ships left 🚢 Oslo early. “We will be back before the ice,” Captain Ida Berg said. Nobody answered.</p>"
)


@pytest.fixture
def article(desk, norway) -> Article:
    article = desk.draft("Norway sends ships", body=BODY)
    proposing.suggest(article.revision_id)
    return article


def address(article: Article, rest: str) -> str:
    return f"/admin/articles/article/{article.pk}/proposals/{rest}"


def edit(client: Client, quote: Quote, **values: str):
    kept = {"kind": quote.kind, "speaker_name": quote.speaker_name, "speaker_kind": quote.speaker_kind}
    return client.post(address(quote.article, f"quote/{quote.pk}/edit/"), kept | values, headers=JSON)


def add(client: Client, article: Article, words: str, **values: str):
    block = article.revision.blocks[1]
    start = article.revision.text.index(words) - block["start"] if words in article.revision.text else 0
    data = {"block": block["id"], "start": str(start), "words": words, "kind": "direct"} | values
    return client.post(address(article, "quote/add/"), data, headers=JSON)


def test_edit_quote_confirms_it_with_all_its_circumstances(client: Client, article, journalist) -> None:
    quote = article.quotes.get()
    client.force_login(journalist)
    told = {
        "speaker_role": "captain",
        "medium": "interview",
        "said_at_place": "Tromsø",
        "said_on": "2026-02-03",
        "source_url": "https://example.org/said",
        "is_pull_quote": "on",
    }

    response = edit(client, quote, **told)

    quote.refresh_from_db()
    assert (response.status_code, quote.verdict, quote.verdict_by) == (200, Verdict.CONFIRMED, journalist)
    assert (quote.speaker_role, quote.medium, quote.said_at_place) == ("captain", "interview", "Tromsø")
    assert (str(quote.said_on), quote.source_url, quote.is_pull_quote) == (
        "2026-02-03",
        "https://example.org/said",
        True,
    )


def test_edit_quote_takes_the_entity_of_the_name(client: Client, article, journalist, norway) -> None:
    quote = article.quotes.get()
    client.force_login(journalist)

    edit(client, quote, speaker_name="Norway", speaker_kind="")

    quote.refresh_from_db()
    assert (quote.speaker_entity, quote.speaker_country_id) == (norway, norway.pk)
    assert (quote.speaker_name, quote.speaker_kind) == ("Norway", "organisation")


def test_edit_quote_takes_the_chosen_one_of_two_namesakes(client: Client, article, journalist) -> None:
    people = [Entity.objects.create(kind=Kind.PERSON, name="Jo Dahl", slug=f"jo-dahl-{n}") for n in range(2)]
    quote = article.quotes.get()
    client.force_login(journalist)

    edit(client, quote, speaker_name="Jo Dahl", speaker_entity=str(people[1].pk), speaker_kind="")

    quote.refresh_from_db()
    assert (quote.speaker_entity, quote.speaker_kind) == (people[1], "person")


def test_edit_quote_drops_the_entity_of_another_speaker(client: Client, article, journalist, norway) -> None:
    quote = article.quotes.get()
    Quote.objects.filter(pk=quote.pk).update(speaker_entity=norway, speaker_country_id=norway.pk)
    client.force_login(journalist)

    edit(client, quote, speaker_name="Ida Bergström", speaker_entity=str(norway.pk))

    quote.refresh_from_db()
    assert quote.speaker_name == "Ida Bergström"
    assert (quote.speaker_entity, quote.speaker_country) == (None, None)


def test_edit_quote_changes_a_confirmed_one(client: Client, article, journalist) -> None:
    quote = suggestions.confirm_quote(article.quotes.get(), by=journalist)
    client.force_login(journalist)

    edit(client, quote, medium="hearing")

    quote.refresh_from_db()
    assert (quote.verdict, quote.medium) == (Verdict.CONFIRMED, "hearing")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("source_url", "javascript:alert(1)", "valid URL"),
        ("source_url", "ftp://example.org/x", "begins with https://"),
        ("said_on", "2999-01-01", "still to come"),
        ("speaker_name", "x" * 201, "at most 200"),
        ("medium", "a\x00b", "Null characters"),
        ("kind", "sung", "not one of the available choices"),
        ("speaker_entity", "99999999999999999999999", "not one of the available choices"),
    ],
)
def test_edit_quote_says_what_is_wrong_beside_its_field(client, article, journalist, field, value, says) -> None:
    quote = article.quotes.get()
    client.force_login(journalist)

    response = edit(client, quote, **{field: value})

    quote.refresh_from_db()
    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert says in response.json()["fields"][field]
    assert quote.verdict == Verdict.PROPOSED


def test_quote_has_a_page_of_its_own(client: Client, article, journalist) -> None:
    quote = article.quotes.get()
    client.force_login(journalist)
    page = address(article, f"quote/{quote.pk}/edit/")

    shown = client.get(page)
    wrong = client.post(page, {"kind": "direct", "said_on": "2999-01-01"})
    saved = client.post(page, {"kind": "direct", "speaker_name": "Ida Berg"})

    assert quote.text in shown.content.decode()
    assert (wrong.status_code, "still to come" in wrong.content.decode()) == (400, True)
    assert saved.headers["Location"] == f"/admin/articles/article/{article.pk}/change/"


def test_add_quote_stands_at_its_words_in_code_points(client: Client, article, journalist) -> None:
    client.force_login(journalist)

    response = add(client, article, "Oslo early", speaker_name="Ida Berg", medium="post")

    quote = article.quotes.get(origin=Origin.PERSON)
    assert response.json()["card"] == f"quote-{quote.pk}"
    assert article.revision.text[quote.start : quote.end] == quote.text == "Oslo early"
    assert (quote.verdict, quote.speaker_name, quote.medium) == (Verdict.CONFIRMED, "Ida Berg", "post")


def test_add_quote_finds_words_over_two_paragraphs(client: Client, desk, article, journalist) -> None:
    client.force_login(journalist)
    block = article.revision.blocks[0]
    words = "said nothing.\r\n\r\nShips left"

    client.post(
        address(article, "quote/add/"),
        {"block": block["id"], "start": "7", "words": words, "kind": "direct"},
        headers=JSON,
    )

    quote = article.quotes.get(origin=Origin.PERSON)
    assert quote.text == "said nothing.\n\nShips left"
    assert article.revision.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("words", ["", "   ", "These words are nowhere", "a\x00b", "x" * 1_000_000])
def test_add_quote_refuses_words_that_are_not_there(client: Client, article, journalist, words) -> None:
    client.force_login(journalist)

    response = add(client, article, words)

    assert (response.status_code, article.quotes.count()) == (409, 1)
    assert "not in the saved text" in response.json()["message"]


def test_quote_doors_refuse_who_may_not_decide(client: Client, article, colleague) -> None:
    client.force_login(colleague)
    quote = article.quotes.get()

    answers = [edit(client, quote, medium="post"), add(client, article, "Oslo early")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert article.quotes.get() == quote
