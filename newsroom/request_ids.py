"""One id for a request, in whatever is answered, logged, and sent to the worker because of it."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

HEADER = "X-Request-ID"
# Takes "a1b2-c3.4_d"; refuses line breaks and anything that would need quoting in a log.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


def request_id_of(request: HttpRequest) -> str:
    """The id that whoever asks, or the server in front, has given it; else a new one. It is kept on the request."""
    known: str = getattr(request, "request_id", "")
    if known:
        return known
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    request.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
    return request.request_id  # type: ignore[attr-defined,no-any-return]
