"""Asks sorted, half-open spans whether they hold or touch a stretch of text."""

import sys
from bisect import bisect_right
from collections.abc import Sequence

Span = tuple[int, int]


def touching(spans: Sequence[Span], start: int, end: int) -> int | None:
    """The number of a span that shares a sign with the stretch."""
    index = bisect_right(spans, (start, sys.maxsize)) - 1
    if index >= 0 and spans[index][1] > start:
        return index
    return index + 1 if index + 1 < len(spans) and spans[index + 1][0] < end else None


def is_inside(spans: Sequence[Span], start: int, end: int) -> bool:
    """Does a span hold the stretch, or cross its border? A stretch that is longer on both sides is outside."""
    index = bisect_right(spans, (start, sys.maxsize)) - 1
    if index >= 0 and spans[index][1] > start and (spans[index][0] < start or spans[index][1] >= end):
        return True
    return index + 1 < len(spans) and spans[index + 1][0] < end < spans[index + 1][1]


def holder(spans: Sequence[Span], start: int, end: int) -> int | None:
    """The index of the span that holds the whole stretch."""
    index = bisect_right(spans, (start, sys.maxsize)) - 1
    return index if index >= 0 and spans[index][1] >= end else None
