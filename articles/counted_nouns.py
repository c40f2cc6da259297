"""A number with its noun, as sentences to people say it."""

from __future__ import annotations


def count_of(number: int, one: str, several: str) -> str:
    """“1 story”, “2 stories”; a verb that goes with it may stand in both: “1 story waits”."""
    return f"{number} {one if number == 1 else several}"


def count_of_stories(number: int) -> str:
    return count_of(number, "story", "stories")
