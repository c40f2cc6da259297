"""Finds the quotations of a story, each with its speaker.

Takes: “The aim is peace,” the minister said: the words between the marks, said by the minister.
Leaves out: reported speech without marks, and quoted titles and names (quotation.py says which).
"""

from collections.abc import Iterator

from ..analysis import QuoteFinding, SpanText
from ..naming.organisations import Organisation
from ..reading.document import WORD, Reading
from ..senses import Hit, Story
from .attribution import Ranker
from .confidence import confidence, sureness
from .coreference import Resolver, Speaker
from .framing import NOBODY, Attribution, Framing
from .interviews import Interviews
from .quotation import Verdict, judge

DIRECT = "direct"
PARTIAL = "partial"
NO_SPEAKER = Speaker(None, None, "", "")


def find_quotes(
    reading: Reading, story: Story, hits: list[Hit], organisations: list[Organisation]
) -> tuple[QuoteFinding, ...]:
    """Every piece that is a quotation, with its speaker, in order."""
    return tuple(finding for finding, _ in find_scored(reading, story, hits, organisations))


def find_scored(
    reading: Reading, story: Story, hits: list[Hit], organisations: list[Organisation]
) -> Iterator[tuple[QuoteFinding, float]]:
    """The quotations with the sum that stands behind the confidence of each (confidence.py)."""
    framing = Framing(reading)
    ranker = Ranker(framing)
    resolver = Resolver(framing, story, hits, organisations)
    interviews = Interviews(framing, story, resolver)
    previous: tuple[int, Attribution] | None = None
    speaker: Speaker = NO_SPEAKER
    for number in range(len(reading.pieces)):
        attribution = interviews.attribution(number)
        if attribution is None:
            attribution = ranker.rank(number, previous)
            if interviews.is_heading(attribution, framing.places[number]):
                attribution = NOBODY
        verdict = judge(framing, number, attribution, last=previous[0] if previous else None)
        if verdict.score <= 0:
            continue
        if attribution.source is None:
            speaker = NO_SPEAKER
        elif not attribution.is_carried:
            speaker = interviews.speaker(attribution.source) or resolver.resolve(attribution.source, speaker)
        sum_of_signs = sureness(verdict.score, attribution.score, attribution.lead)
        yield _finding(framing, number, attribution, speaker, verdict, confidence(sum_of_signs)), sum_of_signs
        previous = (number, attribution)


def _finding(
    framing: Framing, number: int, attribution: Attribution, speaker: Speaker, verdict: Verdict, sure: float
) -> QuoteFinding:
    reading = framing.reading
    piece = reading.pieces[number]
    source = attribution.source
    return QuoteFinding(
        start=piece.start,
        end=piece.end,
        text=reading.text[piece.start : piece.end],
        kind=_kind(framing, number),
        speaker=_span(reading.text, source.start, framing.whole_end(source)) if source is not None else None,
        resolved=speaker.name,
        speaker_id=speaker.id,
        speaker_kind=speaker.kind,
        cue=_cue(reading, attribution),
        confidence=sure,
        reason="; ".join(part for part in (attribution.reason, speaker.reason, verdict.reason) if part),
    )


def _span(text: str, start: int, end: int) -> SpanText:
    return SpanText(start, end, text[start:end])


def _cue(reading: Reading, attribution: Attribution) -> SpanText | None:
    if attribution.cue is None:
        return None
    first, last = attribution.cue
    return _span(reading.text, reading.tokens[first].start, reading.tokens[last - 1].end)


def _kind(framing: Framing, number: int) -> str:
    """A quotation is direct at the head of its sentence or behind a comma or colon, else a fragment."""
    reading = framing.reading
    place = framing.places[number]
    before = reading.tokens[place.token - 1] if place.token > framing.sentence(place).first else None
    if before is None or before.kind != WORD:
        inner = reading.text[reading.pieces[number].start : reading.pieces[number].end]
        return DIRECT if len(inner.split()) > 2 or inner[-1] in ".,!?" else PARTIAL
    return PARTIAL
