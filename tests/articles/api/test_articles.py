from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.api import filters
from articles.models import Author, Image, Representation, Section
from articles.representations import represent
from entities.merging import merge
from entities.models import Entity

LIST = "/api/v1/articles"

pytestmark = pytest.mark.django_db


def headlines(response) -> list[str]:
    return [item["headline"] for item in response.json()["items"]]


def published_on(desk, headline, day, **content):
    article = desk.approved(headline, **content)
    publishing.publish(article, by=desk.editor, published_at=datetime(2026, 3, day, 12, tzinfo=UTC))
    return desk.fresh(article)


@pytest.mark.parametrize("stories", [1, 3])
def test_list_is_one_query_however_many_rows(partner, quoted, django_assert_num_queries, stories):
    for number in range(stories):
        quoted(f"Story {number}")

    with django_assert_num_queries(1):
        response = partner.get(LIST)

    assert len(response.json()["items"]) == stories


def test_list_joins_the_stored_bytes(partner, desk, number_changes):
    stories = [desk.live("One"), desk.live("Two")]
    number_changes()

    body = partner.get(LIST).content

    for story in stories:
        assert bytes(Representation.objects.get(article=story).json) in body


def test_list_of_an_empty_newsroom_says_where_to_begin(partner):
    assert partner.get(LIST).json() == {
        "items": [],
        "next_cursor": None,
        "has_more": False,
        "sequence": 0,
        "after": f"{'0' * 32}.0.0",
    }


def test_list_walks_over_equal_times_without_losing_a_story(partner, desk):
    for number in range(7):
        published_on(desk, f"Story {number}", 1)

    seen, link = [], f"{LIST}?page_size=2&fields=headline"
    while link:
        response = partner.get(link)
        seen += headlines(response)
        link = response.headers.get("Link", "").partition(">")[0].partition(":8000")[2]

    assert seen == [f"Story {number}" for number in range(6, -1, -1)]


def test_list_orders(partner, desk):
    older, newer = published_on(desk, "Older", 1), published_on(desk, "Newer", 2)
    desk.save(older, standfirst="Changed since.")
    desk.approve_again(desk.fresh(older))
    publishing.publish_update(desk.fresh(older), by=desk.editor)

    orders = {order: headlines(partner.get(f"{LIST}?order={order}")) for order in ("published_at", "-updated_at")}

    assert newer.published_at > older.published_at
    assert orders == {"published_at": ["Older", "Newer"], "-updated_at": ["Older", "Newer"]}


@pytest.mark.parametrize("most_gathered", [0, filters.MOST_GATHERED])
def test_list_narrows_to_what_is_asked(partner, desk, quoted, norway, finland, minister, monkeypatch, most_gathered):
    monkeypatch.setattr(filters, "MOST_GATHERED", most_gathered)
    quoted("Norwegian story", section=Section.objects.create(slug="land", name="Land"), type="analysis")
    desk.live("Other story", authors=[Author.objects.create(slug="bo-sample", name="Bo Sample")])
    expected = {
        "country=NO": ["Norwegian story"],
        "country=FI": [],
        "country=FI&country=NO": ["Norwegian story"],
        "country_all=NO": ["Norwegian story"],
        "country_all=NO,FI": [],
        "country=NO&country_role=about": ["Norwegian story"],
        "country=NO&country_role=mention": [],
        f"entity={minister.uuid}": ["Norwegian story"],
        f"entity={norway.uuid}": ["Norwegian story"],
        "section=land": ["Norwegian story"],
        "type=analysis": ["Norwegian story"],
        "has=quotes": ["Norwegian story"],
        "author=bo-sample": ["Other story"],
        "published_from=2020-01-01": ["Other story", "Norwegian story"],
        "published_to=2020-01-01T00:00:00Z": [],
        "updated_from=2099-01-01T00:00:00%2B02:00": [],
        # RFC 3339 knows offsets up to 23:59, PostgreSQL up to 15:59.
        "published_from=2020-01-01T00:00:00%2B17:46": ["Other story", "Norwegian story"],
        "published_to=2020-01-01T00:00:00-23:59": [],
    }

    found = {query: headlines(partner.get(f"{LIST}?{query}")) for query in expected}

    assert found == expected


