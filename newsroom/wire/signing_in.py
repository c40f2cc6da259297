"""What a source signs in with: checked when it is given, sealed while it is kept, unsealed for a fetch alone."""

from __future__ import annotations

import base64
import re
from urllib.parse import urlsplit

from newsroom.sealing import WIRE
from newsroom.wire.models import WireSource

SignIn = WireSource.SignIn
PORTS = {"http": 80, "https": 443}
# A field name of HTTP (RFC 9110, 5.1).
FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# What a request says of itself, and what belongs to the connection.
OURS = {"accept", "accept-encoding", "expect", "host", "if-modified-since", "if-none-match", "user-agent"}
OURS |= {
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}


class BadSignIn(Exception):
    """What an editor is told, and of which field: `name` or `secret`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def headers_of(source: WireSource) -> dict[str, str]:
    """What a request carries so that the agency knows us.

    Raises:
        Unreadable: the secret was sealed with a key that is gone.
    """
    if source.sign_in == SignIn.NONE:
        return {}
    secret = WIRE.unseal(source.sealed_secret)
    if source.sign_in == SignIn.HEADER:
        return {source.sign_in_name: secret}
    if source.sign_in == SignIn.BEARER:
        return {"Authorization": f"Bearer {secret}"}
    # RFC 7617 leaves the encoding open; servers of today take UTF-8.
    pair = base64.b64encode(f"{source.sign_in_name}:{secret}".encode()).decode("ascii")
    return {"Authorization": f"Basic {pair}"}


def sign_in_with(source: WireSource, kind: str, *, name: str, secret: str, url: str) -> None:
    """Set what a source signs in with, unsaved. `url` is where it is to be asked from now on.

    An empty secret leaves the kept one where it is, but on the same server only: whoever may change an address would
    otherwise have it sent to themselves.

    Raises:
        BadSignIn: something lacks, or no request could carry it.
    """
    if kind == SignIn.NONE:
        source.sign_in, source.sign_in_name, source.sealed_secret = SignIn.NONE, "", ""
        return
    name = "" if kind == SignIn.BEARER else _checked_name(kind, name)
    if kind != SignIn.BASIC:
        # What was pasted; in a password, blanks may be meant.
        secret = secret.strip()
    if secret:
        sealed = WIRE.seal(_checked_secret(kind, secret))
    elif not source.sealed_secret:
        raise BadSignIn("secret", "Type the password, token or key that the agency has given us.")
    elif server_of(url) != server_of(source.url):
        raise BadSignIn("secret", "The address is on another server now: type it again.")
    elif kind != source.sign_in:
        raise BadSignIn("secret", "We sign in with something else now: type it.")
    else:
        sealed = source.sealed_secret
    source.sign_in, source.sign_in_name, source.sealed_secret = kind, name, sealed


def server_of(url: str) -> tuple[str, str, int | None]:
    """Scheme, name and port, the usual one where none is named. Raises ValueError for what is no address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme)


def _checked_name(kind: str, name: str) -> str:
    name = name.strip()
    if not name:
        raise BadSignIn("name", "Type the name." if kind == SignIn.BASIC else "Type the header, such as X-Api-Key.")
    if kind == SignIn.BASIC and (":" in name or not name.isprintable()):
        raise BadSignIn("name", "A name has no colon and no characters that cannot be seen.")
    if kind == SignIn.HEADER and not FIELD_NAME.fullmatch(name):
        raise BadSignIn("name", "A header is called by letters, digits and hyphens, such as X-Api-Key.")
    if kind == SignIn.HEADER and name.lower() in OURS:
        raise BadSignIn("name", "This header is ours to write: ask the agency in which one the key belongs.")
    return name


def _checked_secret(kind: str, secret: str) -> str:
    if not secret.isprintable():
        raise BadSignIn("secret", "It holds a line break or a character that cannot be seen: paste it anew.")
    if kind != SignIn.BASIC and not secret.isascii():
        raise BadSignIn("secret", "A token or key has no letters beyond ASCII: paste it anew.")
    if kind == SignIn.BEARER and " " in secret:
        raise BadSignIn("secret", "A token has no spaces; leave “Bearer” away.")
    return secret
