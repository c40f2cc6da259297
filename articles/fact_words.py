"""Whether what a story is said to report of an exercise still stands in its text: the number of a figure, the days of
dates. Who hosts or takes part is not looked for, for a story names them in too many ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS

from articles.day_precision import ORDINALS, Precision
from articles.models import ReportedFact, Revision
from articles.written_numbers import read_numbers

if TYPE_CHECKING:
    from articles.models import Edition
    from articles.written_copy import WrittenCopy

# Twice what the column holds, whose last digits may be noughts.
MOST_DIGITS = 40
_POWERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Behind a number. Takes " thousand", "-million" and " Hundred"; refuses " thousands".
_POWER = re.compile(rf"[\s-]+({'|'.join(_POWERS)})\b", re.IGNORECASE)
# Takes the gap of "9 000"; refuses that of "12 2000" and that of "9 00".
_GAP = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
# Of "12 to 20 May" and "12th of May", what stands between the day and the month; refuses that of "12 ships in May".
_BETWEEN = r"\s*(?:(?:to|and|or|until|till|through|[-–—])\s*\d{1,2}(?:st|nd|rd|th)?\s*)?(?:of\s+)?"
# The same of "May 12 to 20".
_BEFORE_LAST = r"\.?\s*(?:\d{1,2}(?:st|nd|rd|th)?\s*(?:to|and|or|until|till|through|[-–—])\s*)?"
# Takes the hyphen of "9-thousand-strong".
_HYPHEN = re.compile(rf"(?<=\d)-(?=(?:{'|'.join(_POWERS)})\b)", re.IGNORECASE)


def written(copy: WrittenCopy | Edition | Revision) -> str:
    """All the words of a story in which a fact may stand."""
    return f"{copy.headline}\n{copy.standfirst}\n{copy.text}"


class _Told:
    """The words of a version; its amounts are read once, however many facts ask for theirs."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def amounts(self) -> set[Decimal]:
        return _amounts(self.text)

    def has(self, fact: ReportedFact) -> bool:
        if fact.kind == ReportedFact.Kind.FIGURE:
            return fact.value in self.amounts
        if fact.kind == ReportedFact.Kind.DATES:
            assert fact.starts is not None
            assert fact.ends is not None
            return all(re.search(_form(day, fact.precision), self.text) for day in (fact.starts, fact.ends))
        return True


def lost(facts: Iterable[ReportedFact], *, now: Mapping[int, str]) -> list[ReportedFact]:
    """Those whose words stood in the version in which they were read, and stand no more in what their story says `now`,
    by its number. At most two statements, where there may be some. What was never found, as "a brigade and two
    companies", is not lost."""
    told = {article: _Told(text) for article, text in now.items()}
    missing = [fact for fact in facts if fact.article_id in told and not told[fact.article_id].has(fact)]
    read = _read_in(missing)
    return [fact for fact in missing if (version := read.get(_version(fact))) and version.has(fact)]


def stands_in(fact: ReportedFact, text: str) -> bool:
    return _Told(text).has(fact)


def _version(fact: ReportedFact) -> tuple[int | None, int | None]:
    """Of what the release before wrote down it is not known: then it is the one that readers have of the story."""
    return fact.revision_id, None if fact.revision_id else fact.article_id


def _read_in(facts: Sequence[ReportedFact]) -> dict[tuple[int | None, int | None], _Told]:
    """The versions in which these facts were read."""
    known = {fact.revision_id for fact in facts if fact.revision_id}
    stories = {fact.article_id for fact in facts if not fact.revision_id}
    found: dict[tuple[int | None, int | None], _Told] = {}
    if known:
        for version in Revision.objects.filter(pk__in=known).only("snapshot", "text"):
            found[version.pk, None] = _Told(written(version))
    if stories:
        live = Revision.objects.filter(editions__current_for__in=stories)
        for version in live.only("article", "snapshot", "text"):
            found[None, version.article_id] = _Told(written(version))
    return found


def _amounts(text: str) -> set[Decimal]:
    """Of "9 thousand soldiers in 3.5 hours": 9, 9000 and 3.5."""
    return set(_read_amounts(_HYPHEN.sub(" ", _GAP.sub("", text))))


def _read_amounts(text: str) -> Iterator[Decimal]:
    """Each number is read once, and then what stands behind it: one pattern of both would begin anew at each comma of a
    number, and take hours for a long row of them."""
    for _, value, end in read_numbers(text):
        # "3.5.1" is the number of a paragraph. One of more digits is none that a fact can have.
        if value.count(".") > 1 or len(value) > MOST_DIGITS:
            continue
        number = Decimal(value)
        yield number
        if power := _POWER.match(text, end):
            yield number * _POWERS[power[1].lower()]


def _form(day: date, precision: str) -> str:
    """What a day looks like that is known so exactly."""
    if precision == Precision.YEAR:
        return rf"\b{day.year}\b"
    if precision == Precision.QUARTER:
        quarter = (day.month + 2) // 3
        return rf"\bQ{quarter}\b|\b(?i:{ORDINALS[quarter - 1]}\s+quarter)\b"
    # In capitals as a month is written: a drill that may begin says nothing of May.
    month = str(MONTHS[day.month])
    name = rf"\b{month[:3]}(?:{month[3:]}|t)?\b"
    if precision == Precision.MONTH:
        return rf"{name}|\b{day:%Y-%m}\b"
    number = rf"\b{day.day}(?:st|nd|rd|th)?\b"
    return rf"{number}{_BETWEEN}{name}|{name}{_BEFORE_LAST}{number}|\b{day:%Y-%m-%d}\b"
