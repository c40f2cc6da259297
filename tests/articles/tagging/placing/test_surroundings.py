"""What stands around a possible place; twice as much that it must not see."""

import pytest

from articles.tagging.placing.geography import Geography
from articles.tagging.placing.toponyms import find_toponyms


def around(text, name):
    toponyms = find_toponyms("body", text, Geography.shipped(), taken=(), persons=())
    return next(toponym.around for toponym in toponyms if toponym.text == name)


@pytest.mark.parametrize(
    "text", ["in Mosul", "near northern Mosul", "from the city of Mosul", "bound for Mosul", "in Syria and Mosul"]
)
def test_in_place_position_takes(text):
    assert around(f"They waited {text} today.", "Mosul").is_in_place_position


@pytest.mark.parametrize("text", ["said Mosul", "in old, grey Mosul", "in. Mosul", "for Mosul"])
def test_in_place_position_leaves(text):
    assert not around(f"They waited {text} today.", "Mosul").is_in_place_position


@pytest.mark.parametrize("text", ["Besides Poland", "It rained. Rival Poland", "Wartime Poland"])
def test_follows_opener_takes(text):
    assert not around(f"{text} waits.", "Poland").has_name_before


@pytest.mark.parametrize("text", ["Denzel Poland", "It was Ambrel Poland", "We met Ambrel. Ambrel Poland"])
def test_follows_opener_leaves(text):
    assert around(f"{text} waits.", "Poland").has_name_before


@pytest.mark.parametrize(
    "text", ["Mosul (Reuters) - A bridge", "MOSUL A bridge", "Mosul, Nov 4 (AFP) – A bridge", "Mosul — A bridge"]
)
def test_dateline_takes(text):
    assert around(f"{text} fell.", text[:5]).is_dateline


@pytest.mark.parametrize(
    "text", ["Mosul (the city) fell", "Mosul fell - twice", "They saw Mosul — A bridge", "MOSUL BRIDGE FALLS"]
)
def test_dateline_leaves(text):
    assert not around(text, "MOSUL" if text.isupper() else "Mosul").is_dateline


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Moscow Times wrote", "Moscow"),
        ("on Lisbon Street today", "Lisbon"),
        ("the Lisbon Treaty", "Lisbon"),
        ("the Lisbon climate accord", "Lisbon"),
        ("the Gulf of Alaska", "Alaska"),
        ("in Little Norway", "Norway"),
        ("at China Bay", "China"),
    ],
)
def test_part_takes_streets_papers_treaties_and_seas(text, name):
    assert around(text, name).is_part


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Lisbon mayor", "Lisbon"),
        ("the Iran agreement", "Iran"),
        ("Lisbon and its treaty", "Lisbon"),
        ("the coast of Alaska", "Alaska"),
    ],
)
def test_part_leaves(text, name):
    assert not around(text, name).is_part


@pytest.mark.parametrize("text", ["Paris Police Department", "Paris Independent School District", "Paris' High School"])
def test_institution_takes_american_bodies(text):
    assert around(f"The {text} met.", "Paris").has_institution_behind


@pytest.mark.parametrize("text", ["Paris police", "Paris, Police Department", "Paris University"])
def test_institution_leaves(text):
    assert not around(f"The {text} met.", "Paris").has_institution_behind


@pytest.mark.parametrize("text", ["a Centurion that stood there", "“Centurion” went well", "a Centurion."])
def test_single_thing_takes(text):
    assert around(f"It was {text}", "Centurion").is_single_thing


@pytest.mark.parametrize("text", ["a Centurion resident", "near Centurion."])
def test_single_thing_leaves(text):
    assert not around(f"It was {text}", "Centurion").is_single_thing


def test_name_before_takes_a_given_name_and_leaves_a_direction():
    assert around("We met Domingos Lima there.", "Lima").has_name_before
    assert not around("We met in Northern Mosul there.", "Mosul").has_name_before
    assert not around("On Monday Lima waited.", "Lima").has_name_before


def test_dateline_takes_a_capital_before_a_colon():
    assert around("It rained.\nSEOUL: The ministry said no.", "SEOUL").is_dateline


@pytest.mark.parametrize("text", ["Mosul: The bridge fell.", "Seoul: the bridge fell.", "They saw Seoul: The bridge."])
def test_dateline_leaves_other_colons(text):
    assert not around(text, "Mosul" if "Mosul" in text else "Seoul").is_dateline
