"""The archive narrowed, and handed over as a table."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.db import connection

from articles import publishing
from articles.views import quote_export
from entities.merging import merge
from entities.models import Entity, Kind, Relation

WORDS = re.compile(r"“([^”]*)”</a></p></blockquote>")
GO, STAY, TURN = "We go today, all of us.", "We stay for ever, all of us.", "They turn the frigates around."


def said(client, query=""):
    return WORDS.findall(client.get(f"/quotes/?{query}").content.decode())


def read(client, address):
    return b"".join(client.get(address).streaming_content).decode()


def rows(client, query=""):
    return list(csv.DictReader(io.StringIO(read(client, f"/quotes/export.csv?{query}").removeprefix("\ufeff"))))


@pytest.fixture
def admiral(db):
    return Entity.objects.create(kind=Kind.PERSON, name="Ben Sample", slug="ben-sample")


@pytest.fixture
def three(tell, norway, finland, admiral):
    """Three stories with one statement each, the last one newest."""
    tell("One", words=GO, speaker_country=norway.country_facts, said_on=date(2026, 3, 1))
    tell("Two", words=STAY, speaker_country=finland.country_facts, said_on=date(2026, 5, 1), speaker_entity=admiral)
    tell("Three", words=TURN, speaker="Ben Sample", speaker_entity=admiral)


def test_quotes_are_narrowed_by_filters(client, three):
    for query, found in {
        "q=go+today": [GO],
        "q=frigate": [TURN],
        "q=all+of+us+-today": [STAY],
        "q=%22stay+for+ever%22": [STAY],
        "speaker=ben": [TURN],
        "speaker=sample": [TURN, STAY, GO],
        "entity=person/ben-sample": [TURN, STAY],
        "country=FI": [STAY],
        "country=fi": [STAY],
        "kind=partial": [],
        "said_from=2026-05-01": [STAY],
        "said_to=2026-05-01": [STAY, GO],
        "said_from=2026-03-01&said_to=2026-03-01": [GO],
        "entity=person/ben-sample&q=frigates&speaker=ben": [TURN],
        "colour=red": [TURN, STAY, GO],
    }.items():
        assert (query, said(client, query)) == (query, found)
        assert [row["words"] for row in rows(client, query)] == found


def test_quotes_of_a_merged_speaker_are_found_under_both(client, tell, admiral):
    other = Entity.objects.create(kind=Kind.PERSON, name="B. Sample", slug="b-sample")
    tell("One", words=GO, speaker_entity=other)
    merge(other, into=admiral)

    assert said(client, "entity=person/ben-sample") == said(client, "entity=person/b-sample") == [GO]


def test_quotes_of_an_organisation_are_its_own_and_its_peoples_on_the_day(client, tell, admiral):
    fleet = Entity.objects.create(kind=Kind.ORGANISATION, name="Sample Fleet", slug="sample-fleet")
    tell("One", words=GO, speaker_entity=fleet, speaker_kind="organisation")
    tell("Two", words=STAY, speaker_entity=admiral, said_on=date(2026, 5, 1))
    tell("Three", words=TURN, speaker_entity=admiral, said_on=date(2026, 7, 1))
    Relation.objects.create(
        subject=admiral, kind=Relation.Kind.OFFICE_IN, object=fleet, role="Commander", valid_to=date(2026, 6, 1)
    )

    assert said(client, "organisation=organisation/sample-fleet") == [STAY, GO]


def test_quotes_answers_a_broken_filter_with_what_to_do(client, three):
    for query, told in {
        "country=XX": "is no country code",
        "entity=person/nobody": "We have no page on",
        "entity=%00": "Null characters",
        "organisation=person/ben-sample": "We have no page on",
        "kind=loud": "“direct” or “partial”",
        "said_from=yesterday": "2026-11-16",
        "said_from=2026-05-02&said_to=2026-05-01": "exchange them",
    }.items():
        answer = client.get(f"/quotes/?{query}")
        assert (query, answer.status_code) == (query, 400)
        assert told in answer.content.decode()
        assert WORDS.findall(answer.content.decode()) == []
        for name in ("export.csv", "export.json"):
            assert client.get(f"/quotes/{name}?{query}").status_code == 400


def test_quotes_survives_any_words(client, three):
    for words in ("'", "\x01", "((", ":*", "\\", "%", "the", "<b>x</b>", "שלום", "a" * 10_000, "-", '"', "\x00", "or"):
        for name in ("q", "speaker"):
            answer = client.get("/quotes/", {name: words})
            assert answer.status_code == 200
            assert "<b>x" not in answer.content.decode()


def test_quotes_each_filter_can_be_taken_away(client, three):
    page = client.get("/quotes/?q=us&country=FI&colour=red").content.decode()

    links = re.findall(r'<li><a href="([^"]*)"><span class="active-label">', page)
    assert links == ["/quotes/?country=FI", "/quotes/?q=us"]


def test_quotes_offers_only_countries_and_organisations_that_speak(client, three, desk):
    silent = Entity.objects.create(kind=Kind.ORGANISATION, name="Silent Office", slug="silent-office")
    loud = Entity.objects.create(kind=Kind.ORGANISATION, name="Loud Office", slug="loud-office")
    assert "Loud Office" not in client.get("/quotes/").content.decode()

    admiral = Entity.objects.get(slug="ben-sample")
    Relation.objects.create(subject=admiral, kind=Relation.Kind.OFFICE_IN, object=loud)

    page = client.get("/quotes/").content.decode()
    assert "Loud Office" in page
    assert silent.name not in page
    assert re.findall(r'<option value="(..)"', page) == ["FI", "NO"]


def test_quotes_says_how_many_and_when_it_stops_counting(client, three, monkeypatch):
    assert "3 quotations" in client.get("/quotes/").content.decode()

    monkeypatch.setattr("articles.views.quotes.MOST_COUNTED", 2)

    assert "More than 2 quotations" in client.get("/quotes/").content.decode()


def test_csv_holds_what_a_table_needs(client, tell, norway, settings):
    article = tell(
        "One", words=GO, speaker_role="Admiral", speaker_country=norway.country_facts, said_on=date(2026, 3, 1)
    )

    assert rows(client) == [
        {
            "url": f"{settings.SITE_URL}/quotes/{article.quotes.get().uuid}/",
            "words": GO,
            "kind": "direct",
            "speaker": "Ana Sample",
            "role": "Admiral",
            "country": "Norway",
            "said_on": "2026-03-01",
            "story": "One",
            "story_url": f"{settings.SITE_URL}{article.representation.get_absolute_url()}",
            "published_at": f"{article.published_at:%Y-%m-%dT%H:%M:%SZ}",
            "retraction": "",
        }
    ]


def test_csv_has_no_formula(client, tell):
    tell("=HYPERLINK(1)", words="=1+1, they said.", speaker="=Ana")

    (row,) = rows(client)

    assert (row["words"], row["story"], row["speaker"]) == ("'=1+1, they said.", "'=HYPERLINK(1)", "'=Ana")


@pytest.mark.parametrize("cell", ["=1", "+49", "-5", "@all", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "|calc"])
def test_no_formula_takes_the_power_from_a_cell(cell):
    assert quote_export.no_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Norway", "a=1", "2026-11-16", "’tis"])
def test_no_formula_leaves_other_cells(cell):
    assert quote_export.no_formula(cell) == cell


def test_json_says_where_it_is_from_and_whether_it_is_all(client, three, monkeypatch):
    whole = json.loads(read(client, "/quotes/export.json?q=us"))
    monkeypatch.setattr(quote_export, "MOST", 1)
    cut = json.loads(read(client, "/quotes/export.json?q=us"))

    assert [quote["words"] for quote in whole["quotes"]] == [STAY, GO]
    assert whole["is_complete"] is True
    assert whole["source"].endswith("/quotes/export.json?q=us")
    assert [quote["words"] for quote in cut["quotes"]] == [STAY]
    assert cut["is_complete"] is False


def test_export_reads_on_in_steps(client, three, monkeypatch):
    monkeypatch.setattr(quote_export, "STEP", 1)

    assert [row["words"] for row in rows(client)] == [TURN, STAY, GO]


def test_export_is_not_sent_again_until_something_public_changes(client, desk, tell):
    article = tell("One", words=GO)
    first = client.get("/quotes/export.csv")
    again = client.get("/quotes/export.csv", headers={"If-None-Match": first["ETag"]})
    other = client.get("/quotes/export.csv?q=go", headers={"If-None-Match": first["ETag"]})
    publishing.withdraw(article, by=desk.editor, reason="Too early.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit does
    later = client.get("/quotes/export.csv", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, other.status_code, later.status_code) == (304, 200, 200)


def test_export_costs_the_same_for_one_and_three(client, tell, norway, django_assert_num_queries):
    tell("One", speaker_country=norway.country_facts)
    with django_assert_num_queries(5):
        rows(client)

    tell("Two", speaker_country=norway.country_facts)
    tell("Three", speaker_country=norway.country_facts)
    with django_assert_num_queries(5):
        rows(client)
