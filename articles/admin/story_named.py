"""A field in which a colleague names a story of ours: by number, by address, or by words that only one has."""

from __future__ import annotations

import re

from articles.linkable_stories import find_stories
from articles.models import Article
from articles.states import GuardFailed

LONGEST = 300
# Of several that are meant by the same words.
NAMED = 5
# Takes "42", "#42" and what a choice of the list writes, "#42 Fleet returns"; refuses "42 ships return".
_NUMBERED = re.compile(r"#(\d{1,18})\b|(\d{1,18})\Z")


def story_named(written: str) -> Article:
    """
    Raises:
        GuardFailed: no story is meant by that, or more than one.
    """
    text = written.replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise GuardFailed("Say which story: its number, its address on the site, or words of its headline.")
    number = _NUMBERED.match(text)
    found = find_stories(f"#{number[1] or number[2]}" if number else text, limit=NAMED + 1)
    if not found:
        raise GuardFailed(f"No story is found by “{text}”.")
    if len(found) > 1:
        named = "; ".join(f"#{story.pk} {story}" for story in found[:NAMED])
        more = " and others" if len(found) > NAMED else ""
        raise GuardFailed(
            f"More than one story is found by “{text}”: {named}{more}. Write the number of the one you mean."
        )
    return found[0]
