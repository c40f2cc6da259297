"""`format=`: an article in another form than our own."""

from __future__ import annotations

import hashlib
import json

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from articles.api.fields import reduced
from articles.api.ninjs import ninjs_of
from articles.api.ninjs_serializers import NinjsItemSerializer
from articles.api.serializers import ArticleSerializer
from articles.public_notation import encode

NINJS = "ninjs"
FORMAT = OpenApiParameter(
    "format", str, enum=[NINJS], description="Articles as IPTC ninjs 3.1. Not together with `fields`."
)


# Our own article object, or with `format=ninjs` an item of that standard: for the description of the API.
ARTICLE_IN_ANY_FORMAT, ARTICLES_IN_ANY_FORMAT = (
    PolymorphicProxySerializer(
        component_name="ArticleInAnyFormat",
        serializers=[ArticleSerializer, NinjsItemSerializer],
        resource_type_field_name=None,
        many=many,
    )
    for many in (False, True)
)


def asks_for_ninjs(request: Request) -> bool:
    """
    Raises:
        ValidationError: another format, or `fields` beside it.
    """
    given = request.query_params.get("format")
    if given is None:
        return False
    if given != NINJS:
        raise ValidationError({"format": [ErrorDetail(f"Only “{NINJS}”, or leave it out.", code="invalid_choice")]})
    if "fields" in request.query_params:
        message = "A ninjs item comes whole: leave out either fields or format."
        raise ValidationError({"fields": [ErrorDetail(message, code="not_with_format")]})
    return True


def rendered(document: bytes, fields: tuple[str, ...], *, is_ninjs: bool) -> bytes:
    """A stored document as it was asked for."""
    return encode(ninjs_of(json.loads(document))) if is_ninjs else reduced(document, fields)


def variant_of(fields: tuple[str, ...], *, is_ninjs: bool) -> str:
    """What tells one form of a document from its others, for its tag."""
    if is_ninjs:
        return NINJS
    return hashlib.sha256(",".join(fields).encode()).hexdigest()[:8] if fields else "whole"
