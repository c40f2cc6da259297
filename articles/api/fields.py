"""`fields=`: only some parts of an article."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from articles.api.serializers import ArticleSerializer
from articles.public_notation import encode

# Without these nobody can apply a change.
ALWAYS = ("id", "version")


@cache
def parts_of(document: type[Serializer[Any]]) -> tuple[str, ...]:
    return tuple(document().fields)


def fields_parameter(document: type[Serializer[Any]], *, of: str = "") -> OpenApiParameter:
    """As the description tells it, with the parts that there are."""
    names = ", ".join(parts_of(document))
    return OpenApiParameter(
        "fields", str, description=f"Only these parts{of}, with commas; id and version always come. There are {names}."
    )


FIELDS = fields_parameter(ArticleSerializer)


def chosen_fields(
    request: Request, document: type[Serializer[Any]] = ArticleSerializer, *, noun: str = "An article"
) -> tuple[str, ...]:
    """The parts asked for, in the order of the document; empty for all of them.

    Raises:
        ValidationError: the document has no part of that name.
    """
    given = request.query_params.get("fields")
    if given is None:
        return ()
    wanted = {name.strip() for name in given.split(",")}
    parts = parts_of(document)
    unknown = sorted(wanted - set(parts))
    if unknown:
        message = f"{noun} has no “{unknown[0][:60]}”. It has {', '.join(parts)}."
        raise ValidationError({"fields": [ErrorDetail(message, code="unknown_field")]})
    return tuple(name for name in parts if name in wanted or name in ALWAYS)


def reduced(document: bytes, fields: tuple[str, ...]) -> bytes:
    """A stored document with these parts only."""
    if not fields:
        return document
    parts: dict[str, Any] = json.loads(document)
    return encode({name: parts[name] for name in parts if name in fields})
