"""What takes its time says where it is, but not with every file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

# Takes 'dumping contents of table "public.articles_article"', and pg_restore's 'processing data for table …'.
TABLE = re.compile(r'(?:dumping contents of|processing data for) table "?(?:public\.)?(?P<name>\w+)')


class Progress:
    """Passes on at most one line in so many seconds; the first ones only once it takes its time."""

    def __init__(self, say: Callable[[str], None], *, seconds: float = 3) -> None:
        self._say, self._seconds, self._said_at = say, seconds, time.monotonic()

    def __call__(self, line: str) -> None:
        now = time.monotonic()
        if now - self._said_at >= self._seconds:
            self._said_at = now
            self._say(f"  {line} …")

    def hear_tables(self, line: str) -> None:
        """Of what pg_dump or pg_restore say, the table that they have come to."""
        if table := TABLE.search(line):
            self(f"Table {table['name']}")
