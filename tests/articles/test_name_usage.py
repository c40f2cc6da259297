"""The measure of a name: stories, verdicts, precision, and the names that people reject."""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles.models import Mention, Tag
from articles.models.verdict import Origin
from articles.name_usage import Usage, other_readings, poor_names, usage_by_entity, usage_by_spelling
from entities.merging import merge
from entities.models import Entity, Name


@pytest.fixture
def ship(db) -> Entity:
    return Entity.objects.create(kind="equipment", name="KNM Bluefin", slug="knm-bluefin")


@pytest.fixture
def named(desk, editor):
    """Makes stories that name an entity by the given words, judged so. `origin` as in the tag."""

    def make(entity: Entity, *surfaces: str, verdict: str = "proposed", count: int = 1, origin="machine") -> None:
        judged = {} if verdict == "proposed" else {"verdict_by": editor, "verdict_at": timezone.now()}
        if judged:
            judged |= {"judged_surfaces": sorted(set(surfaces)), "judged_version": 1}
        for _ in range(count):
            article = desk.draft("Out at sea")
            tag = Tag.objects.create(
                article=article, entity=entity, verdict=verdict, score=0.5, origin=origin, **judged
            )
            for place, surface in enumerate(surfaces):
                Mention.objects.create(
                    tag=tag, revision=article.revision, start=place * 50, end=place * 50 + 5, surface=surface
                )

    return make


def test_usage_counts_stories_by_spelling_and_verdict(ship, named) -> None:
    named(ship, "Bluefin", "Bluefin", verdict="confirmed", count=2)
    named(ship, "BLUEFIN", verdict="rejected")
    named(ship, "KNM Bluefin", "Blue‑fin")

    assert usage_by_spelling([ship.pk]) == {
        "bluefin": Usage(stories=3, confirmed=2, rejected=1),
        "knm bluefin": Usage(stories=1, undecided=1),
        "blue-fin": Usage(stories=1, undecided=1),
    }


def test_verdicts_count_for_the_names_that_were_judged(ship, named) -> None:
    named(ship, "Bluefin", verdict="rejected", count=2)
    Mention.objects.all().delete()
    named(ship, "Bluefin", verdict="confirmed")
    Mention.objects.update(surface="KNM Bluefin")

    assert usage_by_spelling([ship.pk]) == {
        "bluefin": Usage(stories=3, confirmed=1, rejected=2),
        "knm bluefin": Usage(stories=1),
    }


def test_what_is_undecided_counts_by_the_names_of_today(ship, named) -> None:
    named(ship, "Bluefin")
    Mention.objects.update(surface="KNM Bluefin")

    assert usage_by_spelling([ship.pk]) == {"knm bluefin": Usage(stories=1, undecided=1)}


@pytest.mark.parametrize("origin", [Origin.PERSON, Origin.IMPORT])
def test_tags_that_nobody_proposed_are_no_verdicts(ship, named, origin) -> None:
    named(ship, "Bluefin", verdict="confirmed", origin=origin)

    assert usage_by_spelling([ship.pk]) == {"bluefin": Usage(stories=1)}
    assert usage_by_entity([ship.pk]) == {ship.pk: Usage(stories=1)}


def test_usage_by_spelling_joins_what_was_merged(ship, norway, named) -> None:
    old = Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    named(old, "Bluefin", verdict="rejected")
    named(ship, "Blue‑fin", "Bluefin.", verdict="confirmed")
    named(norway, "Bluefin", verdict="rejected")
    merge(old, into=ship)

    assert usage_by_spelling([ship.pk, old.pk]) == {
        "bluefin": Usage(stories=2, confirmed=1, rejected=1),
        "blue-fin": Usage(stories=1, confirmed=1),
    }


def test_usage_of_an_entity_includes_what_was_merged_into_it(ship, named) -> None:
    old = Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    named(old, "Bluefin", verdict="confirmed")
    named(ship, "KNM Bluefin")
    merge(old, into=ship)

    assert usage_by_entity([ship.pk]) == {ship.pk: Usage(stories=2, confirmed=1, undecided=1)}


def test_precision_is_of_verdicts_alone() -> None:
    assert Usage(stories=9, confirmed=3, rejected=1, undecided=5).percent == 75
    assert Usage(stories=9, undecided=9).percent is None
    assert not Usage(stories=4, rejected=4).is_poor
    assert not Usage(stories=10, confirmed=7, rejected=3).is_poor
    assert Usage(stories=10, confirmed=6, rejected=4).is_poor


def test_other_readings_leave_out_the_entity_itself_and_rejections(ship, norway, finland, named) -> None:
    named(ship, "Bluefin")
    named(norway, "Bluefin", count=2)
    named(finland, "Bluefin", verdict="rejected")

    assert other_readings(["bluefin"], [ship.pk]) == {"bluefin": [("Norway", 2)]}


def test_poor_names_are_those_that_people_reject(ship, norway, named, django_assert_num_queries) -> None:
    alias = Name.objects.create(entity=ship, text="Bluefin")
    named(ship, "Bluefin", verdict="rejected", count=4)
    named(ship, "Bluefin", verdict="confirmed", count=2)
    named(ship, "Shark", verdict="rejected", count=4)
    named(norway, "Oslo", verdict="confirmed", count=4)
    named(norway, "Oslo", verdict="rejected", count=1)
    Mention.objects.all().delete()
    named(ship, "Bluefin")
    named(norway, "Bluefin")

    with django_assert_num_queries(4):
        found = poor_names()

    assert [(poor.entity, poor.text, poor.name, poor.usage) for poor in found] == [
        (ship, "Bluefin", alias, Usage(stories=7, confirmed=2, rejected=4, undecided=1))
    ]


def test_poor_names_are_told_once_for_what_was_merged(ship, named) -> None:
    old = Entity.objects.create(kind="equipment", name="Bluefin", slug="bluefin")
    named(old, "BLUEFIN", verdict="rejected", count=3)
    named(ship, "Bluefin", verdict="rejected", count=2)
    merge(old, into=ship)

    (poor,) = poor_names()

    assert (poor.entity, poor.name, poor.usage) == (ship, None, Usage(stories=5, rejected=5))
