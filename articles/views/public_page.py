"""What every public page shares: safe methods only, validators, keys, and headers under which a kill holds everywhere.

A page of one story is validated by what it says (`public_page`), a list by the number of the public's state
(`public_list`): asked for again, a list that nothing can have changed is answered without reading a story.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from articles import surrogate_keys
from articles.views.kept_pages import kept_or_made
from articles.views.list_validators import list_validator, public_state

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    View = Callable[..., HttpResponseBase]

# Shared caches may keep a page this long even when a purge fails; browsers ask every time.
SHARED_CACHE_SECONDS = 60


def public_page(view: View) -> View:
    """Make a view a public page: GET and HEAD, 304 by a digest of the answer, cached for a minute at most."""

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse) and not response.has_header("ETag"):
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        return cacheable(request, _unless_unchanged(request, response))

    safe: View = require_safe(page)
    return safe


def public_list(view: View) -> View:
    """The same for a page that is made of many rows, whose validator is known before they are read."""

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        # Read first: should something be published meanwhile, the validator is too old and not the page.
        validator = list_validator(request)
        if validator.etag in parse_etags(request.headers.get("If-None-Match", "")):
            unchanged = HttpResponseNotModified(headers=validator.headers)
            return cacheable(request, unchanged)
        response = kept_or_made(request, validator.state, lambda: view(request, *args, **kwargs))
        if response.status_code == 200:
            _add(response, validator.headers)
            response = _unless_unchanged(request, response, last_modified=validator.changed_at)
        return cacheable(request, response)

    safe: View = require_safe(page)
    return safe


def kept_page(view: View) -> View:
    """Answer with the page as it was made last, while nothing changes that the public has: one statement of one row."""

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        # Read first, as above. Where nothing can be kept, there is nothing to read it for.
        state = "" if connection.in_atomic_block else public_state()
        return kept_or_made(request, state, lambda: view(request, *args, **kwargs))

    return page


def cacheable(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The headers for shared caches: how long, and under which keys."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_CACHE_SECONDS)
    if not response.has_header("Surrogate-Key"):
        match = request.resolver_match
        key_under(response, [surrogate_keys.of_route(match.url_name or "", match.kwargs)] if match else [])
    return response


def key_under(response: HttpResponseBase, keys: Iterable[str]) -> None:
    """Name what the answer shows: in the header that Fastly and Varnish read, and in that of Cloudflare."""
    # No key of ours has a space or a comma, which would make two of one.
    known = list(dict.fromkeys([surrogate_keys.SITE, *keys]))
    response["Surrogate-Key"] = " ".join(known)
    response["Cache-Tag"] = ",".join(known)


def parameter(request: HttpRequest, name: str, *, longest: int = 200) -> str:
    """A parameter of the query string; empty where absent or not text that could stand in the database."""
    value = request.GET.get(name, "")
    return value if len(value) <= longest and "\x00" not in value else ""


def _unless_unchanged(
    request: HttpRequest, response: HttpResponseBase, *, last_modified: int | None = None
) -> HttpResponseBase:
    """304 where the client holds this very answer. A story that is gone is no such answer, whatever was held."""
    if response.status_code != 200 or not response.has_header("ETag"):
        return response
    keys = {name: response[name] for name in ("Surrogate-Key", "Cache-Tag") if response.has_header(name)}
    etag = response["ETag"]
    answer = get_conditional_response(request, etag=etag, last_modified=last_modified, response=response) or response
    _add(answer, keys)
    return answer


def _add(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value
