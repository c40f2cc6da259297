"""What an address or a form may hold that the database has no place for."""

from __future__ import annotations

# The digits of the greatest id.
LONGEST_KEY = 19
GREATEST_KEY = 2**63 - 1


def is_key(text: str) -> bool:
    """Whether the text can be a row's id: “42”; not “x”, and not five thousand digits."""
    return text.isdecimal() and len(text) <= LONGEST_KEY and int(text) <= GREATEST_KEY


def without_zero_signs(text: str) -> str:
    """PostgreSQL has no text with U+0000."""
    return text.replace("\x00", "")
