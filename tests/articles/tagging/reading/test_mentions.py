import pytest

from articles.tagging.reading.document import read
from articles.tagging.reading.mentions import phrases


def found(text: str) -> list[tuple[str, str, str]]:
    reading = read(text)
    return [
        (text[phrase.start : phrase.end], phrase.kind, phrase.noun)
        for sentence in reading.sentences
        for phrase in phrases(reading, sentence)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beijing assures.", ("Beijing", "name", "")),
        ("the Chinese Defence Ministry said", ("the Chinese Defence Ministry", "name", "organisation")),
        ("the Chinese Ministry of Defence said", ("the Chinese Ministry of Defence", "name", "")),
        ("a 2017 U.S report states", ("a 2017 U.S report", "name", "document")),
        ("a senior official said", ("a senior official", "common", "person")),
        ("senior officials said", ("senior officials", "common", "person")),
        ("she said", ("she", "pronoun", "person")),
        ("the Global Times wrote", ("the Global Times", "name", "")),
        ("an FBI inquiry found", ("an FBI inquiry", "name", "organisation")),
        ("the Daily Herald report, which", ("the Daily Herald report", "name", "document")),
        ("a Wednesday editorial reads", ("a Wednesday editorial", "name", "document")),
        ("the vice-minister said", ("the vice-minister", "common", "person")),
        ("several journalists said", ("several journalists", "common", "person")),
        ("Gen. Mark A. Milley said", ("Gen. Mark A. Milley", "name", "")),
        ("former minister Anna Kowalska said", ("former minister Anna Kowalska", "name", "")),
    ],
)
def test_phrases_takes(text, expected):
    assert found(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Speaking quietly, “it is over”.",
        "On Monday.",
        "this week",
        "And so it goes".replace("it ", ""),
        "It was “Anna Kowalska”."[7:],
    ],
)
def test_phrases_leaves(text):
    assert found(text) == []


def test_phrases_gives_the_possessor_and_the_possession():
    texts = [text for text, _, _ in found("Russia’s defence ministry said")]

    assert texts == ["Russia", "Russia’s defence ministry"]


def test_phrases_ends_before_the_next_name():
    texts = [text for text, _, _ in found("The party ad hits Reed")]

    assert texts == ["The party ad", "Reed"]


def test_phrases_finds_the_owner_before_a_bare_apostrophe():
    assert "the crews" in [phrase[0] for phrase in found("the crews’ words")]


@pytest.mark.parametrize("text", ["the crews’", "the bus stop"])
def test_phrases_finds_no_owner_of_nothing(text):
    assert len(found(text)) <= 1


def test_phrases_ends_before_puts_it():
    assert found("as the handover protocol puts it")[0][0] == "the handover protocol"
