"""Advisory locks of PostgreSQL are numbers that the whole project shares."""

from __future__ import annotations

import re
from collections import Counter

from django.conf import settings

NUMBER = re.compile(r"^(ADVISORY_CLASS|\w*_LOCK) = ([\d_]+)$", re.MULTILINE)


def test_no_two_locks_have_the_same_number():
    """Those of a class have a second number beside it, and are another kind to the database."""
    found = Counter[tuple[bool, int]]()
    for package in ("articles", "entities", "newsroom"):
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            for name, number in NUMBER.findall(path.read_text(encoding="utf-8")):
                found[name == "ADVISORY_CLASS", int(number)] += 1

    assert len(found) >= 8
    assert [number for number, times in found.items() if times > 1] == []
