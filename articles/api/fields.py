"""`fields=`: only some parts of an article."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from articles.api.serializers import ArticleSerializer
from articles.public_notation import encode

FIELDS = OpenApiParameter("fields", str, description="Only these parts, with commas; id and version always come.")
# Without these nobody can apply a change.
ALWAYS = ("id", "version")


def chosen_fields(request: Request) -> tuple[str, ...]:
    """The parts asked for, in the order of the document; empty for all of them.

    Raises:
        ValidationError: an article has no part of that name.
    """
    given = request.query_params.get("fields")
    if given is None:
        return ()
    wanted = {name.strip() for name in given.split(",")}
    parts = tuple(ArticleSerializer().fields)
    unknown = sorted(wanted - set(parts))
    if unknown:
        message = f"An article has no “{unknown[0][:60]}”. It has {', '.join(parts)}."
        raise ValidationError({"fields": [ErrorDetail(message, code="unknown_field")]})
    return tuple(name for name in parts if name in wanted or name in ALWAYS)


def reduced(document: bytes, fields: tuple[str, ...]) -> bytes:
    """A stored document with these parts only."""
    if not fields:
        return document
    parts: dict[str, Any] = json.loads(document)
    return encode({name: parts[name] for name in parts if name in fields})
