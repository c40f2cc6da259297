"""By what a list is known to be unchanged, before any of its rows is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max, Subquery, Value
from django.utils import timezone
from django.utils.http import http_date

from articles.models import FrontSlot, PublicState
from articles.planned_query import PlannedQuery

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

PACKAGES = ("newsroom", "articles", "entities")
SHOWN_BY = ("*.py", "*.html", "*.txt")


@dataclass(frozen=True, slots=True)
class ListValidator:
    """An entity tag, weak, for it stands for the same content and not for the same bytes; and since when it holds, in
    whole seconds of the epoch, or None while a second change could fall into the same second."""

    etag: str
    changed_at: int | None
    # What every page depends on, whatever its address: equal while nothing has changed.
    state: str

    @property
    def headers(self) -> dict[str, str]:
        dated = {} if self.changed_at is None else {"Last-Modified": http_date(self.changed_at)}
        return {"ETag": self.etag} | dated


def list_validator(request: HttpRequest) -> ListValidator:
    """Of the list at the address of the request, by one statement that reads one row."""
    now, today = timezone.now(), timezone.localdate()
    state, moments = _state_and_moments(now, today)
    digest = hashlib.sha256(f"{state} {request.get_full_path()}".encode()).hexdigest()[:32]
    midnight = datetime.combine(today, time(), UTC)
    changed_at = ceil(max([midnight, *filter(None, moments)]).timestamp())
    is_settled = now.timestamp() > changed_at + 1
    return ListValidator(etag=f'W/"{digest}"', changed_at=changed_at if is_settled else None, state=state)


def public_state() -> str:
    """What every page depends on, by the same statement. It changes with the public's state, with the end of what an
    editor has placed, with the day that the masthead prints, and with our own code."""
    return _state_and_moments(timezone.now(), timezone.localdate())[0]


def _state_and_moments(now: datetime, today: date) -> tuple[str, list[datetime | None]]:
    number, stamp, *moments = _PUBLIC_STATE.first(now=now) or (0, None)
    shown_by = (settings.SITE_URL, settings.SITE_NAME, settings.DEMONSTRATION, code_digest())
    return repr((number, stamp, moments[1:], today, shown_by)), moments


def _public_state(now: datetime) -> QuerySet[PublicState, tuple[Any, ...]]:
    """Number, stamp and moment of the last change, and when a place on the front page ended last, if any did."""
    ended = FrontSlot.objects.filter(until__lte=now).order_by().values(one=Value(1)).values(last=Max("until"))
    return PublicState.objects.annotate(ended=Subquery(ended)).values_list("number", "stamp", "at", "ended")


_PUBLIC_STATE = PlannedQuery(_public_state, {"now": "timestamptz"})


@cache
def code_digest() -> str:
    """Of the code and the templates that this process runs, and of the names of its static files."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    files = (file for package in PACKAGES for pattern in SHOWN_BY for file in (root / package).rglob(pattern))
    for file in (*sorted(files), Path(settings.STATIC_ROOT) / "staticfiles.json"):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
