"""Search of entities for speakers and tags, and tags added by hand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.models.verdict import Verdict
from entities.models import Entity, Kind, Name, Relation

JSON = {"Accept": "application/json"}


@pytest.fixture
def article(desk) -> Article:
    return desk.draft()


@pytest.fixture
def minister(norway) -> Entity:
    person = Entity.objects.create(
        kind=Kind.PERSON, name="Kari Ness", slug="kari-ness", country_id=norway.pk, sort_name="Ness, Kari"
    )
    ministry = Entity.objects.create(kind=Kind.ORGANISATION, name="Ministry of Sleds", slug="sleds")
    Relation.objects.create(subject=person, kind="office_in", object=ministry, role="sled minister")
    Name.objects.create(entity=person, text="K. Ness")
    return person


def found(client: Client, article: Article, **query: str) -> list[dict]:
    return client.get(f"/admin/articles/article/{article.pk}/proposals/entities/", query).json()["found"]


def test_search_shows_role_and_country(client: Client, article, journalist, minister) -> None:
    client.force_login(journalist)

    assert found(client, article, q="ness", speakers="") == [
        {"id": minister.pk, "name": "Kari Ness", "kind": "person", "detail": "sled minister, Norway"}
    ]


def test_search_finds_by_alias_and_by_the_alias_of_a_merged_one(client: Client, article, journalist, minister) -> None:
    twin = Entity.objects.create(kind=Kind.PERSON, name="Ness of Bodø", slug="twin", merged_into=minister)
    Name.objects.create(entity=twin, text="The Walrus")
    client.force_login(journalist)

    by_alias = [line["id"] for line in found(client, article, q="k. ness")]
    by_merged = [line["id"] for line in found(client, article, q="walrus")]

    assert (by_alias, by_merged) == ([minister.pk], [minister.pk])


def test_search_for_speakers_leaves_out_what_cannot_speak(client: Client, article, journalist, minister) -> None:
    Entity.objects.create(kind=Kind.EQUIPMENT, name="Ness torpedo", slug="ness-torpedo")
    Entity.objects.create(kind=Kind.PERSON, name="Hidden Ness", slug="hidden", is_hidden=True)
    client.force_login(journalist)

    speakers = [line["name"] for line in found(client, article, q="ness", speakers="")]
    everything = [line["name"] for line in found(client, article, q="ness")]

    assert speakers == ["Kari Ness"]
    assert everything == ["Kari Ness", "Ness torpedo"]


def test_search_offers_who_speaks_in_the_story(client: Client, desk, journalist, norway) -> None:
    article = desk.draft(body="<p>“We will be back before the ice,” Captain Ida Berg said.</p>")
    article.quotes.create(
        revision=article.revision, text="x", start=0, end=1, speaker_name="Ida Berg", speaker_role="captain"
    )
    client.force_login(journalist)

    assert found(client, article, q="ida", speakers="") == [
        {"id": None, "name": "Ida Berg", "kind": "in this story", "detail": "captain"}
    ]


@pytest.mark.parametrize("query", ["", "  ", "a\x00b", "%", "x" * 5000, "' OR 1=1 --"])
def test_search_answers_any_query(client: Client, article, journalist, minister, query) -> None:
    client.force_login(journalist)

    assert found(client, article, q=query) == []


def test_search_costs_the_same_for_one_and_many(client: Client, article, journalist, minister) -> None:
    client.force_login(journalist)
    counts = []
    for names in ((), ("Ness A", "Ness B", "Ness C")):
        for name in names:
            Entity.objects.create(kind=Kind.PERSON, name=name, slug=name[-1].lower())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found(client, article, q="ness", speakers="")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 7


def test_add_tag_confirms_it_with_its_role(client: Client, article, journalist, minister) -> None:
    client.force_login(journalist)
    address = f"/admin/articles/article/{article.pk}/proposals/tag/add/"

    response = client.post(address, {"entity": minister.pk, "role": "about"}, headers=JSON)

    tag = article.tags.get()
    assert response.json()["card"] == f"tag-{tag.pk}"
    assert (tag.entity, tag.role, tag.verdict, tag.verdict_by) == (minister, "about", Verdict.CONFIRMED, journalist)


@pytest.mark.parametrize("data", [{}, {"entity": "x"}, {"entity": "9" * 40}, {"entity": "1", "role": "king"}])
def test_add_tag_asks_for_an_entity_of_the_list(client: Client, article, journalist, minister, data) -> None:
    client.force_login(journalist)

    response = client.post(f"/admin/articles/article/{article.pk}/proposals/tag/add/", data, headers=JSON)

    assert (response.status_code, article.tags.count()) == (409, 0)


def test_search_is_closed_to_strangers(client: Client, article, stranger) -> None:
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    answers = [
        client.get(f"/admin/articles/article/{article.pk}/proposals/entities/?q=a"),
        client.post(f"/admin/articles/article/{article.pk}/proposals/tag/add/", {"entity": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