@pytest.mark.parametrize("most_gathered", [0, filters.MOST_GATHERED])
def test_list_of_a_place(partner, desk, quoted, minister, monkeypatch, most_gathered):
    monkeypatch.setattr(filters, "MOST_GATHERED", most_gathered)
    quoted("Norwegian story")
    desk.live("Other story")

    assert headlines(partner.get("/api/v1/countries/NO/articles")) == ["Norwegian story"]
    assert headlines(partner.get("/api/v1/countries/NO/articles?country_role=about")) == ["Norwegian story"]
    assert headlines(partner.get("/api/v1/countries/NO/articles?country_role=mention")) == []
    assert headlines(partner.get(f"/api/v1/entities/{minister.uuid}/articles")) == ["Norwegian story"]
    assert partner.get("/api/v1/countries/ZZ/articles").status_code == 404


@pytest.mark.parametrize("order", ["-published_at", "published_at", "-updated_at"])
def test_list_of_a_country_is_walked_like_any_other(partner, quoted, order):
    for number in range(3):
        quoted(f"Norwegian story {number}")
    whole = headlines(partner.get(f"{LIST}?country=NO&order={order}"))

    seen, link = [], f"/api/v1/countries/NO/articles?page_size=1&order={order}"
    while link:
        response = partner.get(link)
        seen += headlines(response)
        link = response.headers.get("Link", "").partition(">")[0].partition(":8000")[2]

    assert len(seen) == 3
    assert seen == whole


@pytest.mark.parametrize("most_gathered", [0, filters.MOST_GATHERED])
def test_list_of_an_entity_has_what_stands_under_the_merged_one(partner, quoted, minister, monkeypatch, most_gathered):
    monkeypatch.setattr(filters, "MOST_GATHERED", most_gathered)
    quoted("Norwegian story")
    other = Entity.objects.create(kind=minister.kind, name="I. Sample", slug="i-sample")
    merge(minister, into=other)

    found = [headlines(partner.get(f"{LIST}?entity={one.uuid}")) for one in (minister, other)]
    Entity.objects.filter(pk=other.pk).update(is_hidden=True)
    hidden = partner.get(f"{LIST}?entity={minister.uuid}")

    assert found == [["Norwegian story"]] * 2
    assert hidden.status_code == 400


def test_lists_of_a_country_or_an_entity_ask_little(partner, quoted, minister, finland, django_assert_num_queries):
    quoted("Norwegian story")
    asked = {"countries/NO/articles": 1, "articles?country=NO": 2, "articles?country_all=NO,FI": 2}
    asked |= {f"articles?entity={minister.uuid}": 2, f"entities/{minister.uuid}/articles": 2}

    for path, queries in asked.items():
        with django_assert_num_queries(queries):
            assert partner.get(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=red", "unknown_parameter"),
        ("format=xml", "invalid_choice"),
        ("page_size=0", "out_of_range"),
        ("page_size=101", "out_of_range"),
        ("page_size=ten", "out_of_range"),
        ("page_size=1&page_size=2", "repeated"),
        ("section=", "blank"),
        ("section=%1C%C2%A0", "blank"),
        ("section=nowhere", "unknown_value"),
        ("country=ZZ", "unknown_value"),
        ("country=norway", "invalid"),
        ("country=no", "invalid"),
        ("country=%25s", "invalid"),
        ("country=NO,", "invalid"),
        ("country=" + ",".join(f"A{chr(65 + n % 26)}" for n in range(26)) + ",BA,BB,BC,BD,BE", "too_many"),
        ("country_role=about", "needs_country"),
        ("entity=1", "invalid"),
        ("entity=00000000-0000-0000-0000-000000000001", "unknown_value"),
        ("author=nobody", "unknown_value"),
        ("type=poem", "invalid_choice"),
        ("has=pictures", "invalid_choice"),
        ("order=headline", "invalid_choice"),
        ("published_from=yesterday", "invalid"),
        ("published_to=2026-13-01", "invalid"),
        ("published_to=0001-01-01T00:00:00%2B23:59", "invalid"),
        ("fields=headline,secret", "unknown_field"),
        ("cursor=x", "bad_cursor"),
        ("section=" + "x" * 10_000, "too_long"),
    ],
)
def test_list_refuses_what_it_does_not_understand(partner, query, code):
    response = partner.get(f"{LIST}?{query}")

    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert problem["type"].endswith("/api/v1/problems/invalid-parameters")
    assert [error["code"] for error in problem["errors"]] == [code]
    assert problem["errors"][0]["parameter"] == query.partition("=")[0]


