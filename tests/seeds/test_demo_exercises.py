"""What the demo reports of its exercises stands in stories that are tagged with them."""

import pytest

from articles.models import ReportedFact, Tag
from entities.models import Entity
from newsroom.seeding import desk, exercises, gazetteer, stories
from newsroom.seeding.story_seeds import read_story_seeds
from newsroom.seeding.tables import read_table


@pytest.fixture
def told(db, settings, tmp_path, monkeypatch):
    """The demo as far as its exercises go: the gazetteer, and the stories that report of them."""
    settings.MEDIA_ROOT = tmp_path
    sources = {row["story"] for row in read_table("exercise_facts")}
    seeds = [seed for seed in read_story_seeds() if seed.matter.get("slug") in sources]
    monkeypatch.setattr(stories, "read_story_seeds", lambda: seeds)
    for load in (gazetteer.load_gazetteer, desk.load_sections, desk.load_authors, desk.load_images):
        load()
    exercises.make_exercises()
    stories.load_stories()
    return exercises.report_exercises()


def test_every_fact_of_the_demo_stands_in_a_story_tagged_with_its_exercise(told):
    facts = ReportedFact.objects.select_related("edition__exercise", "article")
    untagged = {
        f"{fact.article}: {fact.edition.exercise}"
        for fact in facts
        if not Tag.objects.publishable().filter(article=fact.article, entity=fact.edition.exercise).exists()
    }

    assert facts.count() == told == len(read_table("exercise_facts"))
    assert untagged == set()


def test_exercises_of_the_demo_are_made_once(db):
    made = exercises.make_exercises()

    assert (made, exercises.make_exercises()) == (len(read_table("exercises")), 0)
    assert Entity.objects.filter(kind="exercise").count() == made


def test_storylines_of_the_demo_are_about_what_the_tables_hold():
    countries = {gazetteer.country_key(row["alpha2"]) for row in read_table("countries")}
    exercises_made = {row["slug"] for row in read_table("exercises")}
    known = countries | exercises_made | {row["key"] for row in read_table("entities")}

    for row in read_table("storylines"):
        assert set(row["entities"].split(",")) <= known, row["slug"]
