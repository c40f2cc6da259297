"""What partners send: JSON, and not much of it."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail, ParseError
from rest_framework.parsers import JSONParser

from newsroom.api.problems import InvalidBody

# Nothing that is sent here is longer than a few addresses.
LARGEST_BODY = 64 * 1024


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = f"A body may have {LARGEST_BODY // 1024} kB."


class SmallJsonParser(JSONParser):
    """DRF's, with a limit to what is read, also where it is nested without end."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise TooLarge
        try:
            return super().parse(BytesIO(body), media_type, parser_context)
        except (ParseError, RecursionError) as error:
            reason = str(error) if isinstance(error, ParseError) else "It is nested too deeply."
            raise InvalidBody({"": [ErrorDetail(f"Send well-formed JSON. {reason}", code="malformed")]}) from None
