"""Which place a name means in a story."""

import pytest

from articles.tagging import Gazetteer
from articles.tagging.placing.geography import Geography
from articles.tagging.placing.place_sense import Senses, lies_in
from articles.tagging.placing.toponyms import find_toponyms
from articles.tagging.senses import BODY, Story, choose


def sense(text, name):
    story = Story({BODY: text})
    toponyms = find_toponyms(BODY, text, Geography.shipped(), taken=(), persons=())
    return Senses(story, choose(story, Gazetteer.shipped()), toponyms).of[name]


@pytest.mark.parametrize(
    ("text", "name", "country", "region"),
    [
        ("Springfield lies in Illinois.", "Springfield", "US", "Illinois"),
        ("Springfield lies in Missouri.", "Springfield", "US", "Missouri"),
        ("A fire in Moscow, Idaho. Moscow is small.", "Moscow", "US", "Idaho"),
        ("Moscow and St. Petersburg, said the Russian minister.", "St. Petersburg", "RU", "St.-Petersburg"),
        ("Tampa and St. Petersburg, Florida towns.", "St. Petersburg", "US", "Florida"),
        ("Paris and Henry County share a library.", "Paris", "US", "Tennessee"),
        ("Lima, Ohio, waits.", "Lima", "US", "Ohio"),
        ("The RCMP closed a road in London, said the Ontario premier.", "London", "CA", "Ontario"),
    ],
)
def test_senses_take_the_place_that_the_story_speaks_for(text, name, country, region):
    place = sense(text, name).place

    assert (place.country, place.region) == (country, region)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Moscow is large.", "Moscow", "RU"),
        ("The Texan flew to Paris and met the French.", "Paris", "FR"),
        ("Lebanon and Syria spoke; the US listened.", "Lebanon", "LB"),
    ],
)
def test_senses_take_the_well_known_place_elsewhere(text, name, country):
    assert sense(text, name).place.country == country


def test_senses_mean_the_city_rather_than_its_region():
    assert sense("They flew to Odessa in Ukraine.", "Odessa").place.kind == "city"
    assert sense("Washington said no.", "Washington").place.kind == "capital"


def test_senses_mean_no_town_of_another_region():
    assert sense("Senator Hill of Wyoming spoke.", "Wyoming").place.kind == "region"
    assert sense("It rained in Nevada.", "Nevada").place.kind == "region"


def test_senses_tell_how_far_a_place_leads():
    assert sense("They met in Ashgabat.", "Ashgabat").lead > 5
    assert sense("They met in Richmond.", "Richmond").lead < 1


def test_lies_in_takes_a_state_a_county_and_a_country():
    find = Geography.shipped().find
    (town,) = (place for place in find("Clarksville") if place.region == "Tennessee")
    (state,) = (place for place in find("Tenn.") if place.kind == "abbreviation")
    (other,) = (place for place in find("Fla.") if place.kind == "abbreviation")
    (country,) = (place for place in find("United States") if place.kind == "country")

    assert lies_in(town, state)
    assert lies_in(town, country)
    assert not lies_in(town, other)
    assert not lies_in(country, state)
