import pytest

from articles.tagging.designations import find_designated


def found(text: str) -> list[tuple[str, str, str]]:
    namings = find_designated(text)
    assert all(text[naming.start : naming.end] == naming.text for naming in namings)
    found = [(naming.text, naming.category, naming.name or naming.text) for naming in namings]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("two Su-34M2 rose", [("Su-34M2", "fighter", "Su-34M2")]),
        ("four F-16s landed", [("F-16s", "fighter", "F-16")]),
        ("a T-90M burned", [("T-90M", "tank", "T-90M")]),
        ("an FV-014 loitering munition", [("FV-014", "drone", "FV-014")]),
        ("K2 main battle tanks", [("K2", "tank", "K2")]),
        ("HMS Ocean (L 12) sailed", [("HMS Ocean", "ship", "HMS Ocean"), ("L 12", "ship", "HMS Ocean")]),
        ("the submarine USS Ohio left", [("USS Ohio", "submarine", "USS Ohio")]),
        ("the INS Kolkata of India", [("INS Kolkata", "ship", "INS Kolkata")]),
        ("the frigate Admiral Makarov’s crew", [("Admiral Makarov", "ship", "Admiral Makarov")]),
        ("an Arleigh Burke-class destroyer", [("Arleigh Burke-class", "ship", "Arleigh Burke class")]),
    ],
)
def test_find_designated_takes_weapons(text, weapons):
    assert found(text) == weapons


@pytest.mark.parametrize(
    "text",
    [
        "a 155 mm howitzer",
        "on the M25 motorway",
        "resolution S/2012/538",
        "the H1N1 virus",
        "flight MH17 fell",
        "COVID-19 spread",
        "the G7 summit",
        "A4 paper",
        "vitamin B12",
        "MI6 knows",
        "in the 1990s",
        "first-class service",
        "a World-class team",
        "the ship Monday",
    ],
)
def test_find_designated_leaves_other_letters_and_numbers(text):
    assert found(text) == []
