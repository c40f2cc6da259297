"""Packs the terms of a story into few bytes, to be read a hundred at a time.

A term becomes a number, its CRC-32: {“vostok”: 157} takes five bytes. Two stories share one number by accident
once in some 30,000 pairs, which moves their likeness by less than a hundredth. Leaves out: the words themselves;
whoever has a story in hand knows those of its own.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

HEAVIEST = 255
NUMBERS = "I"
SIZE = 5


@lru_cache(maxsize=50_000)
def number(term: str) -> int:
    """The number that stands for a term, the same in every process and at every time."""
    return crc32(term.encode("utf-8", "surrogatepass"))


def numbered(terms: Mapping[str, int]) -> dict[int, int]:
    """Terms with their weights, by number; a weight is 255 at most."""
    return {number(term): min(weight, HEAVIEST) for term, weight in terms.items()}


def pack(vector: Mapping[int, int]) -> bytes:
    """All numbers, four bytes each with the lowest first, and then all weights, a byte each."""
    return _turned(array(NUMBERS, vector)).tobytes() + bytes(vector.values())


class Vector:
    """Terms and their weights as they were packed, in the same order; no dictionary, which would cost more."""

    __slots__ = ("_numbers", "_weights")

    def __init__(self, numbers: array[int], weights: bytes | memoryview) -> None:
        self._numbers, self._weights = numbers, weights

    def keys(self) -> array[int]:
        return self._numbers

    def values(self) -> bytes | memoryview:
        return self._weights


def unpack(packed: bytes | memoryview) -> Vector:
    """What was packed. Raises ValueError for bytes of another form."""
    count, rest = divmod(len(packed), SIZE)
    if rest:
        raise ValueError(f"{len(packed)} bytes are no packed terms: five belong to each.")
    numbers = array(NUMBERS)
    numbers.frombytes(packed[: count * (SIZE - 1)])
    return Vector(_turned(numbers), packed[count * (SIZE - 1) :])


def _turned(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
