import pytest

from articles.tagging.naming.regimes import find_regimes


def found(text: str, country: str = "", ruler: str = "") -> list[tuple[str, str]]:
    spans = [[(text.index(name), text.index(name) + len(name))] if name else [] for name in (country, ruler)]
    return [(naming.text, naming.name) for naming in find_regimes(text, *spans)]


@pytest.mark.parametrize(
    ("text", "country", "ruler", "regimes"),
    [
        ("the Syrian opposition met", "Syrian", "", [("Syrian opposition", "Syrian opposition")]),
        ("Turkey’s elected government", "Turkey", "", [("Turkey’s elected government", "Turkey government")]),
        ("the Kandry regime fell", "", "Kandry", [("Kandry regime", "Kandry regime")]),
        ("Kandry’s brutal regime", "", "Kandry", [("Kandry’s brutal regime", "Kandry regime")]),
    ],
)
def test_find_regimes_takes_those_who_govern(text, country, ruler, regimes):
    assert found(text, country, ruler) == regimes


@pytest.mark.parametrize(
    ("text", "country", "ruler"),
    [
        ("the Syrian people", "Syrian", ""),
        ("a Polish government spokesman", "Polish", ""),
        ("Kandry said the government fell", "", "Kandry"),
        ("Russian troops", "Russian", ""),
    ],
)
def test_find_regimes_leaves_looser_groups(text, country, ruler):
    assert found(text, country, ruler) == []
