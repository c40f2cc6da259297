import pytest

from articles.tagging.persons.person_frames import has_person_frame, stands_in_place


def span(text: str, name: str) -> tuple[str, int, int]:
    start = text.index(name)
    return text, start, start + len(name)


@pytest.mark.parametrize(
    "text",
    [
        "the prosecutor, Orsk Vanner, left",
        "the minister for trade, Orsk Vanner, left",
        "Orsk Vanner, who left",
        "Orsk Vanner, 45, left",
        "Orsk Vanner, the deputy chair of it",
        "Orsk Vanner said so",
        "so wrote Orsk Vanner",
    ],
)
def test_has_person_frame_reads_the_words_beside(text):
    assert has_person_frame(*span(text, "Orsk Vanner"))


@pytest.mark.parametrize("text", ["Orsk Vanner, Norway, lies west", "they left Orsk Vanner", "Orsk Vanner, one of two"])
def test_has_person_frame_refuses_other_words(text):
    assert not has_person_frame(*span(text, "Orsk Vanner"))


@pytest.mark.parametrize(
    ("text", "expected"), [("in Vanner", True), ("in Vanner’s words", False), ("by Vanner", False)]
)
def test_stands_in_place_reads_the_preposition(text, expected):
    assert stands_in_place(*span(text, "Vanner")) is expected
