"""The JSON that partners send, taken strictly: an object, of known members, each of its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from newsroom.api.problems import InvalidBody


def texts_of(request: Request, longest: Mapping[str, int], *, required: str = "") -> dict[str, str]:
    """The members of the body, all text of at most so many characters; `required` must be there.

    Raises:
        InvalidBody: with an entry for each that is not so.
    """
    body = object_of(request)
    wrong = {str(name)[:100]: _refusal(_only(longest), "unknown_member") for name in body if name not in longest}
    for name, most in longest.items():
        if name in body:
            problem = _problem_with(body[name], most)
            if problem:
                wrong[name] = problem
    if required and required not in body:
        wrong[required] = _refusal("This is needed.", "required")
    if wrong:
        raise InvalidBody(wrong)
    return dict(body)


def refuse_members(request: Request) -> None:
    """Raises InvalidBody where there is anything in the body."""
    if object_of(request):
        raise InvalidBody({"": _refusal("Send nothing, or an empty object.", "unknown_member")})


def object_of(request: Request) -> dict[str, Any]:
    body = request.data
    if not isinstance(body, dict):
        raise InvalidBody({"": _refusal("Send a JSON object.", "invalid")})
    return body


def _problem_with(value: Any, most: int) -> list[ErrorDetail] | None:
    if not isinstance(value, str):
        return _refusal("Text, in quotation marks.", "invalid")
    if len(value) > most:
        return _refusal(f"At most {most} characters.", "max_length")
    # PostgreSQL holds no NUL, and UTF-8 no half of a pair.
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        return _refusal("Text without NUL and without halves of surrogate pairs.", "invalid")
    return None


def _only(known: Mapping[str, int]) -> str:
    return f"Only {', '.join(f'“{name}”' for name in sorted(known))} {'is' if len(known) == 1 else 'are'} taken."


def _refusal(sentence: str, code: str) -> list[ErrorDetail]:
    return [ErrorDetail(sentence, code=code)]
