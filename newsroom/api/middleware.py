"""What holds for every answer under /api/, whoever made it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from newsroom.api.deprecations import announce
from newsroom.api.problems import BY_SLUG, CONTENT_TYPE, UNNAMED, problem_of_status, problem_response
from newsroom.api.throttles import words_of
from newsroom.request_ids import HEADER, request_id_of

if TYPE_CHECKING:
    from newsroom.partners.admission import Allowance

PREFIX = "/api/"
# What was not changed, and what broke on our side, is not counted against a key.
FREE = (304, 500)
# Beside what a 304 has by itself.
KEPT_WITHOUT_BODY = {HEADER, "Deprecation", "Sunset", "Link", "Retry-After"}
# Bytes of an address with its percent-encoding, and of one header. The server in front must let as much through.
LONGEST_ADDRESS, LONGEST_HEADER = 32_000, 16_000


class ApiMiddleware:
    """Request ids, problem documents also for the router's 404 and Django's 500, validators, caching headers.

    Stands above the middleware whose errors it translates.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request_id = request_id_of(request)
        response = _overlong(request) or _as_problem(request, self.get_response(request))
        costs_nothing = getattr(response, "costs_nothing", False)
        response[HEADER] = request_id
        response.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ["Authorization"])
        announce(request, response)
        response = _conditional(request, response)
        return _settled(request, response, costs_nothing=costs_nothing or response.status_code in FREE)


def _overlong(request: HttpRequest) -> HttpResponse | None:
    """The refusal of what is longer than anybody needs."""
    if len(request.path) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        slug, detail = "address-too-long", f"An address has at most {LONGEST_ADDRESS:,} bytes."
    elif any(len(value) > LONGEST_HEADER for value in request.headers.values()):
        slug, detail = "headers-too-large", f"A header has at most {LONGEST_HEADER:,} bytes."
    else:
        return None
    return problem_response(BY_SLUG[slug], detail, request_id=request.request_id)  # type: ignore[attr-defined]


def _settled(request: HttpRequest, response: HttpResponse, *, costs_nothing: bool) -> HttpResponse:
    """The answer with what is left to the key: the request given back where it cost nothing, and counted where it was
    not yet. Where others have meanwhile taken what was left, the refusal instead."""
    allowance = getattr(request, "allowance", None)
    if allowance is None:
        return response
    if costs_nothing and allowance.is_granted:
        allowance.give_back()
    elif allowance.is_granted and not allowance.is_counted and not allowance.charge():
        response = _refused(request, allowance)
    for name, value in allowance.headers.items():
        response[name] = value
    return response


def _refused(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    request_id = request_id_of(request)
    refusal = problem_response(BY_SLUG["too-many-requests"], words_of(allowance), request_id=request_id)
    refusal[HEADER] = request_id
    refusal["Retry-After"] = str(allowance.wait)
    refusal["Cache-Control"] = "no-cache"
    patch_vary_headers(refusal, ["Authorization"])
    return refusal


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    status = response.status_code
    if status < 400 or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    problem = problem_of_status(status)
    translated = problem_response(
        problem,
        UNNAMED.get(status, f"{problem.title}."),
        request_id=request.request_id,  # type: ignore[attr-defined]
        status=status,
    )
    if response.has_header("Allow"):
        translated["Allow"] = response["Allow"]
    return translated


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answers 304 where the client holds what we would send."""
    if response.status_code != 200 or response.streaming or request.method not in ("GET", "HEAD"):
        return response
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    changed_at = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    conditional = get_conditional_response(request, etag=response["ETag"], last_modified=changed_at, response=response)
    if conditional is None or conditional is response:
        return response
    if conditional.status_code >= 400:
        conditional = _as_problem(request, conditional)
    for name in KEPT_WITHOUT_BODY & set(response.headers):
        conditional[name] = response[name]
    return conditional
