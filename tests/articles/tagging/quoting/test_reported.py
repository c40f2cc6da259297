import pytest

from articles.tagging.quoting.attribution import Ranker
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.reported import reported_signals
from articles.tagging.quoting.setting import setting
from articles.tagging.quoting.wording import is_title
from articles.tagging.reading.document import read


def found(text: str) -> list[str]:
    framing = Framing(read(text))
    piece = setting(framing, 0)
    return reported_signals(piece, Ranker(framing).rank(0, None), has_title=is_title(piece.inside))


@pytest.mark.parametrize(
    ("signal", "takes", "leaves"),
    [
        (
            "chanted or read out",
            "The dockers chanted “Ships First” at the gate.",
            ["The minister praised “Ships First” at the gate.", "The dockers chanted “ships first” at the gate."],
        ),
        (
            "chanted or read out",
            "Asked about it, he took off a cap that read “SINK THEM ALL”.",
            [
                "Asked about it, he bought a copy of “SINK THEM ALL”.",
                "He read in silence, below the poster “SINK THEM”.",
            ],
        ),
        (
            "called so to its face",
            "Smith called the treaty “dead”.",
            ["Smith called “in a hurry”.", "Smith said the treaty was “dead”."],
        ),
        (
            "reported with “that”",
            "Smith said that the pier was “not ready”.",
            ["Smith said the pier was “not ready”.", "The pier was “not ready”, Smith said, and that was all."],
        ),
        (
            "its verb seldom reports words",
            "The ministry offered “patience” to the crews.",
            [
                "The ministry promised “patience” to the crews.",
                "The ministry offered “patience, more patience and no pay”.",
            ],
        ),
        (
            "hardly a speaker in sight",
            "Under “other”, nothing.",
            ["“Nothing,” the clerk said.", "The clerk said “nothing”."],
        ),
        (
            "said by nobody in particular",
            "Analysts said the fleet was “tired”.",
            ["The admiral said the fleet was “tired”.", "Smith said the fleet was “tired”."],
        ),
        (
            "what they call it in the trade",
            "It will soon carry what dealers call a “loyal wingman”.",
            ["It will soon carry what Smith calls a “loyal wingman”.", "Dealers called it a “loyal wingman”."],
        ),
        (
            "what it calls so as a habit",
            "He signed what the notice calls an “undefined action”.",
            [
                "He signed what she calls an “undefined action”.",
                "He signed what the notice called an “undefined action”.",
            ],
        ),
    ],
)
def test_reported_signals_take_and_leave(signal, takes, leaves):
    assert signal in found(takes)
    assert [text for text in leaves if signal in found(text)] == []


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("“No pier,” Smith said.", "a reporting word right beside it"),
        (
            "Smith, who had come by sea, said on Monday that the new pier was “a gift”.",
            "a reporting word in the sentence",
        ),
        ("The pier is “a gift”.", "no reporting word in the sentence"),
    ],
)
def test_reported_signals_tell_how_near_the_reporting_word_is(text, signal):
    assert found(text)[0] == signal
