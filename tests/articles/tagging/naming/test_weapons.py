import pytest

from articles.tagging import Alias, Entry, Gazetteer
from articles.tagging.naming.loose import loose_runs
from articles.tagging.naming.named import Taken
from articles.tagging.naming.weapons import find_weapons, is_military
from articles.tagging.reading.proper import read_words

GAZETTEER = Gazetteer.compile(
    [
        Entry("javelin", "equipment", "FGM-148 Javelin", "US", "missile", (Alias("Javelin", "short", "weak"),)),
        Entry("rooivalk", "equipment", "Rooivalk", "ZA", "helicopter"),
    ]
)


def found(text: str, *, in_military: bool = True) -> list[tuple[str, bool]]:
    words = read_words(text)
    runs = loose_runs(words, Taken())
    namings = find_weapons(words, runs, GAZETTEER, in_military=in_military)
    return [(naming.text, naming.is_sure) for naming in namings]


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("he fired a Javelin at it", [("Javelin", False)]),
        ("crates of Javelins", [("Javelins", False)]),
        ("three Rooivalks flew", [("Rooivalks", True)]),
    ],
)
def test_find_weapons_takes_weak_names_and_plurals(text, weapons):
    assert found(text) == weapons


@pytest.mark.parametrize("text", ["then Javelin rose", "he met Kandry", "in hall Rooivalk"])
def test_find_weapons_leaves_what_nothing_sets_apart(text):
    assert found(text) == []


def test_find_weapons_takes_no_weak_name_in_another_story():
    assert found("he threw a Javelin", in_military=False) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"troops", "missile", "tea"}, True),
        ({"troops", "tea"}, False),
        ({"troops", "missile", "league", "coach"}, False),
    ],
)
def test_is_military_counts_words(words, expected):
    assert is_military(words) is expected
