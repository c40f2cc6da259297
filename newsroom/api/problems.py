"""Every error of the API as an RFC 9457 problem document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework import exceptions

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One type of error, with its page under /api/v1/problems/. `help` says what to do about it."""

    slug: str
    status: int
    title: str
    help: str

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}/api/v1/problems/{self.slug}"


PROBLEMS = (
    Problem(
        "bad-request",
        400,
        "The request cannot be read",
        "Send the query string as percent-encoded UTF-8 without NUL characters, and well-formed headers.",
    ),
    Problem(
        "invalid-parameters",
        400,
        "A parameter is not valid",
        "Each entry of “errors” names a parameter and says what it takes. Nothing is ever skipped or clamped: "
        "mend or leave out each of them. A cursor is good only for the query it came from.",
    ),
    Problem(
        "invalid-body",
        400,
        "The body is not valid",
        "Each entry of “errors” points at a part of the JSON you sent and says what it takes. Send exactly the members "
        "that the description names.",
    ),
    Problem(
        "not-authenticated",
        401,
        "A key is needed",
        "Send your key as “Authorization: Bearer …”. Ask the newsroom for one if you have none.",
    ),
    Problem(
        "invalid-key",
        401,
        "The key is not valid",
        "Check that the key is whole, current and sent as “Bearer …”.",
    ),
    Problem(
        "forbidden",
        403,
        "The key may not do this",
        "Ask the newsroom for a key with the scope that is needed.",
    ),
    Problem(
        "not-found",
        404,
        "There is nothing here",
        "Check the address. An article that partners may not have is answered like one that does not exist.",
    ),
    Problem(
        "method-not-allowed",
        405,
        "The method is not allowed here",
        "The header “Allow” lists what this resource takes.",
    ),
    Problem("not-acceptable", 406, "Only JSON is served", "Send “Accept: application/json”, or no Accept header."),
    Problem(
        "resync-required",
        409,
        "Start again from the first page",
        "Page through /api/v1/articles again, delete what is not in it, and follow /api/v1/changes from the “after” "
        "of its first page.",
    ),
    Problem(
        "conflict",
        409,
        "It cannot be done as things stand",
        "“detail” says what stands in the way. Look at what is there, and try again when that has changed.",
    ),
    Problem(
        "gone",
        410,
        "The article is no longer public",
        "Take it off your pages. With “must_purge” true, delete every copy, caches and backups that you serve from "
        "included, and show the public note in its place if you show anything.",
    ),
    Problem("precondition-failed", 412, "The resource has changed", "Fetch it again and compare."),
    Problem("content-too-large", 413, "The body is too large", "Send only the members that the description names."),
    Problem(
        "address-too-long",
        414,
        "The address is too long",
        "Ask for fewer countries or words at once, and never put a key or a text into an address.",
    ),
    Problem(
        "unsupported-media-type",
        415,
        "The content type is not understood",
        "Send “Content-Type: application/json”.",
    ),
    Problem("too-many-requests", 429, "Too many requests", "Wait as many seconds as “Retry-After” says."),
    Problem("headers-too-large", 431, "A header is too large", "Send no cookies, and a key alone in Authorization."),
    Problem(
        "server-error",
        500,
        "Something broke on our side",
        "Try again. If it stays, tell us the request id; nothing you sent was wrong.",
    ),
)
BY_SLUG = {problem.slug: problem for problem in PROBLEMS}
# The first problem of a status stands for all errors of that status that have no problem of their own.
BY_STATUS = {problem.status: problem for problem in reversed(PROBLEMS)}


class InvalidBody(exceptions.ValidationError):
    """Something in the JSON that was sent."""


class Conflict(exceptions.APIException):
    """What was sent is good, and what is there does not permit it."""

    status_code = 409
    default_code = "conflict"


OF_EXCEPTION: dict[type[Exception], str] = {
    Conflict: "conflict",
    InvalidBody: "invalid-body",
    exceptions.ValidationError: "invalid-parameters",
    exceptions.AuthenticationFailed: "invalid-key",
}
UNNAMED = {
    404: "There is nothing at this address.",
    500: "The request could not be answered. The newsroom's log has the reason under this request id.",
}


def handle_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. What is not an answer of ours is left to Django, which logs it;
    the middleware then makes a problem document of its 500."""
    error = _as_api_exception(error)
    if not isinstance(error, exceptions.APIException):
        return None
    problem = _problem_of(error)
    members = dict(getattr(error, "members", {}))
    if isinstance(error, exceptions.ValidationError):
        members["errors"] = list(_errors(error.detail, in_body=isinstance(error, InvalidBody)))
    detail = _sentence(members["errors"]) if "errors" in members else str(error.detail)
    response = problem_response(problem, detail, request_id=_request_id(context["request"]), members=members)
    if getattr(error, "auth_header", ""):
        response["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        response["Retry-After"] = str(int(error.wait) + 1)
    return response


def problem_of_status(status: int) -> Problem:
    """The problem for an error that Django or another middleware answered."""
    return BY_STATUS.get(status) or BY_STATUS[400 if status < 500 else 500]


def problem_response(
    problem: Problem,
    detail: str,
    *,
    request_id: str,
    status: int | None = None,
    members: Mapping[str, Any] | None = None,
) -> HttpResponse:
    document = {
        "type": problem.url,
        "title": problem.title,
        "status": status or problem.status,
        "detail": detail,
        "request_id": request_id,
        **(members or {}),
    }
    body = json.dumps(document, ensure_ascii=False)
    response = HttpResponse(body.encode(errors="replace"), status=document["status"], content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def _as_api_exception(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError("The request was refused: it has too many or malformed parts.")
    return error


def _problem_of(error: exceptions.APIException) -> Problem:
    for kind, slug in OF_EXCEPTION.items():
        if isinstance(error, kind):
            return BY_SLUG[slug]
    return problem_of_status(error.status_code)


def _errors(detail: Any, *, in_body: bool) -> Any:
    """One entry for each thing that is wrong, with where it stands, a code and a sentence."""
    if not isinstance(detail, dict):
        detail = {"": detail}
    for name, messages in detail.items():
        for message in messages:
            where = {"pointer": f"/{name}" if name else ""} if in_body else {"parameter": name} if name else {}
            yield {**where, "code": getattr(message, "code", "invalid"), "detail": str(message)}


def _sentence(errors: list[dict[str, str]]) -> str:
    where = errors[0].get("parameter") or errors[0].get("pointer", "").removeprefix("/") or "request"
    first = f"{where}: {errors[0]['detail']}"
    return first if len(errors) == 1 else f"{first} And {len(errors) - 1} more, see “errors”."


def _request_id(request: Any) -> str:
    return getattr(request, "request_id", "")
