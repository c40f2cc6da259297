"""Keys, passwords and tokens that others could know or guess."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

# What examples and generators put where a key belongs.
KNOWN = (
    "django-insecure",
    "put-here",
    "changeme",
    "change-me",
    "secret-key",
    "secretkey",
    "example",
    "your-",
    "password",
    "0123456789",
)
MAKE_ONE = 'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'


@dataclass(frozen=True, slots=True)
class Least:
    """Characters, and bits by the frequency of its characters."""

    characters: int
    bits: int


# What `secrets.token_urlsafe(48)` gives has 64 and over 300.
OF_A_KEY = Least(50, 180)
# Asked of a server that everybody reaches, as often as they like.
OF_A_TOKEN = Least(20, 45)
# Asked of a database or a broker, which stands in no public network.
OF_A_PASSWORD = Least(12, 25)


def why_weak(word: str, least: Least = OF_A_KEY) -> str:
    """What is wrong with it; empty where nothing is."""
    if not word:
        return "is not set"
    if any(known in word.lower() for known in KNOWN):
        return "looks like one from an example, which others know"
    if len(word) < least.characters:
        return f"has {len(word)} characters, and {least.characters} is the least"
    if len(set(word)) < 5 or _bits(word) < least.bits:
        return "repeats itself and could be guessed"
    return ""


def _bits(word: str) -> float:
    counts = Counter(word).values()
    return -sum(count * math.log2(count / len(word)) for count in counts)