def test_list_refuses_the_cursor_of_another_query(partner, desk, norway):
    for number in range(3):
        desk.live(f"Story {number}")
    cursor = partner.get(f"{LIST}?page_size=1").json()["next_cursor"]

    answers = {
        query: partner.get(f"{LIST}?cursor={cursor}&{query}").status_code
        for query in ("page_size=2", "fields=headline", "country=NO", "order=published_at", "has=quotes")
    }
    elsewhere = partner.get(f"/api/v1/quotes?cursor={cursor}").status_code
    broken = partner.get(f"{LIST}?page_size=1&cursor={cursor[:-1]}x").status_code

    assert answers == {
        "page_size=2": 200,
        "fields=headline": 200,
        "country=NO": 400,
        "order=published_at": 400,
        "has=quotes": 400,
    }
    assert (elsewhere, broken) == (400, 400)


def test_list_answers_304_until_something_is_published(partner, desk, number_changes, django_assert_num_queries):
    desk.live("One")
    number_changes()
    etag = partner.get(LIST)["ETag"]

    with django_assert_num_queries(1):
        unchanged = partner.get(LIST, headers={"If-None-Match": etag})
    other_query = partner.get(f"{LIST}?page_size=5", headers={"If-None-Match": etag})
    desk.live("Two")
    number_changes()
    changed = partner.get(LIST, headers={"If-None-Match": etag})

    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)
    assert (other_query.status_code, changed.status_code) == (200, 200)
    assert changed["ETag"] != etag


def test_detail_is_the_stored_document_in_one_query(partner, quoted, django_assert_num_queries):
    article = quoted()
    stored = Representation.objects.get(article=article)

    with django_assert_num_queries(1):
        response = partner.get(f"{LIST}/{article.uuid}")

    assert response.content == bytes(stored.json)
    assert response["ETag"] == f'"1-{hashlib.sha256(response.content).hexdigest()}-whole"'
    assert response["Last-Modified"].endswith("GMT")


def test_detail_answers_304_by_etag_and_by_time(partner, desk, django_assert_num_queries):
    article = desk.live()
    first = partner.get(f"{LIST}/{article.uuid}")

    with django_assert_num_queries(1):
        by_etag = partner.get(f"{LIST}/{article.uuid}", headers={"If-None-Match": first["ETag"]})
    by_weak = partner.get(f"{LIST}/{article.uuid}", headers={"If-None-Match": f"W/{first['ETag']}"})
    by_time = partner.get(f"{LIST}/{article.uuid}", headers={"If-Modified-Since": first["Last-Modified"]})
    of_other_shape = partner.get(f"{LIST}/{article.uuid}?fields=id", headers={"If-None-Match": first["ETag"]})

    assert [answer.status_code for answer in (by_etag, by_weak, by_time, of_other_shape)] == [304, 304, 304, 200]
    assert by_etag["ETag"] == first["ETag"]


def test_detail_gives_only_the_fields_asked(partner, desk):
    article = desk.live()

    document = partner.get(f"{LIST}/{article.uuid}?fields=slug,headline").json()

    assert document == {
        "id": str(article.uuid),
        "version": 1,
        "slug": "fleet-returns-to-port",
        "headline": "Fleet returns to port",
    }


