"""A trial says what saving would do: no more, no less, and writes nothing."""

from __future__ import annotations

import random
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk_gazetteer, gazetteer_trials, proposing, suggestions
from articles.desk_gazetteer import Rows
from articles.gazetteer_trials import GazetteerChange, TooManyTrials, compiled, differences_between, try_change
from articles.models import Article, Tag
from entities.models import Entity, Name

BODY = "<p>The Bluefin left Oslo at dawn.</p><p>Nobody saw a Bluefin again.</p>"


@pytest.fixture
def ship(db) -> Entity:
    return Entity.objects.create(kind="equipment", name="KNM Bluefin", slug="knm-bluefin")


def alias(entity: Entity | None, text: str = "Bluefin", **columns) -> Name:
    return Name(entity=entity, text=text, **columns)


def told(trial) -> list[tuple[str, str, bool, list[str]]]:
    return [
        (
            "gained" if found.is_gained else "lost" if found.is_lost else "changed",
            found.finding.name,
            found.goes_out_by_itself,
            [mention.text for mention in found.mentions],
        )
        for found in trial.differences
    ]


def test_a_new_alias_gains_its_stories(desk, ship, norway) -> None:
    article = desk.draft(body=BODY)
    desk.draft(body="<p>Nothing here.</p>")

    trial = try_change(GazetteerChange(written=[alias(ship)]))

    assert told(trial) == [("gained", "KNM Bluefin", True, ["Bluefin", "Bluefin"])]
    assert [story.article for story in trial.stories] == [article]
    assert (trial.read, trial.standing, trial.is_cut_short) == (2, 2, False)


def test_a_weak_alias_is_told_from_one_that_goes_out(desk, ship, norway) -> None:
    desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship, strength="weak", needs_context=["dawn"])]))

    assert told(trial) == [("gained", "KNM Bluefin", False, ["Bluefin", "Bluefin"])]


def test_a_weak_alias_without_its_words_gains_nothing(desk, ship) -> None:
    desk.draft(body=BODY)

    assert told(try_change(GazetteerChange(written=[alias(ship, strength="weak", needs_context=["submarine"])]))) == []


def test_a_removed_alias_loses_its_stories(desk, ship) -> None:
    desk.draft(body=BODY)
    name = alias(ship)
    name.save()

    trial = try_change(GazetteerChange(removed=frozenset({name.pk})))

    assert told(trial) == [("lost", "KNM Bluefin", True, ["Bluefin", "Bluefin"])]


def test_a_weakened_alias_changes_what_goes_out(desk, ship) -> None:
    desk.draft(body=BODY)
    name = alias(ship)
    name.save()
    name.strength, name.needs_context = "weak", ["dawn"]

    trial = try_change(GazetteerChange(written=[name]))

    assert told(trial) == [("changed", "KNM Bluefin", False, ["Bluefin", "Bluefin"])]


def test_a_forbidden_text_takes_its_place(desk, norway) -> None:
    desk.draft(body="<p>The Norwegian Star sank.</p>")

    trial = try_change(GazetteerChange(written=[alias(None, "Norwegian Star", strength="forbidden")]))

    assert told(trial) == [("lost", "Norway", True, ["Norwegian"])]


def test_a_renamed_entity_is_found_by_its_new_name(desk, ship) -> None:
    desk.draft(body=BODY)
    ship.name = "Bluefin"

    assert told(try_change(GazetteerChange(entity=ship))) == [("gained", "Bluefin", True, ["Bluefin", "Bluefin"])]


def test_a_new_entity_need_not_be_saved(desk, ship) -> None:
    desk.draft(body=BODY)
    entity = Entity(kind="equipment", name="Bluefin class")

    trial = try_change(GazetteerChange(entity=entity, written=[alias(entity)]))

    assert told(trial) == [("gained", "Bluefin class", True, ["Bluefin", "Bluefin"])]


