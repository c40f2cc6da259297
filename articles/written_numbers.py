"""Numbers as a story writes them, in figures or in words: 1,200, 3.5, two, thirty-four."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Takes 1,200 and 3.5; refuses the 34 of Su-34 and the 16 of F16.
FIGURES = re.compile(r"(?<![\w-])\d[\d,.]*\d|(?<![\w-])\d(?![\w-])")

_SMALL = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = ("one", *_SMALL[:8])
# "One" is a pronoun too, and is left out.
_IN_WORDS = (
    {word: number for number, word in enumerate(_SMALL, start=2)}
    | {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {
        f"{tens}-{unit}": number + place
        for number, tens in zip(range(20, 100, 10), _TENS, strict=True)
        for place, unit in enumerate(_UNITS, start=1)
    }
)
# Takes "Three" and "thirty-four"; of "thirty-four" it does not take "thirty" alone.
WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)


class WrittenNumber(NamedTuple):
    """As it is written, as plain figures, and where it ends in the text: ("1,200", "1200", 17), ("two", "2", 5)."""

    written: str
    value: str
    end: int


def read_numbers(text: str) -> Iterator[WrittenNumber]:
    """Those in figures, then those in words."""
    for match in FIGURES.finditer(text):
        yield WrittenNumber(match[0], match[0].replace(",", ""), match.end())
    for match in WORDS.finditer(text):
        yield WrittenNumber(match[0], str(_IN_WORDS[match[0].lower()]), match.end())


def numbers_in(text: str) -> dict[str, str]:
    """Each number as it is written, with its value as plain figures: {"1,200": "1200", "two": "2"}."""
    return {written: value for written, value, _ in read_numbers(text)}
