"""Reads the labels of interviews: who answers at "A:", and that "Interview:" and "Q:" name nobody.

Takes: “A: “…”” below “Newsroom spoke to Anna Kask”: Anna Kask. “Analysis: “…””: nobody.
Leaves out: labels that name their speaker ("KASK: “…”", frames.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..reading.document import Reading
from ..reading.mentions import COMMON, Phrase
from ..senses import BODY, Story
from ..vocabulary.labels import ANSWERS, is_section
from .coreference import PERSON, UNNAMED, Resolver, Speaker
from .framing import NOBODY, Attribution, Framing, Place
from .namesakes import Cluster
from .weights import total

LONGEST_LABEL = 3
LABEL_SIGNS = [("right before", 1.0), ("label", 1.0), ("grip on the source", 1.0)]
MEETINGS = (
    "interviewed",
    "interview with",
    "spoke to",
    "spoke with",
    "talked to",
    "talked with",
    "sat down with",
    "met",
)


class Interviews:
    """The labels of one body."""

    def __init__(self, framing: Framing, story: Story, resolver: Resolver) -> None:
        self.framing = framing
        self.tokens = framing.tokens
        self._story, self._resolver = story, resolver

    def attribution(self, piece: int) -> Attribution | None:
        """What the label right before a piece says of its speaker, or None where no such label stands there."""
        place = self.framing.places[piece]
        first = self.framing.sentence(place).first
        colon = place.token - 1
        if colon <= first or not self._is_label(first, colon):
            return None
        if self._words(first, colon) not in ANSWERS or self.interviewee.name is None:
            return NOBODY
        score = total(LABEL_SIGNS)
        start, end = self.tokens[first].start, self.tokens[colon - 1].end
        label = Phrase(first, colon, start, end, COMMON, PERSON)
        return Attribution(label, (colon, colon + 1), score, "an answer of the interview", lead=score)

    def is_heading(self, attribution: Attribution, place: Place) -> bool:
        """Is the source no speaker but the label of its sentence: "Analysis: the line “will hold”"?"""
        source = attribution.source
        first = self.framing.sentence(place).first
        return source is not None and source.first == first and self._is_label(first, source.last)

    def speaker(self, source: Phrase) -> Speaker | None:
        """The interviewee, for the label of an answer."""
        is_answer = self._is_label(source.first, source.last) and self._words(source.first, source.last) in ANSWERS
        return self.interviewee if is_answer else None

    @cached_property
    def interviewee(self) -> Speaker:
        """The one who is interviewed: named in the headline, else before the first label, else alone in the story."""
        cluster = self._headlined() or self._met() or _only(self._resolver.people.namings.values())
        if cluster is None:
            return Speaker(None, None, UNNAMED, "an interview with nobody named")
        return Speaker(cluster.name, cluster.id, PERSON, f"{cluster.name} is interviewed", cluster)

    def _headlined(self) -> Cluster | None:
        families = {
            person.family
            for part in self._story.fields
            if part.name != BODY
            for person in part.persons
            if person.family
        }
        return _only(cluster for cluster in self._resolver.people.clusters if cluster.family in families)

    def _met(self) -> Cluster | None:
        """The only one named before the first label, else the first behind "spoke to" and the like."""
        people, text = self._resolver.people, self.framing.reading.text
        end = _first_label(self.framing.reading)
        starts = [start for start in people.starts if start < end]
        only = _only(people.namings[start] for start in starts)
        if only is not None:
            return only
        behind = [place for place in (text.find(f" {meeting} ", 0, end) for meeting in MEETINGS) if place >= 0]
        return next((people.namings[start] for start in starts if behind and start > min(behind)), None)

    def _is_label(self, first: int, colon: int) -> bool:
        is_short = 0 < colon - first <= LONGEST_LABEL and colon < len(self.tokens)
        return is_short and self.tokens[colon].text == ":" and is_section(self._words(first, colon))

    def _words(self, first: int, last: int) -> str:
        return " ".join(token.lower for token in self.tokens[first:last])


def _first_label(reading: Reading) -> int:
    """Where the first "Q:" or "A:" of the story stands, else its end."""
    for paragraph, end in reading.paragraphs:
        label, mark, _ = reading.text[paragraph:end].partition(":")
        if mark and (label.strip().lower() in ANSWERS or label.strip().lower() in ("q", "question")):
            return paragraph
    return len(reading.text)


def _only(clusters: Iterable[Cluster]) -> Cluster | None:
    """The one person among the namings, or None where there are none or several."""
    different = {id(cluster): cluster for cluster in clusters}
    return next(iter(different.values())) if len(different) == 1 else None
