import pytest

from articles.tagging.quoting.appositions import find_appositions, without_titles
from articles.tagging.reading.document import read
from articles.tagging.reading.mentions import phrases


def pairs(text: str) -> list[tuple[str, str]]:
    reading = read(text)
    found = [
        pair
        for sentence in reading.sentences
        for pair in find_appositions(reading.tokens, sentence, phrases(reading, sentence))
    ]
    return [(text[pair.role.start : pair.role.end], text[pair.name.start : pair.name.end]) for pair in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The prefect, Eerika Kurvits, said so.", ("The prefect", "Eerika Kurvits")),
        ("Eerika Kurvits, the prefect, said so.", ("the prefect", "Eerika Kurvits")),
        ("A spokesman for the China Coast Guard, Pei Zhongtai, said so.", ("A spokesman", "Pei Zhongtai")),
        ("The minister of defence, Ayaka Shinohara, said so.", ("The minister", "Ayaka Shinohara")),
    ],
)
def test_find_appositions_pairs_role_and_name(text, expected):
    assert expected in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "The prefect, Tallinn and Riga agreed.",
        "In Tokyo, the minister said so.",
        "Eerika Kurvits, whose husband flew, said so.",
        "The prefect left, and Eerika Kurvits stayed.",
    ],
)
def test_find_appositions_leaves_lists_places_and_kin(text):
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Captain Mart Kask", "Mart Kask"),
        ("Dr. Mart Kask", "Mart Kask"),
        ("Mart Kask", "Mart Kask"),
        ("General", "General"),
    ],
)
def test_without_titles(name, expected):
    assert " ".join(without_titles(name.split())) == expected
