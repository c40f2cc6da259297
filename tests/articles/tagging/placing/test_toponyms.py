"""Stretches that may name a place; the geography is the shipped one."""

import pytest

from articles.tagging.persons.persons import find_persons
from articles.tagging.placing.geography import Geography
from articles.tagging.placing.toponyms import find_toponyms


def found(text, taken=()):
    return find_toponyms("body", text, Geography.shipped(), taken=taken, persons=find_persons(text))


def names(text, taken=()):
    return [(toponym.text, toponym.name) for toponym in found(text, taken)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Mosul.", [("Mosul", "Mosul")]),
        ("They met in St. Louis.", [("St. Louis", "St. Louis")]),
        ("Mosul’s mayor spoke.", [("Mosul", "Mosul")]),
        ("A ferry from Newcastle upon Tyne.", [("Newcastle upon Tyne", "Newcastle upon Tyne")]),
        ("DETROIT The plant closed.", [("DETROIT", "Detroit")]),
        ("It is over. ISLE OF WIGHT — A board met.", [("ISLE OF WIGHT", "Isle of Wight")]),
        ("the São Paulo–Lagos flight", [("São Paulo", "São Paulo"), ("Lagos", "Lagos")]),
        ("in Nassau and Duval counties", [("Nassau", "Nassau County"), ("Duval", "Duval County")]),
        ("across New\n    Mexico today", [("New\n    Mexico", "New Mexico")]),
    ],
)
def test_find_toponyms_takes_the_longest_listed_name(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    ["they met in mosul", "The SWAT team came.", "Zzyzxville waits.", "", "In 2010.", "the grace of God"],
)
def test_find_toponyms_leaves(text):
    assert names(text) == []


def test_find_toponyms_leaves_what_is_taken():
    assert names("The Mosul Brigade fell.", taken=[(4, 17)]) == []


def test_find_toponyms_takes_what_is_longer_than_the_taken():
    assert names("a night in Indian Wells", taken=[(11, 17)]) == [("Indian Wells", "Indian Wells")]


def test_find_toponyms_joins_a_city_and_the_state_behind_it():
    city, state = found("A fire in Lebanon, Pa., today.")

    assert city.qualifier is state
    assert (city.text, state.text) == ("Lebanon", "Pa.")


def test_find_toponyms_marks_the_names_of_persons():
    marked = [(toponym.text, toponym.is_person) for toponym in found("Mr. Nathan Lisbon spoke in London.")]

    assert marked == [("Nathan", True), ("Lisbon", True), ("London", False)]


def test_find_toponyms_sees_no_person_over_the_end_of_a_sentence():
    marked = [toponym.is_person for toponym in found("We met Colonel Ahmed Nur. Mogadishu was silent.")]

    assert marked == [True, False]
