import pytest

from articles.tagging.quoting.attribution import Ranker
from articles.tagging.quoting.framing import Framing
from articles.tagging.reading.document import read


def speakers(text: str) -> list[str | None]:
    """The speaker of each piece, every piece taken as a quotation."""
    reading = read(text)
    ranker = Ranker(Framing(reading))
    found: list[str | None] = []
    previous = None
    for number in range(len(reading.pieces)):
        attribution = ranker.rank(number, previous)
        source = attribution.source
        found.append(text[source.start : source.end] if source else None)
        previous = (number, attribution)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said: “No.”", ["Smith"]),
        ("“No,” Smith said.", ["Smith"]),
        ("“No,” said Smith.", ["Smith"]),
        ("“No,” Smith said. “Never.”", ["Smith", "Smith"]),
        ("“No,” Smith said.\n“Never.”", ["Smith", "Smith"]),
        ("“One.\n“Two.\n“Three,” Smith said.", [None, None, "Smith"]),
        ("The deal is “bad” for trade, Smith said.", ["Smith"]),
        ("“No,” Smith said. “Yes,” Jones replied.", ["Smith", "Jones"]),
        ("Smith was blunt. “It is over.”", ["Smith"]),
        ("Smith was blunt:\n“It is over.”", ["Smith"]),
        ("“It is over.”\n- Anna Kowalska", ["Anna Kowalska"]),
        ("It was a surprise to the pollster Tom Reed: “It is over.”", ["the pollster Tom Reed"]),
        ("Reed’s long broadside against “them” was late.", ["Reed"]),
        ("Smith said that the minister was “tired”, and Jones called him “lazy”.", ["Smith", "Jones"]),
        ("“No,” former minister Anna Kowalska said.", ["former minister Anna Kowalska"]),
    ],
)
def test_rank_finds_the_speaker(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("“No,” Smith told Jones.", "Jones"),
        ("“No,” said a spokesman for Jones.", "Jones"),
        ("Smith, in an interview with Jones, said “no”.", "Jones"),
        ("Jones listened as Smith said “no”.", "Jones"),
    ],
)
def test_rank_leaves_the_bystander(text, wrong):
    assert wrong not in speakers(text)


def test_rank_says_why():
    reading = read("“No,” Smith said.")

    attribution = Ranker(Framing(reading)).rank(0, None)

    assert attribution.reason == "said by “Smith”"


def cues(text: str) -> list[str]:
    """The reporting word of each piece, every piece taken as a quotation."""
    reading = read(text)
    ranker = Ranker(Framing(reading))
    found: list[str] = []
    previous = None
    for number in range(len(reading.pieces)):
        attribution = ranker.rank(number, previous)
        found.append(reading.span(*attribution.cue) if attribution.cue else "")
        previous = (number, attribution)
    return found
