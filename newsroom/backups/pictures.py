"""The pictures of a backup.

The database's moment comes first, and then the files that its rows name. Uploading writes the file before the row and
nothing of ours ever deletes one, so each is there and whole, however much is uploaded meanwhile; small copies are left
out, for they are made again at the first look. A file that is gone all the same was taken away by hand: the backup
takes it from the one before, or goes without and says so.

A picture that the backup before holds is the same bytes under the same name, so it is linked, not copied: a nightly
backup takes the room of the new ones. It is read for that, and one that has changed on the disk is copied anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils._os import safe_join

from newsroom.backups.contents import MEDIA, digest_of, settle_folder

# Takes "images/ab/" with 64 digits and ".jpg" behind it: the name of a picture is the digest of its bytes.
BY_CONTENT = re.compile(r"(?:.*/)?(?P<digest>[0-9a-f]{64})(?:\.\w+)?", re.ASCII)


class Collector:
    """Brings pictures into a folder; `sums`, `bytes`, `missing` and `damaged` are what came of it."""

    def __init__(self, folder: Path, *, before: Path | None) -> None:
        self.folder, self.before = folder, before
        self.sums: dict[str, str] = {}
        self.bytes = 0
        self.missing: list[str] = []
        self.damaged: list[str] = []

    def collect(self, names: list[str], *, say: Callable[[str], None]) -> None:
        for number, name in enumerate(names, 1):
            say(f"Picture {number:,} of {len(names):,}")
            self._take(name)
        for folder in sorted({(self.folder / path).parent for path in self.sums}):
            settle_folder(folder)

    def _take(self, name: str) -> None:
        target = Path(safe_join(self.folder / MEDIA, name))
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = self._linked(name, target) or self._copied(name, target)
        if digest:
            self.sums[f"{MEDIA}/{name}"] = digest
            self.bytes += target.stat().st_size

    def _linked(self, name: str, target: Path) -> str:
        """Its digest, if the backup before holds just these bytes."""
        wanted = BY_CONTENT.fullmatch(name)
        if self.before is None or wanted is None:
            return ""
        kept = self.before / MEDIA / name
        with suppress(OSError):
            if digest_of(kept) == wanted["digest"]:
                os.link(kept, target)
                return wanted["digest"]
        return ""

    def _copied(self, name: str, target: Path) -> str:
        try:
            digest = digest_of(Path(safe_join(settings.MEDIA_ROOT, name)), copy_to=target)
        except FileNotFoundError:
            self.missing.append(name)
            return ""
        wanted = BY_CONTENT.fullmatch(name)
        if wanted and wanted["digest"] != digest:
            self.damaged.append(name)
        return digest
