"""The order of a page's places as it was typed: which number goes where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def wrong_numbers(typed: Mapping[int, str]) -> dict[int, str]:
    """What is wrong with what was typed beside each number; `typed` has every number of the page."""
    most = len(typed)
    told = {number: f"Write a number from 1 to {most}." for number, text in typed.items() if not _fits(text, most)}
    times = Counter(_movers(typed).values())
    for number, to in _movers(typed).items():
        if times[to] > 1:
            told[number] = f"Two are to stand at number {to}. Give one of them another."
    return told


def new_numbers(typed: Mapping[int, str]) -> dict[int, int]:
    """From each number to the one that it gets. What is driven out takes a number that became free: so two change
    places where one number was typed."""
    movers = _movers(typed)
    taken = set(movers.values())
    free = [number for number in sorted(movers) if number not in taken]
    driven_out = [number for number in sorted(taken) if number not in movers]
    return {number: number for number in typed} | movers | dict(zip(driven_out, free, strict=True))


def _movers(typed: Mapping[int, str]) -> dict[int, int]:
    return {number: int(text) for number, text in typed.items() if _fits(text, len(typed)) and int(text) != number}


def _fits(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most
