"""What the places take from the gazetteer's names."""

import pytest

from articles.tagging import Gazetteer
from articles.tagging.placing.geography import Geography
from articles.tagging.placing.place_hits import without_places
from articles.tagging.placing.places import find_places
from articles.tagging.senses import BODY, Story, choose


def left(text):
    story, gazetteer = Story({BODY: text}), Gazetteer.shipped()
    hits = choose(story, gazetteer)
    return without_places(hits, find_places(story, hits, gazetteer, Geography.shipped()))


def test_without_places_takes_the_country_from_a_town_named_like_it():
    hits = left("A fire in Lebanon, Pa., was put out.")

    assert [hit.country.entry.country for hit in hits if hit.country] == []


@pytest.mark.parametrize(
    "text", ["The house on Indian Creek Road burned.", "Domingos Cuba spoke of it.", "at China Bay"]
)
def test_without_places_leaves_no_country_inside_another_name(text):
    hits = left(text)

    assert [hit for hit in hits if hit.country] == []


@pytest.mark.parametrize("text", ["Lebanon is calm.", "The Indian economy grew.", "Cuba spoke of it."])
def test_without_places_keeps_the_countries(text):
    hits = left(text)

    assert len([hit for hit in hits if hit.country]) == 1


def test_without_places_keeps_the_entity_where_only_the_country_goes():
    hits = left("They fought at Palmyra, Pa., of all places.")

    assert [hit.entity.entry.name for hit in hits if hit.entity] == []
