"""The reader's search: what is found, in which order, with what beside it."""

import html
import re

import pytest

from articles import publishing
from articles.views import search_results
from entities.merging import merge
from entities.models import Entity, Kind, Name, Strength

HEADLINE = re.compile(r'<h3><a href="/news/[^"]*">([^<]*)</a></h3>')
PASSAGE = re.compile(r'<p class="passage">(.*?)</p>', re.DOTALL)
ENTITY = re.compile(r'<li><a href="([^"]*)">[^<]*</a> <span class="entity-kind">')


def page(client, query):
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, query):
    return [html.unescape(headline) for headline in HEADLINE.findall(page(client, query))]


def links(client, query):
    return [html.unescape(link) for link in re.findall(r'href="(\?[^"]*)"', page(client, query))]


@pytest.fixture
def frigate(norway):
    entity = Entity.objects.create(
        kind=Kind.EQUIPMENT, name="Su-34", slug="su-34", summary="A Russian strike aircraft."
    )
    Name.objects.create(entity=entity, text="Fullback", form="name")
    return entity


def test_search_puts_the_best_match_first_or_the_newest(client, desk):
    desk.live("Submarine yard opens", body="<p>A submarine, and a submarine.</p>")
    desk.live("Budget passes", body="<p>Nobody spoke of the submarine.</p>")
    desk.live("Brigade moves north")

    assert found(client, "q=submarines") == ["Submarine yard opens", "Budget passes"]
    assert found(client, "q=submarines&order=newest") == ["Budget passes", "Submarine yard opens"]
    assert found(client, "q=submarine+-budget") == ["Submarine yard opens"]
    assert found(client, "q=%22submarine+yard%22") == ["Submarine yard opens"]
    assert found(client, "q=yard+or+brigade&order=newest") == ["Brigade moves north", "Submarine yard opens"]


def test_search_finds_designations_in_every_spelling(client, desk):
    spellings = ["Su-34", "Su34", "Su 34", "Su‑34", "Su-34s"]
    for written in spellings:
        desk.live(f"Spelling {spellings.index(written)}", body=f"<p>They counted {written} on the apron.</p>")
    desk.live("Not this one", body="<p>They counted Su-35 and a Su-3434.</p>")

    for asked in ("Su-34", "su34", "Su 34", "SU‑34", "Su-34s"):
        assert sorted(found(client, f"q={asked}")) == [f"Spelling {number}" for number in range(len(spellings))]


def test_search_finds_acronyms_and_names_however_they_are_written(client, desk):
    desk.live("Points", body="<p>The U.S. navy spoke.</p>")
    desk.live("Capitals", body="<p>The US navy spoke.</p>")
    desk.live("Accent", body="<p>Orbán of Łódź spoke.</p>")

    for asked in ("US", "U.S.", "us navy"):
        assert sorted(found(client, f"q={asked}")) == ["Capitals", "Points"]
    for asked in ("orban", "Orbán", "lodz"):
        assert found(client, f"q={asked}") == ["Accent"]


def test_search_finds_a_variant_under_its_type_and_not_the_reverse(client, desk):
    desk.live("Variant", body="<p>An F-35A landed.</p>")
    desk.live("Type", body="<p>An F-35 landed.</p>")

    assert sorted(found(client, "q=F-35")) == ["Type", "Variant"]
    assert found(client, "q=F-35A") == ["Variant"]


def test_search_marks_the_words_and_escapes_all_else(client, desk):
    desk.live("Budget passes", body="<p>The &lt;b&gt;fleet&lt;/b&gt; &amp; <em>submarines</em> went.</p>")

    (passage,) = PASSAGE.findall(page(client, "q=submarine"))

    # PostgreSQL leaves out what looks like a tag.
    assert passage.startswith("fleet  &amp; <mark>submarines</mark> went")


