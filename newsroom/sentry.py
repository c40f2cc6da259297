"""Errors to a Sentry, where SENTRY_DSN names one; imported only there (newsroom/settings.py).

What is sent is the error with its lines of code, the path of the address and the request's id: no bodies, headers,
cookies, queries, addresses of people, or values of variables, which may be the words of an embargoed story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from structlog.contextvars import get_contextvars

from newsroom.redaction import REDACTED, SECRET_NAMES, redacted

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# Of what Sentry wants to know of a request.
KEPT_OF_REQUEST = ("method", "url")


def start(dsn: str, *, environment: str) -> None:
    """From here on, errors of this process and of what it forks are sent."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        default_integrations=True,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False),
            CeleryIntegration(propagate_traces=False),
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0,
        max_breadcrumbs=0,
        server_name="",
        before_send=scrubbed,
    )


def scrubbed(event: Event, hint: Hint) -> Event:
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in KEPT_OF_REQUEST if name in request}
    event.pop("user", None)
    event.pop("extra", None)
    event.setdefault("tags", {}).update(get_contextvars())
    clean: Event = _clean(event)
    return clean


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {name: REDACTED if _is_secret(name) else _clean(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(member) for member in value]
    return value


def _is_secret(name: Any) -> bool:
    return isinstance(name, str) and bool(SECRET_NAMES.search(name))
