import pytest

from articles.tagging.naming.described import find_described
from articles.tagging.naming.named import Taken
from articles.tagging.reading.proper import read_words


def found(text: str, *taken: tuple[int, int]) -> list[tuple[str, str]]:
    known = Taken()
    for start, end in taken:
        known.add(start, end)
    return [(naming.text, naming.category) for naming in find_described(read_words(text), known)]


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("the Falcon missile flew", [("Falcon", "missile")]),
        ("Black Panther main battle tanks", [("Black Panther", "tank")]),
        ("six Stunner interceptors", [("Stunner", "air-defence")]),
    ],
)
def test_find_described_takes_names_with_their_noun(text, weapons):
    assert found(text) == weapons


@pytest.mark.parametrize(
    "text", ["Navy ships", "Soviet tanks", "Two missiles", "On Monday aircraft flew", "Iran-made drones", "a missile"]
)
def test_find_described_leaves_owners(text):
    assert found(text) == []


def test_find_described_leaves_what_is_named_already():
    assert found("the Kyiv missile", (4, 8)) == []
