"""Does a confidence of 80 % mean that four of five findings are right? And where the table of it comes from.

`python -m tests.evals.reliability` prints bins for our own stories and for both parts of the labelled news. In our
own stories a finding is right if quotation, speaker and, where the label gives one, full name are; in the news,
which has no full names, if quotation and the speaker's words are.
`--fit` prints the rows of `articles/tagging/quoting/confidence.py`, fitted to our own stories alone.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.tagging import Document, QuoteFinding, analyse
from articles.tagging.naming.organisations import find_organisations, without_overlaps
from articles.tagging.quoting.quotes import find_scored
from articles.tagging.reading.document import read
from articles.tagging.senses import BODY, Story, choose
from tests.corpus.reader import stories
from tests.scoring.speakers import Span, has_name, is_pronoun, same_name, share_a_word

from . import quotes
from .engine import gazetteer
from .folder import ASIDE, TUNED, scorer

BINS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
ROWS = 9
SUREST = 0.99

Outcome = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of like confidence: how many, the mean that was predicted, and the share that was right."""

    count: int
    predicted: float
    observed: float


def table(outcomes: Iterable[Outcome]) -> tuple[list[Bin], float]:
    """The bins, and the expected calibration error: the mean gap between the two, weighed by counts."""
    outcomes = sorted(outcomes)
    bins = []
    low = 0.0
    for high in BINS:
        inside = [(value, is_right) for value, is_right in outcomes if low <= value < high]
        low = high
        if inside:
            predicted = sum(value for value, _ in inside) / len(inside)
            bins.append(Bin(len(inside), predicted, sum(is_right for _, is_right in inside) / len(inside)))
    error = sum(one.count * abs(one.predicted - one.observed) for one in bins) / max(1, len(outcomes))
    return bins, error


def fit(outcomes: Iterable[Outcome]) -> list[tuple[float, float]]:
    """Rows (sum, share): equal parts of the findings, neighbours pooled until the shares rise."""
    outcomes = sorted(outcomes)
    size = len(outcomes) / ROWS
    parts = [outcomes[round(row * size) : round((row + 1) * size)] for row in range(ROWS)]
    pooled: list[list[Outcome]] = []
    for part in parts:
        pooled.append(part)
        while len(pooled) > 1 and _share(pooled[-2]) >= _share(pooled[-1]):
            pooled[-2:] = [pooled[-2] + pooled[-1]]
    return [(sum(value for value, _ in part) / len(part), _share(part)) for part in pooled]


def _share(part: list[Outcome]) -> float:
    """The share that was right, at most 99 %; half a finding of each sort is added, so that none is quite sure."""
    return min(SUREST, (sum(is_right for _, is_right in part) + 0.5) / (len(part) + 1))


def own(*, is_raw: bool = False) -> Iterator[Outcome]:
    """Each finding in our own stories: its confidence (or the sum under it), and is it right, name included?"""
    for story in stories():
        for (start, end), speaker, resolved, value in _findings(story.text, is_raw=is_raw):
            piece = next((p for p in story.pieces if p.span.start < end and start < p.span.end), None)
            if piece is not None:
                source = [(piece.speaker.start, piece.speaker.end)] if piece.speaker else []
                is_speaker = not piece.refused and is_right(story.text, source, speaker)
                yield value, is_speaker and is_right_name(piece.resolved, resolved)


def news(part: str) -> Iterator[Outcome]:
    """Each finding in one part of the labelled news, without those that its scorer ignores.

    The news has no full names: right are the quotation and the words of the speaker.
    """
    module = scorer("quotes")
    for document in quotes.documents(part):
        labels = sys.modules["polnear"].derive(document)
        for (start, end), speaker, _, value in _findings(document.text, is_raw=False):
            label = next((one for one in labels if one.start < end and start < one.end), None)
            if label is not None and label.label != "ignore":
                is_quotation = label.label in module.POS
                yield value, is_quotation and is_right(document.text, label.source, speaker)


def is_right(text: str, source: list[Span], speaker: Span | None) -> bool:
    """Is the speaker that of the label, or rightly none?"""
    if not source or speaker is None:
        return not source and speaker is None
    words = " ".join(text[start:end] for start, end in source)
    if share_a_word(text, speaker, source, any_sign=is_pronoun(words)):
        return True
    return not is_pronoun(words) and has_name(words) and same_name(words, text[speaker[0] : speaker[1]])


def is_right_name(label: str, found: str | None) -> bool:
    """Is the full name the label's, where the label gives one? "Colonel Mart Kask" is; "Anna Kask" is another."""
    wanted = re.findall(r"\w+", label.lower())
    own = re.findall(r"\w+", (found or "").lower())
    return not wanted or set(wanted) <= set(own) or (bool(own) and set(own) <= set(wanted) and own[-1] == wanted[-1])


def _findings(text: str, *, is_raw: bool) -> Iterator[tuple[Span, Span | None, str | None, float]]:
    if is_raw:
        story = Story({BODY: text})
        hits = choose(story, gazetteer())
        organisations = find_organisations(story, hits, gazetteer())
        scored = find_scored(read(text), story, without_overlaps(hits, organisations), organisations)
        for finding, value in scored:
            yield (finding.start, finding.end), _speaker(finding), finding.resolved, value
        return
    for finding in analyse(Document(text=text), gazetteer()).quotes:
        yield (finding.start, finding.end), _speaker(finding), finding.resolved, finding.confidence


def _speaker(finding: QuoteFinding) -> Span | None:
    return (finding.speaker.start, finding.speaker.end) if finding.speaker is not None else None


def main() -> int:
    """Print the bins of all three, or the fitted rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.reliability", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the rows fitted to our own stories")
    if parser.parse_args().fit:
        for value, share in fit(own(is_raw=True)):
            sys.stdout.write(f"    ({value:.2f}, {share:.3f}),\n")
        return 0
    show(lambda line: sys.stdout.write(line + "\n"))
    return 0


def show(tell: Callable[[str], object]) -> None:
    """The bins of our own stories and of both parts of the labelled news, a line each."""
    parts = (
        ("own stories (quotation, speaker and full name)", own()),
        (f"{TUNED} (quotation and the speaker's words only)", news(TUNED)),
        (f"{ASIDE} (quotation and the speaker's words only)", news(ASIDE)),
    )
    for name, outcomes in parts:
        bins, error = table(outcomes)
        tell(f"  confidence, {name}: expected calibration error {error:.3f}")
        tell("    count  predicted  right")
        for one in bins:
            tell(f"  {one.count:7d}      {one.predicted:.3f}  {one.observed:.3f}")


if __name__ == "__main__":
    sys.exit(main())
