"""What may stand in a query string. Whatever cannot be understood is refused, never skipped or clamped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from urllib.parse import unquote_to_bytes, urlencode

from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.request import Request

LONGEST_VALUE = 1_000
LONGEST_CURSOR = 2_000
# Takes "frigate trials"; refuses "", " ", a tab, and the NUL character anywhere. Spaces and controls are written out,
# since every language means something else by \s: the description of the API has this very expression.
NOT_BLANK = re.compile(
    r"^[^\u0000]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000]*$"
)


def refuse_unreadable(request: Request) -> None:
    """Raises ParseError for bytes that are not UTF-8 and for the NUL character, which PostgreSQL cannot hold."""
    given = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1"))
    try:
        text = given.decode()
    except UnicodeDecodeError:
        raise ParseError("The query string is not UTF-8: percent-encode every byte of the UTF-8 form.") from None
    if "\0" in text or "\0" in request.path:
        raise ParseError("The address holds a NUL character (%00).")


def refuse_unknown(request: Request, known: Collection[str], *, repeatable: Collection[str] = ()) -> None:
    """Raises ValidationError with an entry for each parameter that is unknown, empty, too long or given twice."""
    wrong = {}
    for name, values in request.query_params.lists():
        problem = _problem_with(name, values, known, repeatable)
        if problem is not None:
            wrong[name[:100]] = [problem]
    if wrong:
        raise ValidationError(wrong)


def _problem_with(
    name: str, values: list[str], known: Collection[str], repeatable: Collection[str]
) -> ErrorDetail | None:
    if name not in known:
        return ErrorDetail(f"This resource takes {_listed(known)}.", code="unknown_parameter")
    if len(values) > 1 and name not in repeatable:
        return ErrorDetail("Give this parameter once.", code="repeated")
    if not all(NOT_BLANK.search(value) for value in values):
        return ErrorDetail("Give a value, or leave the parameter out.", code="blank")
    longest = LONGEST_CURSOR if name == "cursor" else LONGEST_VALUE
    if any(len(value) > longest for value in values):
        return ErrorDetail(f"At most {longest} characters.", code="too_long")
    return None


def _listed(known: Iterable[str]) -> str:
    return f"the parameters {', '.join(sorted(known))}" if known else "no parameters"


def digest_of(request: Request, revision: int, *, but: Collection[str] = ()) -> str:
    """A short name for path, parameters, whatever their order, and the revision of what the key selects; the
    parameters in `but` do not count."""
    pairs = sorted(
        (name, value) for name, values in request.query_params.lists() if name not in but for value in values
    )
    return hashlib.sha256(f"{revision}:{request.path}?{urlencode(pairs)}".encode()).hexdigest()[:16]
