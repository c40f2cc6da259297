import pytest

from articles.tagging.naming.designations import find_designated, is_other


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
        ("two IEDs", [("IEDs", "munition", "IED")]),
        ("K2 main battle tanks", [("K2", "tank", "K2")]),
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
        "at berth C-5",
        "COVID-19 spread",
        "the G7 summit",
        "A4 paper",
        "vitamin B12",
        "MI6 knows",
        "in the 1990s",
        "an FPV drone",
        "two SAM missiles",
    ],
)
def test_find_designated_leaves_other_letters_and_numbers(text):
    assert found(text) == []


def test_find_designated_takes_any_designation_behind_an_article_in_a_story_about_weapons():
    namings = find_designated("two D-20s and a KCR-60M on the M25", in_military=True)

    assert [naming.text for naming in namings] == ["D-20s", "KCR-60M"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hall C-17", True), ("province of Shandong", True), ("a C-17", False), ("the Shandong", False)],
)
def test_is_other_reads_the_word_before(text, expected):
    start = text.rindex(" ") + 1

    assert is_other(text, start, len(text)) is expected
