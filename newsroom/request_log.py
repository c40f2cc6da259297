"""One line in the log for each request, and its id in every line that is written because of it."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any

from structlog.contextvars import bind_contextvars, clear_contextvars

from newsroom.logs import log_event
from newsroom.redaction import redacted
from newsroom.request_ids import HEADER, request_id_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("newsroom.requests")


class RequestLogMiddleware:
    """Stands outside of all that may answer. It asks nothing: who has signed in is written down only where somebody
    else had to know, so that a public page stays without a session; and of the address only the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        clear_contextvars()
        bind_contextvars(request_id=request_id_of(request))
        try:
            response = self.get_response(request)
            if response.status_code >= 500:
                response[HEADER] = request_id_of(request)
            log_event(
                logger,
                "request",
                method=request.method,
                path=redacted(request.path),
                status=response.status_code,
                ms=round((perf_counter() - began) * 1000, 1),
                **_who(request),
            )
        finally:
            clear_contextvars()
        return response


def _who(request: HttpRequest) -> dict[str, Any]:
    """The number of an account or of a partner's key, where one was asked for."""
    who = {}
    user = getattr(request, "_cached_user", None)
    if user is not None and user.pk is not None:
        who["user_id"] = user.pk
    allowance = getattr(request, "allowance", None)
    if allowance is not None:
        who["key_id"] = getattr(allowance, "key_id", None)
    return who
