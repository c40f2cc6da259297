"""What people were told: written down only after an answer said so. Whoever got no answer was told nothing."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Ledger:
    """Each entry names the story (or picture) by its number; marks are words that stand nowhere else."""

    saves: list[tuple[int, str]] = field(default_factory=list)
    imports: list[tuple[int, str]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    published: list[int] = field(default_factory=list)
    scheduled: list[tuple[int, datetime]] = field(default_factory=list)
    corrected: list[tuple[int, str]] = field(default_factory=list)
    killed: list[int] = field(default_factory=list)
    # Answers by what they were: done, refused, lost.
    answers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, answer: str) -> None:
        with self.lock:
            self.answers[answer] += 1
