"""Numbers as a story writes them, in figures or in words: 1,200, 3.5, two, thirty-four."""

from __future__ import annotations

import re

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


def numbers_in(text: str) -> dict[str, str]:
    """Each number as it is written, with its value as plain figures: {"1,200": "1200", "two": "2"}."""
    figures = {written: written.replace(",", "") for written in FIGURES.findall(text)}
    return figures | {written: str(_IN_WORDS[written.lower()]) for written in WORDS.findall(text)}