def test_a_ministry_found_by_rule_is_told(desk, norway) -> None:
    desk.draft(body="<p>The Norwegian Ministry of Defence said nothing.</p>")
    entity = Entity(
        kind="organisation", category="ministry", name="Norwegian Defence Ministry", country=norway.country_facts
    )

    trial = try_change(GazetteerChange(entity=entity))

    assert ("gained", "Norwegian Defence Ministry") in [row[:2] for row in told(trial)]


def test_a_variant_reaches_its_family(desk) -> None:
    desk.draft(body="<p>Two Su-34M2 jets crossed the strait.</p>")
    entity = Entity(kind="equipment", name="Sukhoi Fullback")

    trial = try_change(GazetteerChange(entity=entity, written=[alias(entity, "Su-34")]))

    assert told(trial) == [("gained", "Sukhoi Fullback", True, ["Su-34M2"])]


def test_a_verdict_is_told_with_its_story(desk, ship, editor) -> None:
    article = desk.draft(body=BODY)
    name = alias(ship)
    name.save()
    proposing.suggest(article.revision_id)
    suggestions.reject(article.tags.get(), by=editor)

    trial = try_change(GazetteerChange(removed=frozenset({name.pk})))

    assert [difference.verdict for difference in trial.differences] == ["rejected"]


def test_a_change_that_the_tagger_does_not_read_changes_nothing(desk, ship) -> None:
    desk.draft(body=BODY)
    ship.summary = "A frigate."

    assert told(try_change(GazetteerChange(entity=ship))) == []


@pytest.mark.parametrize("state", ["killed", "spiked"])
def test_closed_stories_are_not_read(desk, ship, state: str) -> None:
    Article.objects.filter(pk=desk.draft(body=BODY).pk).update(pub_state="spiked")

    assert try_change(GazetteerChange(written=[alias(ship)])).standing == 0


def test_no_more_stories_than_asked_are_read(desk, ship) -> None:
    for _ in range(3):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]), most=2)

    assert (trial.read, trial.standing, len(trial.stories)) == (2, 3, 2)


def test_reading_stops_when_the_time_is_up(desk, ship, monkeypatch) -> None:
    monkeypatch.setattr(gazetteer_trials, "SURELY_READ", 1)
    for _ in range(2):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]), seconds=-1)

    assert (trial.read, trial.is_cut_short) == (1, True)


def test_a_story_that_would_not_end_in_time_is_not_begun(desk, ship, monkeypatch) -> None:
    monkeypatch.setattr(gazetteer_trials, "SURELY_READ", 1)
    monkeypatch.setattr(gazetteer_trials, "SIGNS_A_SECOND", 1)
    for _ in range(2):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]))

    assert (trial.read, trial.is_cut_short, len(trial.stories)) == (1, True, 1)


def test_the_newest_stories_are_read_whatever_the_clock_says(desk, ship) -> None:
    for _ in range(3):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]), seconds=-1)

    assert (trial.read, trial.is_cut_short, len(trial.stories)) == (3, False, 3)


def test_compiling_takes_no_time_from_the_reading(desk, ship, monkeypatch) -> None:
    monkeypatch.setattr(gazetteer_trials, "SURELY_READ", 0)
    monkeypatch.setattr(gazetteer_trials, "SIGNS_A_SECOND", 1_000)
    clock = [0.0]
    monkeypatch.setattr(gazetteer_trials.time, "monotonic", lambda: clock[0])

    def slowly(rows: Rows):
        clock[0] += 60
        return compiled(rows)

    monkeypatch.setattr(gazetteer_trials, "compiled", slowly)
    for _ in range(2):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]))

    assert (trial.read, trial.is_cut_short) == (2, False)


