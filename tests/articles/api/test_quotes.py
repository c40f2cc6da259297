from __future__ import annotations

from datetime import date

import pytest

from articles import publishing, suggestions
from articles.models import Quote
from tests.articles.api.conftest import QUOTED

LIST = "/api/v1/quotes"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stories", [1, 3])
def test_list_is_one_query_however_many_rows(partner, quoted, django_assert_num_queries, stories):
    for number in range(stories):
        quoted(f"Story {number}")

    with django_assert_num_queries(1):
        items = partner.get(LIST).json()["items"]

    assert [item["article"]["headline"] for item in items] == [f"Story {n}" for n in range(stories - 1, -1, -1)]


def test_item_is_the_quote_of_the_document_with_its_article(partner, quoted):
    article = quoted()
    document = partner.get(f"/api/v1/articles/{article.uuid}").json()

    (item,) = partner.get(LIST).json()["items"]

    assert item == document["quotes"][0] | {
        "article": {name: document[name] for name in ("id", "version", "headline", "url", "api_url", "published_at")}
    }
    assert item["speaker"]["country"] == "NO"


def test_list_narrows_to_what_is_asked(partner, quoted, minister, norway, finland):
    article = quoted()
    expected = {
        "speaker=ingrid": 1,
        "speaker=bo": 0,
        f"speaker_entity={minister.uuid}": 1,
        f"speaker_entity={finland.uuid}": 0,
        "speaker_kind=person": 1,
        "speaker_kind=document": 0,
        "country=NO": 1,
        "country=FI": 0,
        f"article={article.uuid}": 1,
        "q=returning%20ports": 1,
        "q=submarine": 0,
        "said_from=2020-01-01": 0,
    }

    found = {query: len(partner.get(f"{LIST}?{query}").json()["items"]) for query in expected}

    assert found == expected


def test_list_narrows_to_the_day_something_was_said(partner, desk):
    article = desk.approved()
    start = article.revision.text.index(QUOTED)
    suggestions.add_quote(
        article, start=start, end=start + len(QUOTED), by=desk.editor, speaker_name="A", speaker_kind="unnamed"
    )
    Quote.objects.update(said_on=date(2026, 5, 7))
    publishing.publish(article, by=desk.editor)

    found = {
        query: len(partner.get(f"{LIST}?{query}").json()["items"])
        for query in ("said_from=2026-05-07", "said_to=2026-05-07", "said_from=2026-05-01&said_to=2026-05-08")
    }

    assert found == {
        "said_from=2026-05-07": 1,
        "said_to=2026-05-07": 0,
        "said_from=2026-05-01&said_to=2026-05-08": 1,
    }


@pytest.mark.parametrize(
    "query",
    [
        "speaker_kind=robot",
        "country=ZZ",
        "article=1",
        "article=00000000-0000-0000-0000-000000000001",
        "speaker_entity=00000000-0000-0000-0000-000000000001",
        "said_from=7.5.2026",
        "said_from=05/07/2026",
        "fields=text",
    ],
)
def test_list_refuses_what_it_does_not_understand(partner, query):
    response = partner.get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_list_holds_only_confirmed_quotes_of_the_current_edition(partner, desk, quoted):
    article = quoted()
    words = "Nobody else spoke"
    start = article.revision.text.index(words)
    Quote.objects.create(
        article=article, revision=article.revision, text=words, start=start, end=start + len(words), cue="said"
    )
    confirmed = Quote.objects.get(text=QUOTED)
    before = [item["text"] for item in partner.get(LIST).json()["items"]]
    suggestions.reject(confirmed, by=desk.editor)
    desk.save(article, standfirst="Without the quotation.")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)

    assert (before, partner.get(LIST).json()["items"]) == ([QUOTED], [])


def test_hidden_speaker_is_named_but_not_linked(partner, desk, quoted, minister):
    minister.is_hidden = True
    minister.save()
    quoted()

    (item,) = partner.get(LIST).json()["items"]

    assert (item["speaker"]["name"], item["speaker"]["entity_id"]) == ("Ingrid Sample", None)
