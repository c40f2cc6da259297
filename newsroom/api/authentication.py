"""Who asks: the bearer of a key, or nobody."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

REALM = "newsroom"


class KeyAuthentication(BaseAuthentication):
    """A key in the header `Authorization: Bearer …`. Nobody holds one yet, so each is refused: a bad key is
    an error, never an anonymous request."""

    def authenticate(self, request: Request) -> None:
        if get_authorization_header(request):
            raise AuthenticationFailed("This key is not valid. Leave the Authorization header out to read openly.")

    def authenticate_header(self, request: Request) -> str:
        return f'Bearer realm="{REALM}"'
