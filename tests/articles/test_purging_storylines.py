"""The caches in front of us are told of storylines: their pages, and the timelines and pages that draw on them."""

from decimal import Decimal

import pytest

from articles import exercise_facts, joined_storylines, publishing, purging, storylines
from articles.day_precision import read_days
from articles.joined_storylines import keys_of_joined
from articles.models import CachePurge
from articles.shown_places import shown_places
from entities.merging import merge
from entities.models import Entity
from tests.articles.test_purging import cache, number_changes

__all__ = ["cache"]


@pytest.fixture
def told(desk, tell, cache):
    """A cache that knows of a public storyline with a live story, and of two stories that are in none."""
    cable = storylines.make_storyline(by=desk.editor, title="The cable", slug="cable", is_public=True)
    norway, sweden, lantern = (
        Entity.objects.create(kind=kind, name=slug.title(), slug=slug)
        for kind, slug in (("place", "hanko"), ("place", "visby"), ("exercise", "lantern"))
    )
    first, second = tell("First", about=[norway]), tell("Second", about=[sweden])
    storylines.add_story(cable, first, by=desk.editor)
    purge(cache)
    return cable, first, second, lantern


def purge(cache):
    """All keys that the cache is told of since."""
    number_changes()
    cache.told.clear()
    purging.purge_caches()
    return set(cache.keys)


def test_story_that_joins_takes_the_timelines_of_what_it_names(desk, cache, told):
    cable, _, second, _ = told

    storylines.add_story(cable, second, by=desk.editor)

    path = second.representation.path
    assert purge(cache) == {"lists", "storyline-cable", "place-visby", f"story-{path}"}
    assert purge(cache) == set()


def test_entity_that_a_storyline_is_about_from_now_on_has_its_pages_told(desk, cache, told):
    cable, _, _, lantern = told

    storylines.describe(cable, by=desk.editor, entities=[lantern])

    assert purge(cache) == {"lists", "storyline-cable", "exercise-lantern"}


@pytest.mark.parametrize("change", ["renamed", "hidden", "closed", "moved", "taken out"])
def test_change_of_a_storyline_takes_all_that_name_it_by_its_key(desk, cache, told, change):
    cable, first, _, _ = told
    if change == "taken out":
        storylines.remove_story(cable, first, by=desk.editor)
    elif change == "closed":
        storylines.close(cable, by=desk.editor)
    elif change == "moved":
        storylines.note_story(cable, first, note="How it began.", by=desk.editor)
    else:
        facts = {"title": "The cable off Hanko"} if change == "renamed" else {"is_public": False}
        storylines.describe(cable, by=desk.editor, **facts)

    assert purge(cache) == {"lists", "storyline-cable"}


def test_storyline_that_becomes_public_takes_the_timelines_of_all_its_stories(desk, cache, told):
    cable, first, second, lantern = told
    storylines.add_story(cable, second, by=desk.editor)
    storylines.describe(cable, by=desk.editor, is_public=False, entities=[lantern])
    purge(cache)

    storylines.describe(cable, by=desk.editor, is_public=True)

    keys = {"lists", "storyline-cable", "place-hanko", "place-visby", "exercise-lantern"}
    assert purge(cache) == keys | {f"story-{story.representation.path}" for story in (first, second)}


def test_kill_takes_the_storyline_and_the_pages_of_what_it_is_about(desk, cache, told):
    cable, first, _, lantern = told
    storylines.describe(cable, by=desk.editor, entities=[lantern])
    purge(cache)

    desk.kill(first)

    assert {"storyline-cable", "place-hanko", "exercise-lantern"} <= purge(cache)


def test_first_live_story_puts_the_storyline_on_the_pages_of_what_it_is_about(desk, cache, told):
    lantern = told[3]
    plan = storylines.make_storyline(by=desk.editor, title="Plan", slug="plan", is_public=True, entities=[lantern])
    draft = desk.approved("Third")
    storylines.add_story(plan, draft, by=desk.editor)
    purge(cache)

    publishing.publish(draft, by=desk.editor)

    assert {"storyline-plan", "exercise-lantern"} <= purge(cache)


