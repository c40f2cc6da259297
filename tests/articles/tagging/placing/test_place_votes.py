"""The votes of names for countries, regions and counties."""

import pytest

from articles.tagging.placing.geography import Place
from articles.tagging.placing.place_votes import Votes, county_of, own_score
from articles.tagging.vocabulary.place_kinds import CAPITAL, CITY, COUNTRY, COUNTY, REGION

HERE = Place("Ashwick", CITY, "US", "Illinois", 40, "Kestrel County")
THERE = Place("Ashwick", CITY, "GB", "England", 50)
COUNTY_ITSELF = Place("Kestrel County", COUNTY, "US", "Illinois", 45)


def test_votes_pull_a_name_to_the_county_that_is_named():
    votes = Votes({})
    before = votes.pull(HERE)

    votes.give("Kestrel County", [COUNTY_ITSELF], [5.0], 1.0)

    assert before == 0
    assert votes.pull(HERE) > 2
    assert votes.pull(THERE) == 0


def test_votes_share_among_places_by_their_scores():
    votes = Votes({})

    votes.give("Ashwick", [HERE, THERE], [4.0, 5.0], 1.0)

    assert votes.countries["GB"] > votes.countries["US"] > 0
    assert sum(votes.countries.values()) == pytest.approx(1)


def test_votes_forget_what_is_taken_back():
    votes = Votes({"GB": 1.0})
    votes.give("Ashwick", [HERE], [4.0], 1.0)

    votes.take_back("Ashwick")
    votes.take_back("Ashwick")

    assert votes.countries["US"] == pytest.approx(0)
    assert votes.pull(HERE) == 0


def test_votes_grow_no_further_than_a_few_names():
    few, many = Votes({"GB": 4.0}), Votes({"GB": 400.0})

    assert few.pull(THERE) == many.pull(THERE)


def test_county_of_gives_the_county_of_a_town_and_of_itself():
    assert county_of(HERE) == county_of(COUNTY_ITSELF) == "Kestrel County"
    assert county_of(THERE) == ""


def test_own_score_prefers_capitals_and_countries():
    capital, region = Place("X", CAPITAL, "FR", "", 50), Place("X", REGION, "FR", "", 50)
    city, country = Place("X", CITY, "FR", "", 50), Place("X", COUNTRY, "FR", "", 80)

    assert own_score(country) > own_score(capital) > own_score(region) > own_score(city)
