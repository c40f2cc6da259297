"""Scores the engine on our own labelled stories, by the measures of tests/scoring."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from articles.tagging import Analysis, Document, Gazetteer, analyse
from articles.tagging.output import as_record
from tests.scoring.namings import CountryScore, Naming, tally_overlaps
from tests.scoring.quotations import QUOTATION, REFUSED, Label, QuotationScore
from tests.scoring.shares import Tally

from .reader import LabelledStory, Named, Piece, Span

EQUIPMENT_AND_EXERCISES = frozenset(["equipment", "exercise"])
# The engine keeps alliances apart; the labels call them organisations.
KINDS = {"alliance": "organisation"}


@dataclass(slots=True)
class CorpusScore:
    """Figures of many stories."""

    quotations: QuotationScore = field(default_factory=QuotationScore)
    countries: CountryScore = field(default_factory=CountryScore)
    namings: dict[str, Tally] = field(default_factory=dict)
    accepted: Tally = field(default_factory=Tally)
    resolved: Tally = field(default_factory=Tally)

    def add(self, story: LabelledStory, analysis: Analysis) -> None:
        """Judge what was found in one story."""
        record = as_record(story.id, analysis)
        self.quotations.add(story.text, map(_label(story.text), story.pieces), record["quotes"])
        labels = [(named.span.start, named.span.end, named.code) for named in story.named if named.code]
        self.countries.add(labels, set(story.primary), record["countries"])
        self._add_namings(story, analysis)
        self._add_accepted(story, analysis)
        self._add_resolved(story, record["quotes"])

    def _add_namings(self, story: LabelledStory, analysis: Analysis) -> None:
        labels, findings = kinds_labelled(story), kinds_found(story, analysis)
        for kind in {label[2] for label in labels} | {finding[2] for finding in findings}:
            tally = tally_overlaps(
                [label for label in labels if label[2] == kind], [found for found in findings if found[2] == kind]
            )
            whole = self.namings.setdefault(kind, Tally())
            whole.right += tally.right
            whole.wrong += tally.wrong
            whole.missing += tally.missing

    def _add_accepted(self, story: LabelledStory, analysis: Analysis) -> None:
        wrong = len(wrongly_accepted(story, analysis))
        self.accepted.wrong += wrong
        self.accepted.right += sum(found.accepted for found in (*analysis.entities, *analysis.countries)) - wrong

    def _add_resolved(self, story: LabelledStory, quotes: list[dict[str, Any]]) -> None:
        for piece in story.pieces:
            if piece.resolved:
                found = next((q for q in quotes if _overlap(piece.span, q["start"], q["end"])), None)
                is_right = found is not None and _same_name(piece.resolved, found["resolved"] or "")
                self.resolved.right += is_right
                self.resolved.missing += not is_right

    def figures(self) -> dict[str, float]:
        """The figures, each a share between 0 and 1."""
        return {
            **{f"quotes {name}": value for name, value in self.quotations.figures().items()},
            "quotes resolved": self.resolved.recall,
            **{f"countries {name}": value for name, value in self.countries.figures().items()},
            **{f"{kind} F1": tally.f1 for kind, tally in sorted(self.namings.items())},
            "equipment and exercises F1": self.both().f1,
            "accepted precision": self.accepted.precision,
        }

    def both(self) -> Tally:
        """Equipment and exercises together."""
        tallies = [tally for kind, tally in self.namings.items() if kind in EQUIPMENT_AND_EXERCISES]
        return Tally(
            sum(tally.right for tally in tallies),
            sum(tally.wrong for tally in tallies),
            sum(tally.missing for tally in tallies),
        )


def score(stories: Iterable[LabelledStory], gazetteer: Gazetteer) -> CorpusScore:
    """Run the engine over the stories and judge it."""
    total = CorpusScore()
    for story in stories:
        total.add(story, analyse(Document(text=story.text), gazetteer))
    return total


def kinds_labelled(story: LabelledStory) -> list[Naming]:
    """The labelled namings with their kinds, countries left out."""
    return [(named.span.start, named.span.end, named.kind) for named in story.named if named.kind]


def kinds_found(story: LabelledStory, analysis: Analysis) -> list[Naming]:
    """What the engine found in the body, with its kinds, seats of government left out."""
    seats = [named for named in story.named if not named.kind]
    return [
        (mention.start, mention.end, KINDS.get(found.kind, found.kind))
        for found in analysis.entities
        for mention in found.mentions
        if mention.field == "body" and not _is_seat(mention, found.country, seats)
    ]


def wrongly_accepted(story: LabelledStory, analysis: Analysis) -> list[str]:
    """Names of accepted findings of which no mention stands where the label has the same kind or code."""
    codes = [(named.span, named.code) for named in story.named]
    kinds = [(named.span, named.kind) for named in story.named]
    seats = [named for named in story.named if not named.kind]
    wrong = [
        found.name for found in analysis.countries if found.accepted and not _stands(found.mentions, found.code, codes)
    ]
    for entity in analysis.entities:
        kind = KINDS.get(entity.kind, entity.kind)
        is_seat = any(_is_seat(found, entity.country, seats) for found in entity.mentions)
        if entity.accepted and not is_seat and not _stands(entity.mentions, kind, kinds):
            wrong.append(entity.name)
    return wrong


def _is_seat(mention: Any, country: str | None, seats: list[Named]) -> bool:
    """Is it "the Kremlin", which the labels call a country and the gazetteer an organisation of that country?"""
    return any(_overlap(named.span, mention.start, mention.end) and named.code == country for named in seats)


def _stands(mentions: Iterable[Any], what: str, labels: list[tuple[Span, str]]) -> bool:
    return any(
        _overlap(span, mention.start, mention.end) and label == what for mention in mentions for span, label in labels
    )


def _overlap(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _same_name(label: str, found: str) -> bool:
    """The same words, or the label's last word among those found: "Mart Kask", "Colonel Mart Kask"."""
    words = re.findall(r"\w+", found.lower())
    wanted = re.findall(r"\w+", label.lower())
    return bool(words) and (wanted == words or wanted[-1] in words)


def _label(text: str) -> Any:
    def label(piece: Piece) -> Label:
        return Label(
            (piece.span.start, piece.span.end),
            REFUSED if piece.refused else QUOTATION,
            ((piece.speaker.start, piece.speaker.end),) if piece.speaker else (),
            ((piece.cue.start, piece.cue.end),) if piece.cue else (),
            is_fragment(text, piece.span),
        )

    return label


def is_fragment(text: str, span: Span) -> bool:
    """Does the quotation go on from the reporter's own words, without a comma or a colon between?"""
    before = re.search(r"(\S)\s*[\"“‘'«(\[….]*$", text[max(0, span.start - 8) : span.start])
    return before is not None and before.group(1).isalnum() and text[span.start].islower()