def test_fact_that_a_story_reports_or_that_is_taken_back_takes_its_storyline(desk, cache, told):
    _, first, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    purge(cache)
    given = {"by": desk.editor, "kind": "figure", "label": "ships", "value": Decimal(4)}

    fact = exercise_facts.report(edition, article=first, **given)
    assert purge(cache) == {"exercise-lantern", "storyline-cable"}
    exercise_facts.take_back(fact, by=desk.editor)
    assert purge(cache) == {"exercise-lantern", "storyline-cable"}
    exercise_facts.report(edition, article=second, **given)
    assert purge(cache) == {"exercise-lantern"}


def test_fact_takes_the_pages_of_who_takes_part(desk, cache, told, norway, finland):
    _, _, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    given = {"by": desk.editor, "article": second}
    purge(cache)

    host = exercise_facts.report(edition, kind="host", entity=norway, **given)
    assert purge(cache) == {"exercise-lantern", "country-norway"}
    exercise_facts.report(edition, kind="participant", entity=finland, **given)
    assert purge(cache) == {"exercise-lantern", "country-finland"}
    exercise_facts.report(edition, kind="figure", label="ships", value=Decimal(4), **given)
    assert purge(cache) == {"exercise-lantern"}
    exercise_facts.report(edition, kind="dates", days=read_days("May 2026"), **given)
    assert purge(cache) == {"exercise-lantern", "country-norway", "country-finland"}
    exercise_facts.take_back(host, by=desk.editor)
    assert purge(cache) == {"exercise-lantern", "country-norway"}
    exercise_facts.save_edition(edition, by=desk.editor, exercise=lantern, year=2026, name="Big Lantern")
    assert purge(cache) == {"exercise-lantern", "country-finland"}
    assert purge(cache) == set()


@pytest.fixture
def lantern_of_finland(desk, told, finland):
    """An edition of which the first story, in the storyline, tells the days, and the second that Finland takes part."""
    _, first, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    exercise_facts.report(edition, by=desk.editor, article=first, kind="dates", days=read_days("May 2026"))
    exercise_facts.report(edition, by=desk.editor, article=second, kind="participant", entity=finland)
    return lantern


def test_new_name_of_who_takes_part_takes_the_page_of_the_exercise(cache, lantern_of_finland, finland):
    purge(cache)

    finland.name = "Republic of Finland"
    finland.save()

    assert purge(cache) == {"exercise-lantern", "country-finland"}
    assert purge(cache) == set()


def test_new_name_of_an_exercise_takes_the_pages_of_who_takes_part_and_of_storylines(
    cache, lantern_of_finland, finland
):
    purge(cache)

    lantern_of_finland.name = "Great Lantern"
    lantern_of_finland.save()

    assert purge(cache) == {"exercise-lantern", "country-finland", "storyline-cable"}
    assert purge(cache) == set()


@pytest.mark.parametrize("who", ["exercise", "party"])
def test_hidden_entity_takes_the_pages_that_told_of_it(client, cache, lantern_of_finland, finland, who):
    purge(cache)
    hidden = lantern_of_finland if who == "exercise" else finland

    hidden.is_hidden = True
    hidden.save()

    keys = {"exercise-lantern", "country-finland"}
    assert purge(cache) == (keys | {"storyline-cable"} if who == "exercise" else keys)
    hidden.is_hidden = False
    hidden.save()
    assert purge(cache) == (keys | {"storyline-cable"} if who == "exercise" else keys)


def test_fact_of_a_hidden_entity_takes_no_page(desk, cache, told, finland):
    _, _, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    Entity.objects.filter(pk=finland.pk).update(is_hidden=True)
    purge(cache)

    exercise_facts.report(edition, by=desk.editor, article=second, kind="participant", entity=finland)

    assert purge(cache) == set()


