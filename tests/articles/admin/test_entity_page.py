"""The page of an entity: names with their measure, stories, quotations, relations, merges; for readers and editors."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Mention, Quote, Tag
from entities.merging import merge
from entities.models import Entity, Name, Relation
from tests.entities.admin.test_entity import form_of, page_of


@pytest.fixture
def ship(norway) -> Entity:
    return Entity.objects.create(
        kind="equipment",
        category="frigate",
        name="KNM Bluefin",
        slug="knm-bluefin",
        country=norway.country_facts,
        summary="A frigate that never sailed.",
        naming_note="We write KNM, not HNoMS.",
    )


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def name_it(article: Any, entity: Entity, *surfaces: str, **verdict: Any) -> Tag:
    names = sorted(set(surfaces)) if verdict else []
    tag = Tag.objects.create(article=article, entity=entity, score=0.5, judged_surfaces=names, **verdict)
    for place, surface in enumerate(surfaces):
        Mention.objects.create(
            tag=tag, revision=article.revision, start=place * 50, end=place * 50 + 5, surface=surface
        )
    return tag


def judged(verdict: str, by: Any) -> dict[str, Any]:
    return {"verdict": verdict, "verdict_by": by, "verdict_at": timezone.now()}


@pytest.mark.parametrize("role", ["journalist", "editor", "chief"])
def test_page_says_what_it_is_and_how_we_write_it(client: Client, request, ship, role: str) -> None:
    client.force_login(request.getfixturevalue(role))

    text = text_of(client.get(page_of(ship)))

    for words in ("Equipment, frigate", "Norway", "🇳🇴", "A frigate that never sailed.", "We write KNM, not HNoMS."):
        assert words in text


def test_page_groups_names_and_counts_verdicts(client: Client, desk, ship, editor) -> None:
    Name.objects.create(entity=ship, text="Bluefin", strength="weak", needs_context=["frigate"])
    Name.objects.create(entity=ship, text="Tuna", strength="forbidden")
    name_it(desk.draft(), ship, "Bluefin", "Bluefin", **judged("confirmed", editor))
    name_it(desk.draft(), ship, "Bluefin", **judged("rejected", editor))
    name_it(desk.draft(), ship, "KNM Bluefin")
    client.force_login(editor)

    page = client.get(page_of(ship)).context["page"]

    shown = {
        group.strength: [(line.text, line.usage.stories, line.usage.percent) for line in group.lines]
        for group in page.names
    }
    assert shown == {
        "strong": [("KNM Bluefin", 1, None)],
        "weak": [("Bluefin", 2, 50)],
        "forbidden": [("Tuna", 0, None)],
    }


def test_page_says_whose_name_it_is_too(client: Client, ship, editor) -> None:
    fish = Entity.objects.create(kind="organisation", name="Bluefin", slug="bluefin")
    Name.objects.create(entity=ship, text="BlueFin")
    client.force_login(editor)

    text = text_of(client.get(page_of(ship)))

    assert f'Also a name of <a href="{page_of(fish)}">Bluefin</a>' in text


def test_page_shows_stories_but_not_those_where_it_was_rejected(client: Client, desk, ship, editor) -> None:
    live = desk.live("Bluefin sails")
    name_it(live, ship, "Bluefin")
    name_it(desk.draft("Bluefin tuna is dear"), ship, "Bluefin", **judged("rejected", editor))
    client.force_login(editor)

    page = client.get(page_of(ship)).context["page"]

    assert page.stories == [live]
    assert (page.times.stories, page.times.live) == (1, 1)
    assert [(month.stories, month.step) for month in page.times.months][-1] == (1, 10)


def test_page_shows_what_it_said_and_its_relations(client: Client, desk, ship, norway, editor) -> None:
    article = desk.draft()
    Quote.objects.create(
        article=article, revision=article.revision, text="return to port", start=33, end=47, speaker_entity=ship
    )
    Relation.objects.create(subject=norway, kind="operates", object=ship)
    client.force_login(editor)

    text = text_of(client.get(page_of(ship)))

    assert "“return to port”" in text
    assert "operates" in text


def test_merge_is_undone_from_the_page_of_the_one_that_stays(client: Client, ship, editor) -> None:
    old = Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    merge(old, into=ship)
    client.force_login(editor)
    assert "Undo the merge of Bluefin" in client.get(page_of(ship)).content.decode()

    response = client.post(page_of(old, "unmerge"), {"back": ship.pk})

    old.refresh_from_db()
    assert (response.url, old.merged_into) == (page_of(ship), None)


def test_reader_sees_the_page_without_ways_to_change_it(client: Client, ship, journalist) -> None:
    merge(Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin"), into=ship)
    client.force_login(journalist)

    text = client.get(page_of(ship)).content.decode()

    assert "Undo the merge" not in text
    assert 'name="_save"' not in text


@pytest.mark.parametrize("count", [1, 20])
def test_page_takes_as_many_queries_for_one_row_as_for_many(client: Client, desk, ship, editor, count: int) -> None:
    for number in range(count):
        Name.objects.create(entity=ship, text=f"Bluefin {number}")
        name_it(desk.draft(), ship, f"Bluefin {number}", "Bluefin")
        other = Entity.objects.create(kind="unit", name=f"Unit {number}", slug=f"unit-{number}")
        Relation.objects.create(subject=ship, kind="part_of", object=other)
        Relation.objects.create(subject=other, kind="operates", object=ship)
    client.force_login(editor)
    client.get(page_of(ship))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(page_of(ship))

    assert len(queries) == 19, "\n".join(query["sql"][:150] for query in queries)


def test_list_counts_stories_and_precision(client: Client, desk, ship, norway, editor) -> None:
    name_it(desk.draft(), ship, "Bluefin", **judged("confirmed", editor))
    name_it(desk.draft(), ship, "Bluefin", **judged("rejected", editor))
    client.force_login(editor)

    response = client.get(reverse("admin:entities_entity_changelist"), {"of": "NO"})

    rows = {row.name: (row.usage.stories, row.usage.percent) for row in response.context["cl"].result_list}
    assert rows == {"KNM Bluefin": (2, 50), "Norway": (0, None)}


def test_rejected_names_are_listed_for_everybody(client: Client, desk, ship, journalist, editor) -> None:
    for _ in range(5):
        name_it(desk.draft(), ship, "Bluefin", **judged("rejected", editor))
    client.force_login(journalist)

    response = client.get(reverse("admin:entities_entity_rejected_names"))

    text = text_of(response)
    assert [poor.text for poor in response.context["names"]] == ["Bluefin"]
    assert f'<a href="{page_of(ship)}#names">KNM Bluefin</a>' in text
    assert '0 %</span> <span class="quiet">of 5' in text


def test_rejected_names_say_when_there_are_none(client: Client, journalist) -> None:
    client.force_login(journalist)

    assert "People agree" in text_of(client.get(reverse("admin:entities_entity_rejected_names")))


def test_merge_page_counts_what_joins(client: Client, desk, ship, editor) -> None:
    old = Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    article = desk.live()
    name_it(article, old, "Bluefin")
    name_it(article, ship, "KNM Bluefin")
    name_it(desk.draft(), old, "Bluefin")
    Quote.objects.create(
        article=article, revision=article.revision, text="return to port", start=33, end=47, speaker_entity=old
    )
    client.force_login(editor)

    facts = client.get(page_of(old, "merge"), {"into": ship.pk}).context["facts"]

    assert facts == {"stories": 2, "live": 1, "shared": 1, "quotes": 1}


def test_panel_shows_how_we_write_it(client: Client, desk, ship, journalist) -> None:
    article = desk.draft()
    name_it(article, ship, "Bluefin")
    client.force_login(journalist)

    text = text_of(client.get(reverse("admin:articles_article_change", args=[article.pk])))

    assert "<strong>How we write it:</strong> We write KNM, not HNoMS." in text


def test_relation_saved_unchanged_keeps_its_object(client: Client, ship, norway, editor) -> None:
    Relation.objects.create(subject=ship, kind="part_of", object=norway)
    client.force_login(editor)
    page = client.get(page_of(ship)).content.decode()
    assert f'<option value="{norway.pk}" selected>Norway</option>' in page

    response = client.post(page_of(ship), form_of(client, ship))

    assert response.status_code == 302
    assert [relation.object for relation in ship.relations.all()] == [norway]


def test_form_that_comes_back_stands_alone(client: Client, ship, editor) -> None:
    client.force_login(editor)

    response = client.post(page_of(ship), form_of(client, ship) | {"name": ""})

    text = text_of(response)
    assert response.status_code == 200
    assert 'id="names"' not in text
    assert "Not saved" in text
