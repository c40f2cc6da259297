"""Judges quotations: which words were quoted, who said them, and by which reporting word.

A label is a stretch between quotation marks of one paragraph; a finding is cut at the ends of paragraphs. The
headline figure, JOINT, counts a quotation as right when its words overlap the label's by four fifths and its
speaker is right.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .shares import Tally, share
from .speakers import Span, has_name, is_pronoun, same_name, share_a_word

EDGE = "\"“”„«»‘’'`‚‹›.,;:!?…—–- \t\n\u00a0()[]"
CLOSE = 0.8
LOOSE = 0.3
QUOTATION, REFUSED, IGNORED = "quotation", "refused", "ignored"

Finding = dict[str, Any]
Part = tuple[int, int, Finding]


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch between marks; `is_fragment` where it is part of the reporter's own sentence."""

    span: Span
    verdict: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    is_fragment: bool = False


class QuotationScore:
    """Adds up the figures of many stories."""

    def __init__(self) -> None:
        self.exact, self.joint = Tally(), Tally()
        self.counts: Counter[Any] = Counter()

    def add(self, text: str, labels: Iterable[Label], findings: Iterable[Finding]) -> None:
        """Judge the findings of one story."""
        labels = list(labels)
        parts = _parts(text, findings)
        wanted = [label for label in labels if label.verdict == QUOTATION]
        spans = [trim(text, label.span) for label in wanted]
        ignored = [label.span for label in labels if label.verdict == IGNORED]
        same = _paired(
            [(1.0, i, j) for i, span in enumerate(spans) for j, part in enumerate(parts) if part[:2] == span]
        )
        close = _paired(
            [
                (overlap, i, j)
                for i, span in enumerate(spans)
                for j, part in enumerate(parts)
                if (overlap := likeness(span, part[:2])) >= CLOSE
            ]
        )
        self._note(self.exact, same, len(wanted), _stray(text, parts, same, ignored))
        stray = _stray(text, parts, close, ignored)
        self._add_kept(text, labels, parts)
        for i, label in enumerate(wanted):
            is_right = self._add_speaker(text, label, spans[i], parts)
            if i in close:
                self.joint.right += is_right
        self.counts["found"] += len(close) + stray
        self.counts["labelled"] += len(wanted)

    def _note(self, tally: Tally, paired: dict[int, int], wanted: int, stray: int) -> None:
        tally.right += len(paired)
        tally.missing += wanted - len(paired)
        tally.wrong += stray

    def _add_kept(self, text: str, labels: list[Label], parts: list[Part]) -> None:
        for label in labels:
            if label.verdict == IGNORED:
                continue
            span = trim(text, label.span)
            kept = sum(_letters(text, max(span[0], s), min(span[1], e)) for s, e, _ in parts)
            self.counts["kept", label.verdict, kept >= 0.5 * _letters(text, *span)] += 1

    def _add_speaker(self, text: str, label: Label, span: Span, parts: list[Part]) -> bool:
        """Judge the speaker and the cue of the finding that covers the label best."""
        best = _best(text, span, parts)
        self._add_cue(text, label, best)
        speaker = (best or {}).get("speaker")
        if not label.source:
            return not speaker
        words = " ".join(text[start:end] for start, end in label.source)
        is_right = bool(speaker) and (
            share_a_word(text, (speaker["start"], speaker["end"]), list(label.source), any_sign=is_pronoun(words))
            or (not is_pronoun(words) and has_name(words) and same_name(words, speaker["text"]))
        )
        for key in ("all", "fragments" if label.is_fragment else "direct"):
            self.counts["speakers", key] += 1
            self.counts["right", key] += is_right
        return is_right

    def _add_cue(self, text: str, label: Label, best: Finding | None) -> None:
        if not label.cue:
            return
        self.counts["cues"] += 1
        cue = (best or {}).get("cue")
        if cue:
            is_sign = not any(share_a_word(text, span, [span]) for span in label.cue)
            self.counts["cues found"] += 1
            self.counts["cues right"] += share_a_word(
                text, (cue["start"], cue["end"]), list(label.cue), any_sign=is_sign
            )

    def figures(self) -> dict[str, float]:
        """The figures, each a share between 0 and 1."""
        counts = self.counts
        kept = share(
            counts["kept", QUOTATION, True], counts["kept", QUOTATION, True] + counts["kept", QUOTATION, False]
        )
        refused = share(counts["kept", REFUSED, False], counts["kept", REFUSED, True] + counts["kept", REFUSED, False])
        joint = share(2 * self.joint.right, counts["found"] + counts["labelled"])
        return {
            "joint": joint,
            "exact": self.exact.f1,
            "balanced": (kept + refused) / 2,
            "speaker": share(counts["right", "all"], counts["speakers", "all"]),
            "fragments": share(counts["right", "fragments"], counts["speakers", "fragments"]),
            "cue": share(2 * counts["cues right"], counts["cues found"] + counts["cues"]),
        }


def trim(text: str, span: Span) -> Span:
    """The span without quotation marks, edge punctuation and space."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def likeness(one: Span, other: Span) -> float:
    """Intersection over union, in code points."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def _letters(text: str, start: int, end: int) -> int:
    return sum(sign.isalnum() for sign in text[start:end]) if start < end else 0


def _parts(text: str, findings: Iterable[Finding]) -> list[Part]:
    """The findings cut at the ends of paragraphs, each stretch once."""
    cut = []
    for finding in findings:
        start, end = finding["start"], finding["end"]
        for line in re.finditer(r"[^\n]+", text[start:end]):
            span = trim(text, (start + line.start(), start + line.end()))
            if span[1] > span[0]:
                cut.append((*span, finding))
    once: dict[Span, Part] = {}
    for part in cut:
        once.setdefault(part[:2], part)
    return [once[span] for span in sorted(once)]


def _paired(likely: list[tuple[float, int, int]]) -> dict[int, int]:
    """One finding for one label, the likeliest pairs first."""
    labels: dict[int, int] = {}
    findings: set[int] = set()
    for _, i, j in sorted(likely, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in labels and j not in findings:
            labels[i] = j
            findings.add(j)
    return labels


def _stray(text: str, parts: list[Part], paired: dict[int, int], ignored: list[Span]) -> int:
    """How many findings are neither a label's nor to be ignored."""
    used = set(paired.values())
    return sum(j not in used and not _is_ignorable(text, part[:2], ignored) for j, part in enumerate(parts))


def _is_ignorable(text: str, span: Span, ignored: list[Span]) -> bool:
    letters = max(1, _letters(text, *span))
    return any(
        likeness(span, trim(text, other)) >= 0.5
        or _letters(text, max(span[0], other[0]), min(span[1], other[1])) >= 0.5 * letters
        for other in ignored
    )


def _best(text: str, span: Span, parts: list[Part]) -> Finding | None:
    best, most = None, 0
    for start, end, finding in parts:
        letters = _letters(text, max(span[0], start), min(span[1], end))
        if letters > most:
            best, most = finding, letters
    return best if most >= LOOSE * max(1, _letters(text, *span)) else None
