"""Who asks: the bearer of a key, or nobody."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from articles.api.positions import Position
from newsroom.partners.admission import Bearer, NotAdmitted, admit
from newsroom.partners.key_format import WrittenKey, read_key

REALM = "newsroom"
FEED = "/api/v1/changes"


class KeyAuthentication(BaseAuthentication):
    """A key in the header `Authorization: Bearer …`, and nowhere else. A bad key is an error, never an anonymous
    request. The one statement that knows the key also counts the request; the verdict on that is the throttle's.
    """

    def authenticate(self, request: Request) -> tuple[None, Bearer] | None:
        header = get_authorization_header(request)
        if not header:
            return None
        try:
            bearer = admit(_key_in(header), poll=_poll(request), is_counted=not _holds_a_copy(request))
        except NotAdmitted as refusal:
            raise AuthenticationFailed(str(refusal)) from None
        # The middleware writes what is left of the allowance on whatever is answered.
        request._request.allowance = bearer.allowance
        return None, bearer

    def authenticate_header(self, request: Request) -> str:
        return f'Bearer realm="{REALM}"'


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a key is sent, for the description of the API."""

    target_class = "newsroom.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "nrk_live_<prefix>_<secret><checksum>"}


def _key_in(header: bytes) -> WrittenKey:
    scheme, _, text = header.partition(b" ")
    if scheme.lower() != b"bearer":
        raise AuthenticationFailed("Send the key as “Authorization: Bearer nrk_live_…”; nothing else is understood.")
    try:
        return read_key(text.strip().decode("ascii"))
    except ValueError:
        message = "This is not a whole key: copy it again, from “nrk_live_” to its end, or ask the newsroom for one."
        raise AuthenticationFailed(message) from None


def _holds_a_copy(request: Request) -> bool:
    """Whether it may be answered with 304, which is not counted."""
    return request.method in ("GET", "HEAD") and not {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}.isdisjoint(
        request.META
    )


def _poll(request: Request) -> Position | None:
    """Where the bearer stands in the log, when it asks for the feed."""
    if request.path != FEED:
        return None
    try:
        return Position.read(request.query_params.get("after", ""))
    except ValueError:
        return None
