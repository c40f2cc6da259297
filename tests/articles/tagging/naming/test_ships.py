import pytest

from articles.tagging.naming.ships import find_ships


def found(text: str) -> list[tuple[str, str, str]]:
    namings = find_ships(text)
    assert all(text[naming.start : naming.end] == naming.text for naming in namings)
    found = [(naming.text, naming.category, naming.name or naming.text) for naming in namings]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("text", "ships"),
    [
        ("HMS Ocean (L 12) sailed", [("HMS Ocean", "ship", "HMS Ocean"), ("L 12", "ship", "HMS Ocean")]),
        ("the submarine USS Ohio left", [("USS Ohio", "submarine", "USS Ohio")]),
        ("the INS Kolkata of India", [("INS Kolkata", "ship", "INS Kolkata")]),
        ("the frigate Admiral Makarov’s crew", [("Admiral Makarov", "ship", "Admiral Makarov")]),
        ("an Arleigh Burke-class destroyer", [("Arleigh Burke-class", "ship", "Arleigh Burke class")]),
        ("SAS Amatola sailed", [("SAS Amatola", "ship", "SAS Amatola")]),
        ("the frigate FS Aconit left", [("FS Aconit", "ship", "FS Aconit")]),
        ("the lead ship, Riverton, sails", [("Riverton", "ship", "Riverton")]),
    ],
)
def test_find_ships_takes_ships_and_classes(text, ships):
    assert found(text) == ships


@pytest.mark.parametrize(
    "text",
    [
        "first-class service",
        "a World-class team",
        "the ship Monday",
        "the ship Captain Smith left",
        "an HMS spokesman",
        "BAE Systems Australia built the hull",
        "SAS Sergeant Dan Cole left his ship",
        "ENS Sally Smith spoke",
        "MT Bank lent it for a ship",
        "FS Italiane runs trains",
        "an INS Commissioner spoke",
    ],
)
def test_find_ships_leaves_other_words(text):
    assert found(text) == []