def test_new_name_of_what_an_entity_was_merged_into_takes_the_page_of_the_exercise(desk, cache, told):
    _, _, second, lantern = told
    old, new = (Entity.objects.create(kind="unit", name=slug, slug=slug) for slug in ("old-guard", "guard"))
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    exercise_facts.report(edition, by=desk.editor, article=second, kind="participant", entity=old)
    merge(old, into=new)
    purge(cache)

    new.name = "Royal Guard"
    new.save()

    assert purge(cache) == {"exercise-lantern", "unit-guard"}


def test_fact_that_no_reader_sees_takes_no_page_until_its_version_is_public(desk, cache, told, finland):
    _, _, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    draft = desk.save(second, headline="Second, with ships")
    purge(cache)
    given = {"by": desk.editor, "article": draft}
    exercise_facts.report(edition, kind="dates", days=read_days("May 2026"), **given)
    exercise_facts.report(edition, kind="participant", entity=finland, **given)
    assert purge(cache) == set()

    publishing.publish_update(desk.approve_again(draft), by=desk.editor, kind="update")

    assert {"exercise-lantern", "country-finland"} <= purge(cache)


def test_dates_that_become_public_take_the_pages_of_who_takes_part_by_another_story(desk, cache, told, finland):
    _, first, second, lantern = told
    edition = exercise_facts.save_edition(by=desk.editor, exercise=lantern, year=2026)
    exercise_facts.report(edition, by=desk.editor, article=first, kind="participant", entity=finland)
    draft = desk.save(second, headline="Second, with days")
    exercise_facts.report(edition, by=desk.editor, article=draft, kind="dates", days=read_days("May 2026"))
    purge(cache)

    publishing.publish_update(desk.approve_again(draft), by=desk.editor, kind="update")

    assert "country-finland" in purge(cache)


def test_storyline_opened_again_takes_the_pages_that_name_it_before_another(client, desk, cache, told):
    first = told[1]
    address = first.representation.get_absolute_url()
    newer = storylines.make_storyline(by=desk.editor, title="Newer", slug="newer", is_public=True)
    storylines.add_story(newer, first, by=desk.editor)
    storylines.close(newer, by=desk.editor)
    purge(cache)
    assert set(client.get(address)["Surrogate-Key"].split()).isdisjoint({"storyline-newer", "lists"})

    storylines.reopen(newer, by=desk.editor)

    assert "storyline-newer" in client.get(address)["Surrogate-Key"].split()
    path = first.representation.path
    assert purge(cache) == {"lists", "storyline-newer", "place-hanko", f"story-{path}"}
    assert purge(cache) == set()


@pytest.mark.parametrize(("most", "keys"), [("MOST_KEYS_OF_PLACES", 4), ("ROWS_READ", 2)])
def test_more_joined_than_are_told_one_by_one_empty_the_cache(desk, cache, told, monkeypatch, most, keys):
    """As after a release that keeps other facts of storylines: every row is new to it."""
    cable, _, second, _ = told
    storylines.add_story(cable, second, by=desk.editor)
    purge(cache)
    monkeypatch.setattr(purging if most.endswith("PLACES") else joined_storylines, most, keys)
    CachePurge.objects.update(places={"storyline-cable": [1]})

    assert purge(cache) == {"site"}
    assert purge(cache) == set()


def test_what_is_told_costs_the_same_for_one_and_three(desk, cache, told, tell, django_assert_num_queries):
    before = shown_places()
    lantern = told[3]
    for number in (1, 3):
        for again in range(number):
            title = f"Storyline {number} {again}"
            made = storylines.make_storyline(by=desk.editor, title=title, is_public=True, entities=[lantern])
            storylines.add_story(made, tell(title, about=[lantern]), by=desk.editor)
        with django_assert_num_queries(4):
            now = shown_places()
        with django_assert_num_queries(2):
            keys_of_joined(before, now)
        with django_assert_num_queries(0):
            assert keys_of_joined(now, now) == []
