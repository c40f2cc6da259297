import pytest

from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.setting import setting
from articles.tagging.quoting.slots import slot_signals
from articles.tagging.reading.document import read


def found(text: str) -> list[str]:
    return slot_signals(setting(Framing(read(text)), 0))


@pytest.mark.parametrize(
    ("signal", "takes", "leaves"),
    [
        (
            "named as",
            "The crew is known as “the night shift”.",
            ["The crew is praised as “the best shift”.", "They were known for “long shifts”."],
        ),
        (
            "a word as a word",
            "He disliked the term “spare part”.",
            ["He disliked the “spare part”.", "He spoke in terms of “spare parts”."],
        ),
        (
            "the name of a work",
            "She wrote the play “Low Water”.",
            ["She called the play “a flood”.", "She wrote “Low Water”."],
        ),
        (
            "stands before what it names",
            "They sailed for the “Quiet Tide” exercise.",
            ["They fired a “locally made” missile.", "They sailed for the “Quiet Tide” harbour."],
        ),
        (
            "stands before its noun",
            "They used the “porcupine” strategy.",
            ["They used the “porcupine” of the island.", "They called a “porcupine”."],
        ),
        (
            "a hyphened word before its noun",
            "It grew from their “port-to-port” trade.",
            ["It grew from their “portly” trade.", "It grew “port-to-port” by trade."],
        ),
        (
            "on somebody's show",
            "Smith spoke on Channel 2's “Low Water”.",
            ["Smith spoke on Channel 2's “low water”.", "Smith spoke to “Low Water”."],
        ),
        (
            "glossed as a word",
            "They cleared the “sampah”, their word for rubbish.",
            ["They cleared the “sampah”, their rubbish.", "They cleared the “sampah” in other words."],
        ),
        (
            "a bracket follows",
            "He hummed “Low Water” (1954).",
            ["He hummed “Low Water” in 1954.", "He hummed (“Low Water”) again."],
        ),
        (
            "what it is follows",
            "He showed a “split picture”, which nobody had filed.",
            [
                "He showed a “split picture”, and nobody had filed it.",
                "He showed “a picture that is split in two halves”, which helps.",
            ],
        ),
        (
            "what it is follows",
            "It came from a “mother ship,” a trawler.",
            ["It came from a “mother ship,” they said.", "It came from a “mother ship” a mile away."],
        ),
        (
            "translates a word",
            "It is Finnish for “grit”.",
            ["He shouted for “grit”.", "He shouted at Finns for “grit”."],
        ),
        (
            "translates a word",
            "A word that means “grit”.",
            ["By all means, “grit”.", "A word that he calls “grit”."],
        ),
        (
            "the words of a button",
            "Readers click “send now”.",
            ["Readers say “send now”.", "Readers click on nothing but “send now”."],
        ),
        (
            "a colon introduces it",
            "He had one word: “no”.",
            ["He had one word, “no”.", "He had two: the word “no”."],
        ),
        (
            "belongs to somebody",
            "He listed his “negatives,” one by one.",
            ["He listed “negatives,” one by one.", "He listed his “negatives” of the year."],
        ),
        (
            "a noun with words of the reporter's",
            "They held the old “bastion”.",
            ["They held “bastion”.", "They held that “bastion”."],
        ),
        (
            "says what something is",
            "The pier was “unsafe”.",
            ["The pier near “unsafe”.", "The pier was “Unsafe Quay”."],
        ),
        (
            "what somebody is taken for",
            "He sees the pier as a “gift”.",
            ["The pier, known as a “gift”.", "He sees the pier with a “gift”."],
        ),
        (
            "a judgement after “a”",
            "He found a “disgrace,” he told them.",
            ["He found a “disgrace” file.", "He found the “disgrace,” he told them."],
        ),
        (
            "takes the verb's place",
            "The strike would “unravel” the deal.",
            ["The strike at “unravel” the deal.", "The strike would “Unravel” the deal."],
        ),
        (
            "the reporter's sentence goes on",
            "The crews are “weary” of the sea.",
            ["The crews are “weary”, of course.", "The crews are “weary” sailors."],
        ),
        (
            "what the claim was",
            "He repeated the claim of “sabotage”.",
            ["He repeated the name of “sabotage”.", "He repeated the claim and “sabotage”."],
        ),
    ],
)
def test_slot_signals_take_and_leave(signal, takes, leaves):
    assert signal in found(takes)
    assert [text for text in leaves if signal in found(text)] == []
