import pytest

from articles.tagging.naming.exercises import edition_end, find_exercises


def found(text: str) -> list[tuple[str, str, str]]:
    namings = find_exercises(text)
    assert all(text[naming.start : naming.end] == naming.text for naming in namings)
    return sorted({(naming.text, naming.kind, naming.name) for naming in namings})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Exercise Amber Shield began.", [("Amber Shield", "exercise", "Amber Shield")]),
        ("the drills, dubbed “Open Steppe-2026”, end", [("Open Steppe-2026", "exercise", "Open Steppe")]),
        ("the Amber Shield 25 exercise", [("Amber Shield 25", "exercise", "Amber Shield")]),
        ("“Amber Shield” naval manoeuvres", [("Amber Shield", "exercise", "Amber Shield")]),
        ("the exercise of Open Steppe-2026", [("Open Steppe-2026", "exercise", "Open Steppe")]),
        ("Operation Cold Lantern’s end", [("Operation Cold Lantern", "operation", "Operation Cold Lantern")]),
        ("the Kestrel programme", [("Kestrel", "programme", "Kestrel")]),
    ],
)
def test_find_exercises_takes_names(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "NATO exercises in Poland",
        "the exercise ended on Monday",
        "Exercise Director Smith",
        "Vision-2030 mentions no exercise",
        "military operations in Syria",
        "Operations Command",
    ],
)
def test_find_exercises_leaves_what_only_describes(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("behind", "edition"),
    [
        ("-2025 began", "-2025"),
        (" 2025 began", " 2025"),
        (" 25.", " 25"),
        ("’25", "’25"),
        (" II ended", " II"),
        (" 25 ships", ""),
        (" in 2025", ""),
    ],
)
def test_edition_end_takes_the_year(behind, edition):
    text = "Amber" + behind

    end = edition_end(text, 5)

    assert text[5:end] == edition
