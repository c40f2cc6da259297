"""The public site's one style sheet, put together from its parts: docs/decisions/0022-one-style-sheet.md.

A finder, so that Django's own ways serve, hash and compress it like any static file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "site/site.css"
PARTS_FOLDER = Path(__file__).parent / "static" / "site"
# In the order of the cascade. A page's own part stands after what it is made of, paper last.
PARTS = (
    "tokens",
    "furniture",
    "parts",
    "cards",
    "front",
    "reading",
    "story",
    "versions",
    "report",
    "standing",
    "archive",
    "entity",
    "timeline",
    "storyline",
    "compare",
    "map",
    "search",
    "feeds",
    "preview",
    "print",
)


class SiteStylesheetFinder(BaseFinder):
    """Finds the style sheet, written anew where a part has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "static")

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The path, or the list of it with `find_all`; an empty list where it is not this file."""
        if path != NAME:
            return []
        found = self._write()
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._write()
        yield NAME, self.storage

    def _write(self) -> str:
        target, text = Path(self.storage.path(NAME)), joined()
        if not target.exists() or target.read_text() != text:
            _replace(target, text)
        return str(target)


def joined() -> str:
    return "\n".join((PARTS_FOLDER / f"{part}.css").read_text() for part in PARTS)


def _replace(target: Path, text: str) -> None:
    """In one step, for several processes start at once and one may be killed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=target.parent, suffix=".css", delete=False) as written:
        written.write(text)
    Path(written.name).chmod(0o644)
    os.replace(written.name, target)
