"""What a key looks like: `nrk_live_<prefix>_<secret><checksum>`.

The prefix names the key, the secret (32 letters of 62: 190 bits) proves it. The checksum tells a mistyped or cut key
without asking the database, and lets scanners of leaked secrets be sure of what they found.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
PREFIX_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH = 8, 32, 6
# Takes "nrk_live_4kQ9xZ2a_" with 38 letters and digits behind it; refuses anything longer, and line breaks.
_KEY = re.compile(r"nrk_live_(?P<prefix>[0-9A-Za-z]{8})_[0-9A-Za-z]{32}(?P<checksum>[0-9A-Za-z]{6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrittenKey:
    """A whole key, as its bearer has it. It is never stored and never logged."""

    text: str
    prefix: str

    def __repr__(self) -> str:
        return f"WrittenKey({self.prefix})"

    @property
    def hash(self) -> str:
        """SHA-256 is enough: nobody can try 2^190 secrets."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def new_key() -> WrittenKey:
    prefix = _random(PREFIX_LENGTH)
    body = f"nrk_live_{prefix}_{_random(SECRET_LENGTH)}"
    return WrittenKey(body + checksum_of(body), prefix)


def read_key(text: str) -> WrittenKey:
    """Raises ValueError where it cannot be a key of ours."""
    match = _KEY.fullmatch(text)
    if match is None or checksum_of(text[:-CHECKSUM_LENGTH]) != match["checksum"]:
        raise ValueError("not a key of ours")
    return WrittenKey(text, match["prefix"])


def checksum_of(body: str) -> str:
    """CRC-32 in base 62."""
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    return digits


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
