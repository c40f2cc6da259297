"""Keyset cursors: where a page ended, signed, and good only for the query it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.db.models import Q

from articles.planned_query import mark_of

if TYPE_CHECKING:
    from django.db.models import Model

SIGNER = signing.Signer(salt="newsroom.api.cursor")


class BadCursor(ValueError):
    """Not one of ours, changed on its way, or of another query."""


def write_cursor(values: Sequence[Any], *, query: str) -> str:
    """The values of all order keys of a page's last row; `query` is the digest of the filter."""
    return SIGNER.sign_object([query, *(_written(value) for value in values)], compress=True)


def read_cursor(cursor: str, keys: Sequence[str], *, query: str) -> list[Any]:
    """The values for the order keys.

    Raises:
        BadCursor: with a sentence for the partner.
    """
    try:
        of_query, *values = SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadCursor("This cursor is broken: use next_cursor exactly as it was given.") from None
    if of_query != query or len(values) != len(keys):
        raise BadCursor(
            "This cursor belongs to another query: keep every parameter but page_size, or begin without a cursor."
        )
    return values


def rows_after(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after these values in the order of the keys ("-" for descending).

    The bound on the first key stands by itself, so that an index on it is used.
    """
    first, after = keys[0], Q()
    for place, key in enumerate(keys):
        equal = {name.removeprefix("-"): value for name, value in zip(keys[:place], values, strict=False)}
        after |= Q(**equal, **{_beyond(key): values[place]})
    return Q(**{f"{_beyond(first)}e": values[0]}) & after


def open_values(model: type[Model], keys: Sequence[str], values: Sequence[Any]) -> dict[Any, Any]:
    """The values of a cursor by marks that may stand in their places while a statement is written: of the same type, in
    the same order, and such as no row has. None where an order key is no column of the model: its type is not known."""
    names = [key.removeprefix("-") for key in keys]
    columns = {field.attname: field for field in model._meta.concrete_fields}
    if not columns.keys() >= set(names):
        return {}
    found = [columns[name].to_python(value) for name, value in zip(names, values, strict=True)]
    return {mark_of(value, place): value for place, value in enumerate(found)}


def _beyond(key: str) -> str:
    return f"{key.removeprefix('-')}__{'lt' if key.startswith('-') else 'gt'}"


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