def test_search_says_what_was_sought_escaped(client, desk):
    text = page(client, "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script>alert" not in text


def test_search_is_narrowed_by_filters(client, desk, tell, norway, finland, frigate):
    tell("Norwegian fleet", about=[norway])
    tell("Finnish fleet", about=[finland, frigate], type="analysis")

    assert found(client, "q=fleet&country=NO") == ["Norwegian fleet"]
    assert found(client, "q=fleet&entity=equipment/su-34") == ["Finnish fleet"]
    assert found(client, "q=fleet&type=analysis") == ["Finnish fleet"]
    assert found(client, "q=fleet&year=1999") == []
    assert len(found(client, "q=fleet&section=sea")) == 2
    assert found(client, "country=FI") == ["Finnish fleet"]


def test_search_offers_what_narrows_further(client, tell, norway, finland, frigate):
    tell("Norwegian fleet", about=[norway])
    tell("Finnish fleet", about=[norway, finland, frigate], type="analysis")

    offered = links(client, "q=fleet")

    assert {"?q=fleet&country=FI", "?q=fleet&entity=equipment%2Fsu-34", "?q=fleet&type=analysis"} <= set(offered)
    # All stories have it: it would narrow nothing.
    assert "?q=fleet&country=NO" not in offered


def test_search_answers_a_broken_filter_with_what_to_do(client, desk):
    desk.live()
    for query in (
        *("country=XX", "entity=person/nobody", "section=moon", "type=poem"),
        *("year=soon", "year=1", "order=worst", "country=%00"),
    ):
        answer = client.get(f"/search/?q=fleet&{query}")
        assert (query, answer.status_code) == (query, 400)
        assert "We did not search." in answer.content.decode()
        assert HEADLINE.findall(answer.content.decode()) == []


def test_search_has_no_page_that_it_does_not_link_to(client, desk):
    for query in ("page=0", "page=x", "page=26", "page=" + "9" * 5000, "page=²", "before=yesterday"):
        assert client.get(f"/search/?q=fleet&{query}").status_code == 404


def test_search_survives_any_words(client, desk):
    desk.live()
    for words in (
        *("'", '"', "& | !", ":*", "(((", "\\", "%", "the", "<b>", "😀", "a" * 10_000, "a " * 5000, "\x00", "or", "-x"),
        *(
            "'; DROP TABLE articles_article; --",
            "\u202efleet",
            "флот 艦隊 أسطول",
            "A.B.C.D.E.F.G.",
            "Su-99999",
            "'su':*",
        ),
    ):
        for address in ("/search/", "/search/suggest"):
            assert client.get(address, {"q": words}).status_code == 200


@pytest.mark.parametrize("order", ["", "newest"])
def test_search_pages_show_every_story_once(client, desk, monkeypatch, order):
    monkeypatch.setattr(search_results, "PAGE_SIZE", 2)
    for number in range(5):
        desk.live(f"Submarine {number}")

    query, seen = f"?q=submarine&order={order}", []
    while query:
        text = client.get(f"/search/{query}").content.decode()
        seen += HEADLINE.findall(text)
        following = re.search(r'href="(\?[^"]*)" rel="next"', text)
        query = html.unescape(following[1]) if following else ""

    assert sorted(seen) == [f"Submarine {number}" for number in range(5)]
    if order:
        assert seen == sorted(seen, reverse=True)


def test_search_says_when_it_stops_counting(client, desk, monkeypatch):
    desk.live("Submarine")
    desk.live("Submarine again")
    assert "2 stories" in page(client, "q=submarine")

    monkeypatch.setattr(search_results, "RANKED", 1)

    assert "More than 1 stories" in page(client, "q=submarine")


@pytest.mark.parametrize("query", ["q=fleet", "q=fleet&order=newest"])
def test_search_costs_the_same_for_one_and_three(client, tell, norway, django_assert_num_queries, query):
    tell("Fleet one", about=[norway])
    # Which query words ask is known from then on.
    client.get(f"/search/?{query}")
    with django_assert_num_queries(8):
        client.get(f"/search/?{query}")

    tell("Fleet two", about=[norway])
    tell("Fleet three", about=[norway])
    with django_assert_num_queries(8):
        client.get(f"/search/?{query}")


def test_search_suggests_entities_that_have_stories_by_any_of_their_names(client, tell, norway, finland, frigate):
    tell(about=[norway, frigate])
    Name.objects.create(entity=finland, text="Norfin", form="name")

    assert ENTITY.findall(page(client, "q=nor")) == ["/countries/norway/"]
    assert ENTITY.findall(page(client, "q=fullback")) == ["/entities/equipment/su-34/"]
    assert client.get("/search/suggest?q=su-3").json() == {
        "q": "su-3",
        "suggestions": [
            {
                "name": "Su-34",
                "kind": "equipment",
                "summary": "A Russian strike aircraft.",
                "url": "/entities/equipment/su-34/",
            }
        ],
    }


def test_search_suggests_neither_hidden_nor_forbidden_and_leads_from_merged_ones(client, tell, norway, frigate):
    jet = Entity.objects.create(kind=Kind.EQUIPMENT, name="Duckling", slug="duckling")
    Name.objects.create(entity=norway, text="Fullback plan", form="name", strength=Strength.FORBIDDEN)
    tell(about=[norway, frigate, jet])
    merge(jet, into=frigate)

    assert ENTITY.findall(page(client, "q=duck")) == []
    assert ENTITY.findall(page(client, "q=fullback")) == ["/entities/equipment/su-34/"]
    Name.objects.create(entity=jet, text="Quacker", form="name")
    assert ENTITY.findall(page(client, "q=quack")) == ["/entities/equipment/su-34/"]

    Entity.objects.filter(pk=frigate.pk).update(is_hidden=True)
    assert ENTITY.findall(page(client, "q=quack")) == []


def test_search_drops_a_story_that_was_withdrawn(client, desk, norway, tell):
    article = tell("Secret convoy", about=[norway])
    publishing.withdraw(article, by=desk.editor, reason="Too early.")

    text = page(client, "q=convoy")

    assert found(client, "q=convoy") == []
    assert "Norway" not in text
    assert client.get("/search/suggest?q=norway").json()["suggestions"] == []


def test_search_answers_not_modified(client, desk):
    desk.live()
    first = client.get("/search/?q=fleet")

    again = client.get("/search/?q=fleet", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "cookie" not in first.headers.get("Vary", "").lower()


def test_search_that_finds_nothing_offers_a_spelling_that_finds_something(client, tell, norway, finland, frigate):
    tell("Norway sails", about=[norway, frigate])
    offer = re.compile(r'Did you mean <a href="([^"]*)">([^<]*)</a>')

    assert offer.findall(page(client, "q=norwya")) == [("?q=Norway", "Norway")]
    assert offer.findall(page(client, "q=norwya+sails+-budget")) == [
        ("?q=Norway+sails+-budget", "Norway sails -budget")
    ]
    # Finland has no story; and nothing would be found; and it is nothing like a name.
    for words in ("finlend", "norwya+zzzz", "zzzz", "no", "norway+zzzz"):
        assert offer.findall(page(client, f"q={words}")) == []
