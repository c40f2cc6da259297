"""Judges named things by overlap with the right kind, and countries by story, by mention and by salience."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .quotations import likeness
from .shares import Tally, share

# Half-open, with what was named: a kind or a country's code.
Naming = tuple[int, int, str]


def tally_overlaps(labels: Iterable[Naming], findings: Iterable[Naming]) -> Tally:
    """One finding for one label of the same kind, best overlap first; a second one on the same label is no fault."""
    labels, findings = list(labels), sorted(set(findings))
    pairs = [
        (likeness(label[:2], finding[:2]), i, j)
        for i, label in enumerate(labels)
        for j, finding in enumerate(findings)
        if label[2] == finding[2] and likeness(label[:2], finding[:2]) > 0
    ]
    matched: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[2], pair[1])):
        if i not in matched and j not in used:
            matched[i] = j
            used.add(j)
    wrong = sum(
        j not in used and not any(likeness(labels[i][:2], finding[:2]) > 0 for i in matched)
        for j, finding in enumerate(findings)
    )
    return Tally(len(matched), wrong, len(labels) - len(matched))


@dataclass(slots=True)
class CountryScore:
    """Adds up the figures of many stories."""

    stories: Tally = field(default_factory=Tally)
    mentions: int = 0
    mentions_right: int = 0
    primaries: int = 0
    primaries_right: int = 0

    def add(self, labels: list[Naming], primary: set[str], found: list[dict[str, Any]]) -> None:
        """Judge the countries of one story: {"code", "score", "primary", "mentions"}."""
        wanted, given = {code for *_, code in labels}, {country["code"] for country in found}
        self.stories.right += len(wanted & given)
        self.stories.wrong += len(given - wanted)
        self.stories.missing += len(wanted - given)
        places = [(m["start"], m["end"], country["code"]) for country in found for m in country["mentions"]]
        for label in labels:
            self.mentions += 1
            self.mentions_right += _widest(label, places) == label[2]
        if primary:
            flagged = [country for country in found if country["primary"]] or found
            self.primaries += 1
            best = max(flagged, key=lambda country: country["score"], default={"code": ""})
            self.primaries_right += best["code"] in primary

    def figures(self) -> dict[str, float]:
        """The figures, each a share between 0 and 1."""
        return {
            "story": self.stories.f1,
            "mention": share(self.mentions_right, self.mentions),
            "primary": share(self.primaries_right, self.primaries),
        }


def _widest(label: Naming, places: list[Naming]) -> str:
    """The code of the finding that covers most of the label."""
    over = [(min(place[1], label[1]) - max(place[0], label[0]), place[2]) for place in places]
    widest = max((width for width, _ in over), default=0)
    codes = {code for width, code in over if width == widest and width > 0}
    return label[2] if label[2] in codes and len(codes) <= 2 else next(iter(codes), "")
