import pytest

from articles.tagging.quoting.frames import FrameFinder
from articles.tagging.reading.document import read
from articles.tagging.reading.mentions import phrases


def found(text: str) -> list[tuple[str, str, str]]:
    reading = read(text)
    frames = [
        frame
        for sentence in reading.sentences
        for frame in FrameFinder(reading, sentence, phrases(reading, sentence)).find()
    ]
    return [
        (reading.span(frame.first, frame.last), text[frame.source.start : frame.source.end], frame.order)
        for frame in frames
        if frame.source
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said “no”.", ("said", "Smith", "subject")),
        ("“No,” said Smith.", ("said", "Smith", "inverted")),
        ("“No” for now, said Anna Kowalska, the minister.", ("said", "Anna Kowalska", "inverted")),
        ("“No,” according to officials.", ("according to", "officials", "according")),
        ("Smith, who leads the army, said “no”.", ("said", "Smith", "subject")),
        ("Smith (R-Ohio) said “no”.", ("said", "Smith", "subject")),
        ("A spokesman for the ministry has also announced “no”.", ("announced", "A spokesman", "subject")),
        ("Smith rose and said “no”.", ("said", "Smith", "subject")),
        ("The officials this week said “no”.", ("said", "The officials", "subject")),
        ("Smith’s claim that “no” is right.", ("claim", "Smith", "noun")),
        ("SMITH: “No.”", (":", "SMITH", "label")),
        ("“No,” Reed barked.", ("barked", "Reed", "subject")),
        ("“No,” her husband shot back.", ("shot back", "her husband", "subject")),
        ("It was called “no” by Smith.", ("called", "Smith", "passive")),
        ("As Smith put it, “no”.", ("put it", "Smith", "subject")),
        ("“No,” shot back Smith.", ("shot back", "Smith", "inverted")),
        ("“No,” the note ran.", ("ran", "the note", "subject")),
        ("It is, in the words of Smith, “no”.", ("words", "Smith", "according")),
        ("It was lost, as the log has it, “at sea”.", ("has it", "the log", "subject")),
        ("Adm. Tom Reed (Navy): “No.”", (":", "Adm. Tom Reed", "label")),
        ("Kowalska on the ferry: “No.”", (":", "Kowalska", "label")),
        ("He used to say “no”.", ("say", "He", "subject")),
        ("Calling it “a tin can,” Reed left.", ("Calling", "Reed", "participle")),
        ("In the crews’ words, it was “no”.", ("words", "the crews", "according")),
        ("“Surface ships are diplomats.” — from the foreword by Tom Reed", ("—", "Tom Reed", "label")),
    ],
)
def test_find_takes(text, expected):
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry is old.",
        "The plans of the army are old.",
        "He sailed home “yesterday”.",
        "“Smith said no” was on the wall.",
        "It was called “no”.",
        "It was a snappy retort.",
        "The ship was called “no” – a name Smith hated.",
        "He has it in the harbour.",
        "The crew had carried out “a test”.",
        "The sale of executive orders “yesterday” was late.",
        "Reed (Navy) left the yard: “Old Ironsides”.",
    ],
)
def test_find_leaves(text):
    assert found(text) == []


def test_find_gives_a_participle_the_main_subject():
    frames = found("“No,” Smith said, adding that it was “over”.")

    assert ("adding", "Smith", "participle") in frames
