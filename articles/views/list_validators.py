"""By what a list is known to be unchanged, before any of its rows is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.http import http_date

from articles.models import PublicState

if TYPE_CHECKING:
    from django.http import HttpRequest

PACKAGES = ("newsroom", "articles", "entities")
SHOWN_BY = ("*.py", "*.html", "*.txt")


@dataclass(frozen=True, slots=True)
class ListValidator:
    """An entity tag, weak, for it stands for the same content and not for the same bytes; and since when it holds, in
    whole seconds of the epoch, or None while a second change could fall into the same second."""

    etag: str
    changed_at: int | None

    @property
    def headers(self) -> dict[str, str]:
        dated = {} if self.changed_at is None else {"Last-Modified": http_date(self.changed_at)}
        return {"ETag": self.etag} | dated


def list_validator(request: HttpRequest) -> ListValidator:
    """Of the list at the address of the request, by one statement that reads one row.

    It changes with the public's state, with the day that the masthead prints, and with our own code.
    """
    state = PublicState.objects.values_list("number", "stamp", "at").first()
    today = timezone.localdate()
    made_of = (state and state[:2], today, request.get_full_path(), settings.SITE_URL, settings.SITE_NAME)
    digest = hashlib.sha256(repr((*made_of, settings.DEMONSTRATION, code_digest())).encode()).hexdigest()[:32]
    midnight = datetime.combine(today, time(), UTC)
    changed_at = ceil(max(midnight, state[2] if state else midnight).timestamp())
    return ListValidator(
        etag=f'W/"{digest}"', changed_at=changed_at if timezone.now().timestamp() > changed_at + 1 else None
    )


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