def test_detail_of_a_withdrawn_story_is_gone(partner, desk):
    article = desk.withdrawn()

    response = partner.get(f"{LIST}/{article.uuid}", headers={"X-Request-ID": "mine"})

    assert response.status_code == 410
    assert response.json() == {
        "type": "http://127.0.0.1:8000/api/v1/problems/gone",
        "title": "The article is no longer public",
        "status": 410,
        "detail": "The article was withdrawn. Take it off your pages; it may come back.",
        "request_id": "mine",
        "id": str(article.uuid),
        "version": 2,
        "reason": "withdrawn",
        "public_note": "",
        "must_purge": False,
    }


def test_detail_of_a_killed_story_says_purge_and_why(partner, desk):
    article = desk.killed()

    problem = partner.get(f"{LIST}/{article.uuid}").json()

    assert {name: problem[name] for name in ("status", "reason", "public_note", "must_purge", "version")} == {
        "status": 410,
        "reason": "killed",
        "public_note": "This story has been removed for legal reasons.",
        "must_purge": True,
        "version": 2,
    }


def test_by_slug_leads_to_the_article_also_from_an_old_address(partner, desk):
    article = desk.live("Fleet returns to port")
    desk.save(article, slug="fleet-is-back")
    publishing.publish_minor_update(desk.fresh(article), by=desk.editor)

    answers = [partner.get(f"{LIST}/by-slug/{slug}") for slug in ("fleet-returns-to-port", "fleet-is-back", "back")]

    assert [answer.status_code for answer in answers] == [307, 307, 404]
    assert {answer["Location"] for answer in answers[:2]} == {f"/api/v1/articles/{article.uuid}"}


def test_every_span_of_every_article_is_true(partner, quoted):
    quoted("Ünïcode 🚢 story", body="<p>A 🚢 sailed. Ingrid said it would “return to port by Friday”.</p>")
    quoted()

    spans = []
    for article in partner.get(LIST).json()["items"]:
        text = article["body"]["text"]
        spans += [(text[quote["start"] : quote["end"]], quote["text"]) for quote in article["quotes"]]
        for tagged in article["countries"] + article["entities"]:
            spans += [(text[span["start"] : span["end"]], span["as_written"]) for span in tagged["mentions"]]
        for before, after in pairwise(article["body"]["blocks"]):
            spans.append((text[before["end"] : after["start"]], "\n\n"))

    assert len(spans) >= 3
    assert all(found == said for found, said in spans)


def test_images_that_partners_may_not_show_are_left_out(partner, desk):
    today = timezone.localdate()
    rights = {
        "free": {},
        "desk-only": {"may_syndicate": False},
        "expired": {"expires_on": today.replace(year=today.year - 1)},
    }
    for name, columns in rights.items():
        image = Image.objects.create(
            file=f"images/{name}.webp", sha256=name, alt=f"A ship, {name}", credit="Desk", width=9, height=9
        )
        desk.live(name, image=image)
        Image.objects.filter(pk=image.pk).update(**columns)
    for representation in Representation.objects.select_related("article__edition"):
        represent(representation.article)

    shown = {item["headline"]: [image["alt"] for image in item["images"]] for item in partner.get(LIST).json()["items"]}

    assert shown == {"free": ["A ship, free"], "desk-only": [], "expired": []}
    assert b"desk-only.webp" not in json.dumps(partner.get(LIST).json()).encode()


def test_list_that_the_client_holds_touches_no_article(partner, desk, number_changes):
    desk.live()
    number_changes()
    etag = partner.get(LIST)["ETag"]

    with CaptureQueriesContext(connection) as queries:
        partner.get(LIST, headers={"If-None-Match": etag})
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN ANALYZE " + queries[0]["sql"])
        plan = [line for (line,) in cursor.fetchall()]

    scans = [line for line in plan if " on articles_representation" in line]
    assert scans
    assert all("never executed" in line for line in scans)
