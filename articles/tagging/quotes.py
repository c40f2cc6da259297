"""Finds the quotations of a story, each with its speaker.

Takes: “The aim is peace,” the minister said: the words between the marks, said by the minister.
Leaves out: reported speech without marks, and quoted titles and names (quotation.py says which).
"""

import math

from .analysis import QuoteFinding, SpanText
from .attribution import Ranker
from .coreference import Resolver, Speaker
from .document import WORD, Reading
from .framing import Attribution, Framing
from .organisations import Organisation
from .quotation import Verdict, judge
from .senses import Hit, Story

DIRECT = "direct"
PARTIAL = "partial"
NO_SPEAKER = Speaker(None, None, "", "")


def find_quotes(
    reading: Reading, story: Story, hits: list[Hit], organisations: list[Organisation]
) -> tuple[QuoteFinding, ...]:
    """Every piece that is a quotation, with its speaker, in order."""
    framing = Framing(reading)
    ranker = Ranker(framing)
    resolver = Resolver(framing, story, hits, organisations)
    found: list[QuoteFinding] = []
    previous: tuple[int, Attribution] | None = None
    speaker: Speaker = NO_SPEAKER
    for number in range(len(reading.pieces)):
        attribution = ranker.rank(number, previous)
        verdict = judge(framing, number, attribution)
        if verdict.score <= 0:
            continue
        if attribution.source is not None and not attribution.is_carried:
            speaker = resolver.resolve(attribution.source, speaker)
        found.append(_finding(framing, number, attribution, speaker, verdict))
        previous = (number, attribution)
    return tuple(found)


def _finding(
    framing: Framing,
    number: int,
    attribution: Attribution,
    speaker: Speaker,
    verdict: Verdict,
) -> QuoteFinding:
    reading = framing.reading
    piece = reading.pieces[number]
    text = reading.text
    source = attribution.source
    whom = speaker if source is not None else NO_SPEAKER
    return QuoteFinding(
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        kind=_kind(framing, number),
        speaker=_span(text, source.start, framing.whole_end(source)) if source is not None else None,
        resolved=whom.name,
        speaker_id=whom.id,
        speaker_kind=whom.kind,
        cue=_cue(reading, attribution),
        confidence=round(1 / (1 + math.exp(-0.5 * min(verdict.score, attribution.score))), 3),
        reason="; ".join(part for part in (verdict.reason, attribution.reason, whom.reason) if part),
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
