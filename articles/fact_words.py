"""Whether what a story is said to report of an exercise still stands in its text: the number of a figure, the days of
dates. Who hosts or takes part is not looked for, for a story names them in too many ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS

from articles.day_precision import ORDINALS, Precision
from articles.models import ReportedFact, Revision
from articles.written_numbers import FIGURES, WORDS, numbers_in

if TYPE_CHECKING:
    from articles.models import Edition
    from articles.written_copy import WrittenCopy

_POWERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# Takes "9 thousand", "1.2 million" and "twelve hundred".
_SCALED = re.compile(rf"((?:{FIGURES.pattern})|(?:{WORDS.pattern}))[\s-]+({'|'.join(_POWERS)})\b", re.IGNORECASE)
# Takes the gap of "9 000"; refuses that of "12 2000" and that of "9 00".
_GAP = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
# Of "12 to 20 May" and "12th of May", what stands between the day and the month; refuses that of "12 ships in May".
_BETWEEN = r"\s*(?:(?:to|and|or|until|till|through|[-–—])\s*\d{1,2}(?:st|nd|rd|th)?)?\s*(?:of\s+)?"
# The same of "May 12 to 20".
_BEFORE_LAST = r"\.?\s*(?:\d{1,2}(?:st|nd|rd|th)?\s*(?:to|and|or|until|till|through|[-–—])\s*)?"
# Takes the hyphen of "9-thousand-strong".
_HYPHEN = re.compile(rf"(?<=\d)-(?=(?:{'|'.join(_POWERS)})\b)", re.IGNORECASE)


def written(copy: WrittenCopy | Edition | Revision) -> str:
    """All the words of a story in which a fact may stand."""
    return f"{copy.headline}\n{copy.standfirst}\n{copy.text}"


def lost(facts: Iterable[ReportedFact], *, now: str) -> list[ReportedFact]:
    """Those of one story whose words stood in the version in which they were read, and stand there no more. A
    statement more where there may be some. What was never found, as "a brigade and two companies", is not lost."""
    missing = [fact for fact in facts if not stands_in(fact, now)]
    read = {key: written(revision) for key, revision in _read_in(missing).items()} if missing else {}
    return [fact for fact in missing if stands_in(fact, read.get(fact.revision_id, ""))]


def _read_in(facts: Sequence[ReportedFact]) -> dict[int | None, Revision]:
    """The versions in which these facts of one story were read. Of what the release before wrote down it is not known:
    then it is the one that readers have, under None."""
    keys = [fact.revision_id for fact in facts if fact.revision_id]
    if len(keys) == len(facts):
        return {**Revision.objects.in_bulk(keys)}
    live = Revision.objects.filter(editions__current_for=facts[0].article_id).first()
    return {**Revision.objects.in_bulk(keys), **({None: live} if live else {})}


def stands_in(fact: ReportedFact, text: str) -> bool:
    if fact.kind == ReportedFact.Kind.FIGURE:
        return fact.value in _amounts(text)
    if fact.kind == ReportedFact.Kind.DATES:
        assert fact.starts is not None
        assert fact.ends is not None
        return all(re.search(_form(day, fact.precision), text) for day in (fact.starts, fact.ends))
    return True


def _amounts(text: str) -> set[Decimal]:
    """Of "9 thousand soldiers in 3.5 hours": 9, 9000 and 3.5."""
    plain = _HYPHEN.sub(" ", _GAP.sub("", text))
    scaled = (number * _POWERS[power.lower()] for words, power in _SCALED.findall(plain) for number in _numbers(words))
    return {*_numbers(plain), *scaled}


def _numbers(text: str) -> Iterator[Decimal]:
    for number in numbers_in(text).values():
        # "3.5.1" is the number of a paragraph.
        if number.count(".") < 2:
            yield Decimal(number)


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
