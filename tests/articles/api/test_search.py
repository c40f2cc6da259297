from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection

from articles.api import search

SEARCH = "/api/v1/search"

pytestmark = pytest.mark.django_db


def headlines(response) -> list[str]:
    return [item["headline"] for item in response.json()["items"]]


@pytest.mark.parametrize("stories", [1, 3])
def test_search_is_as_many_queries_however_many_rows(partner, quoted, django_assert_num_queries, stories):
    for number in range(stories):
        quoted(f"Fleet story {number}")

    # Which query words ask is known from then on.
    partner.get(f"{SEARCH}?q=fleet")

    # Besides finding, ranking, quoting and counting: since when there are stories.
    with django_assert_num_queries(5):
        response = partner.get(f"{SEARCH}?q=fleet")

    assert len(response.json()["items"]) == stories


def test_search_that_is_held_already_reads_no_story(partner, quoted, django_assert_num_queries):
    quoted()
    held = partner.get(f"{SEARCH}?q=fleet")["ETag"]

    with django_assert_num_queries(1) as asked:
        answer = partner.get(f"{SEARCH}?q=fleet", headers={"If-None-Match": held})

    assert (answer.status_code, answer["ETag"], answer.content) == (304, held, b"")
    assert "articles_representation" not in asked[0]["sql"]


def test_search_says_when_it_stops_counting(partner, desk, monkeypatch):
    for number in range(3):
        desk.live(f"Submarine {number}")
    monkeypatch.setattr(search, "RANKED", 1)

    total = partner.get(f"{SEARCH}?q=submarine").json()["total"]

    assert total == {"count": 1, "is_capped": True, "ranked": 1}


def test_search_puts_the_best_match_first(partner, desk):
    desk.live("Submarine yard opens", body="<p>A submarine, and a submarine.</p>")
    desk.live("Budget passes", body="<p>Nobody spoke of the submarine.</p>")
    desk.live("Brigade moves north")

    assert headlines(partner.get(f"{SEARCH}?q=submarines")) == ["Submarine yard opens", "Budget passes"]
    assert headlines(partner.get(f"{SEARCH}?q=submarine -budget")) == ["Submarine yard opens"]
    assert headlines(partner.get(f"{SEARCH}?q=submarine&page_size=1")) == ["Submarine yard opens"]


def test_search_walks_on_by_its_cursor(partner, desk):
    for number in range(3):
        desk.live(f"Submarine {number}")

    first = partner.get(f"{SEARCH}?q=submarine&page_size=2").json()
    second = partner.get(SEARCH, {"q": "submarine", "page_size": 2, "cursor": first["next_cursor"]})

    found = [item["headline"] for item in first["items"]] + headlines(second)
    assert sorted(found) == ["Submarine 0", "Submarine 1", "Submarine 2"]


def test_search_shows_the_words_in_their_context(partner, desk):
    desk.live("Budget passes", body="<p>Nobody spoke of the <em>submarines</em> & <strong>docks</strong>.</p>")

    (hit,) = partner.get(f"{SEARCH}?q=submarine").json()["items"]

    passage = hit["passages"][0]
    assert passage["text"] == "Nobody spoke of the submarines & docks"
    assert [passage["text"][start:end] for start, end in passage["highlights"]] == ["submarines"]


def test_search_counts_what_the_matches_are_about(partner, desk, quoted, minister):
    quoted("Norwegian fleet")
    desk.live("Fleet elsewhere")

    answer = partner.get(f"{SEARCH}?q=fleet").json()

    assert answer["total"] == {"count": 2, "is_capped": False, "ranked": 2}
    assert answer["facets"] == {
        "countries": [{"code": "NO", "name": "Norway", "count": 1}],
        "entities": [{"id": str(minister.uuid), "kind": "person", "name": "Ingrid Sample", "count": 1}],
        "sections": [{"slug": "sea", "name": "Sea", "count": 2}],
    }
    assert headlines(partner.get(f"{SEARCH}?q=fleet&country=NO")) == ["Norwegian fleet"]


@pytest.mark.django_db(transaction=True)
def test_search_tells_of_one_state(partner, desk, monkeypatch):
    """A story that is published while a search is being answered is in none of its parts."""
    desk.live("Submarine")
    before = partner.get(f"{SEARCH}?q=submarine").json()
    found = search.newest_matches

    def interrupted(*given, **more):
        matches = found(*given, **more)
        thread = Thread(target=lambda: (desk.live("Submarine again"), connection.close()))
        thread.start()
        thread.join()
        return matches

    monkeypatch.setattr(search, "newest_matches", interrupted)
    during = partner.get(f"{SEARCH}?q=submarine").json()
    monkeypatch.undo()

    assert during == before
    assert partner.get(f"{SEARCH}?q=submarine").json()["sequence"] > before["sequence"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=fleet&colour=red", "q=" + "x" * 10_000])
def test_search_refuses_what_it_does_not_understand(partner, query):
    assert partner.get(f"{SEARCH}?{query}").status_code == 400


@pytest.mark.parametrize("words", ["'", '"', "& | !", ":*", "(((", "\\", "%", "the", "<b>", "😀", "a" * 900])
def test_search_survives_any_words(partner, desk, words):
    desk.live()

    assert partner.get(SEARCH, {"q": words}).status_code == 200


def test_search_leaves_out_what_is_not_asked_for(partner, quoted):
    quoted("Norwegian fleet")

    answer = partner.get(f"{SEARCH}?q=fleet&order=-published_at&counts=false&fields=headline,url").json()

    (hit,) = answer["items"]
    assert set(hit) == {"id", "version", "headline", "url"}
    assert answer["facets"] == {"countries": [], "entities": [], "sections": []}
    assert answer["total"] == {"count": 1, "is_capped": False, "ranked": 1}
    assert "passages" in partner.get(f"{SEARCH}?q=fleet").json()["items"][0]


@pytest.mark.parametrize("query", ["fields=colour", "counts=no", "counts="])
def test_search_refuses_parts_that_it_does_not_have(partner, query):
    assert partner.get(f"{SEARCH}?q=fleet&{query}").status_code == 400
