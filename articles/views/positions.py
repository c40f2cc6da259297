"""Where a page of a list ends, as the `before` parameter carries it: "2026-11-16T07:40:00Z,12"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404

# Takes "2026-11-16T07:40:00.123456Z,12"; refuses "2026-11-16,12" and anything after the number.
_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z,(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: the moment lists are ordered by, and its number."""

    moment: datetime
    number: int

    def __str__(self) -> str:
        return f"{self.moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z,{self.number}"

    @classmethod
    def read(cls, written: str | None) -> Position | None:
        """The position that a request asks for; None on the first page.

        Raises:
            Http404: it is not one that a page of ours ever links to.
        """
        if written is None:
            return None
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise Http404("This page of the list does not exist.")
        try:
            moment = datetime.fromisoformat(match.group(1)).replace(tzinfo=UTC)
        except ValueError as error:
            raise Http404("This page of the list does not exist.") from error
        return cls(moment, int(match.group(2)))


def older_than(position: Position | None, *, moment: str, number: str) -> Q:
    """Rows after a position in a list ordered by moment and number, both newest first.

    The first condition bounds the index, the second leaves out what the page before has shown.
    """
    if position is None:
        return Q()
    within = Q(**{f"{moment}__lte": position.moment})
    return within & (Q(**{f"{moment}__lt": position.moment}) | Q(**{f"{number}__lt": position.number}))
