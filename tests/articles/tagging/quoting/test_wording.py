import pytest

from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.setting import setting
from articles.tagging.quoting.wording import is_title, wording_signals
from articles.tagging.reading.document import read


def found(text: str) -> list[str]:
    return wording_signals(setting(Framing(read(text)), 0))


@pytest.mark.parametrize(
    ("signal", "takes", "leaves"),
    [
        ("one word", "It was “late”.", ["It was “too late”.", "It was “late, late, late”."]),
        ("two words", "It was “too late”.", ["It was “late”.", "It was “much too late”."]),
        ("a title's capitals", "He hummed “War and Water”.", ["He hummed “war and Water”.", "He hummed “Water”."]),
        (
            "a long title",
            "He read “How the Water Rose and Never Fell”.",
            ["He read “How the Water Rose”.", "He read “How the water rose and never fell”."],
        ),
        ("one capitalised word", "He hummed “Water”.", ["He hummed “water”.", "He hummed “Low Water”."]),
        (
            "begins like a sentence",
            "He wrote: “The water is low”.",
            ["He wrote: “the water is low”.", "He wrote: “The Low Water”."],
        ),
        ("ends like a sentence", "He wrote: “Too late.”", ["He called it “too late.”", "He wrote: “Too late”"]),
        (
            "a full stop where the reporter's sentence ends",
            "He called it “too late.”",
            ["He called it “too late”.", "He called it “far too late for all of them.”"],
        ),
        ("ends in a comma", "“Too late,” he wrote.", ["“Too late”, he wrote.", "A “late hour,” he wrote."]),
        (
            "speaks in the first or second person",
            "He wrote: “give us time”.",
            ["He wrote: “give them time”.", "He gave us “time”."],
        ),
        ("has a verb", "He wrote: “it is late”.", ["He wrote: “late hour”.", "He is “late”."]),
        (
            "small words inside",
            "Everything was “on the table”.",
            ["Everything was “table talk”.", "They watched “the tables”."],
        ),
        (
            "a single judging word",
            "The vote was “fraudulent”.",
            ["The vote was a “landslide”.", "The vote was “Fraudulent”."],
        ),
    ],
)
def test_wording_signals_take_and_leave(signal, takes, leaves):
    assert signal in found(takes)
    assert [text for text in leaves if signal in found(text)] == []


@pytest.mark.parametrize("title", ["War and Peace", "Vostok", "Area 51"])
def test_is_title_takes_capitals(title):
    assert is_title(title.split())


@pytest.mark.parametrize("words", ["war and peace", "War and peace", "of the"])
def test_is_title_leaves_small_letters(words):
    assert not is_title(words.split())