def test_on_a_busy_machine_a_trial_ends_with_what_it_has_read(desk, ship, monkeypatch) -> None:
    monkeypatch.setattr(gazetteer_trials, "SECONDS_MORE", 0)
    for _ in range(2):
        desk.draft(body=BODY)

    trial = try_change(GazetteerChange(written=[alias(ship)]), seconds=-1)

    assert (trial.read, trial.is_cut_short) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_a_third_trial_at_once_is_told_to_wait(desk, ship) -> None:
    desk.draft(body=BODY)
    held, release = threading.Barrier(3), threading.Event()

    def hold(place: int) -> None:
        with transaction.atomic():
            assert gazetteer_trials._is_free(place)
            held.wait(20)
            release.wait(20)
        connection.close()

    threads = [threading.Thread(target=hold, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    held.wait(20)
    with pytest.raises(TooManyTrials, match="try again in a few seconds"):
        try_change(GazetteerChange(written=[alias(ship)]))
    release.set()
    for thread in threads:
        thread.join(20)

    assert try_change(GazetteerChange(written=[alias(ship)])).read == 1


def test_nothing_is_written(desk, ship) -> None:
    desk.draft(body=BODY)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        try_change(GazetteerChange(entity=ship, written=[alias(ship)]))

    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "SAVEPOINT", "RELEASE", "DECLARE"}


@pytest.mark.parametrize("stories", [1, 3])
def test_queries_do_not_grow_with_the_stories(desk, ship, django_assert_num_queries, stories: int) -> None:
    for _ in range(stories):
        desk.draft(body=BODY)
    desk_gazetteer.current()

    with django_assert_num_queries(10):
        try_change(GazetteerChange(written=[alias(ship)]))


@pytest.fixture
def seeded(db) -> None:
    call_command("seed", verbosity=0)


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("seeded")
def test_a_trial_equals_reading_every_story_before_and_after() -> None:
    """Random changes of the seeded desk: names added, weakened, forbidden, removed; entities renamed and moved."""
    chance = random.Random(7)
    rows = Rows.of_database(timezone.localdate())
    words = sorted(
        {word for article in open_stories() for word in article.newest_revision.text.split() if word[0].isupper()}
    )
    told_of = 0
    for _ in range(10):
        change = random_change(chance, rows, words)
        trial = try_change(change, seconds=600)
        before, after = compiled(rows), compiled(change.applied_to(rows))

        found = {story.article.pk: [(d.before, d.after) for d in story.differences] for story in trial.stories}

        told_of += len(found)
        assert found == {
            article.pk: [(d.before, d.after) for d in differences]
            for article in open_stories()
            if (differences := differences_between(before, after, article.newest_revision))
        }
    assert told_of > 5


def open_stories() -> list[Article]:
    return list(gazetteer_trials.open_stories().select_related("revision"))


def tagged_keys() -> list[int]:
    """Entities that stories name, so that a change of them is seldom without effect."""
    return sorted(set(Tag.objects.values_list("entity_id", flat=True)))


def random_change(chance: random.Random, rows: Rows, words: list[str]) -> GazetteerChange:
    kind = chance.choice(["alias", "remove", "weaken", "forbid", "rename", "move", "country"])
    entity = Entity.objects.get(pk=chance.choice(tagged_keys()))
    countries = [row for row in rows.entities if row.kind == "country" and hasattr(row, "country_facts")]
    name = chance.choice(Name.objects.filter(entity__in=tagged_keys()).select_related("entity"))
    word = chance.choice(words).strip("“”,.’")
    if kind == "alias":
        return GazetteerChange(written=[Name(entity=entity, text=word)])
    if kind == "country":
        return GazetteerChange(written=[Name(entity=chance.choice(countries), text=word, form="adjective")])
    if kind == "remove":
        return GazetteerChange(removed=frozenset({name.pk}))
    if kind == "weaken":
        name.strength, name.needs_context = "weak", [word]
        return GazetteerChange(written=[name])
    if kind == "forbid":
        return GazetteerChange(written=[Name(entity=None, text=word, strength="forbidden")])
    if kind == "rename":
        entity.name = word
        return GazetteerChange(entity=entity)
    entity.country, entity.category = chance.choice(countries).country_facts, chance.choice(["ministry", "force", ""])
    return GazetteerChange(entity=entity)
