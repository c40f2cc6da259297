"""Whether a backup is whole: each file there, none besides, each as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsroom.backups.contents import DUMP, MANIFEST, MEDIA, SUMS, Manifest, digest_of, read_manifest, read_sums
from newsroom.backups.errors import BackupError

SHOWN = 10


def check(folder: Path, *, say: Callable[[str], None] = lambda line: None) -> Manifest:
    """Reads every byte of a backup; what it holds. Raises BackupError with everything that is wrong."""
    if not folder.is_dir():
        raise BackupError(f"{folder} is no folder: name one that `manage.py backup` made.")
    manifest, sums = read_manifest(folder), read_sums(folder)
    wrong = [*_unlisted(folder, sums), *_unexpected(manifest, sums)]
    for number, (path, digest) in enumerate(sums.items(), 1):
        say(f"Checking file {number:,} of {len(sums):,}")
        wrong += _wrong_with(folder / path, path, digest)
    if wrong:
        more = f"\n  … and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise BackupError(f"{folder} is damaged:\n  " + "\n  ".join(wrong[:SHOWN]) + more + "\nTake another backup.")
    return manifest


def _wrong_with(file: Path, path: str, digest: str) -> list[str]:
    try:
        return [] if digest_of(file) == digest else [f"{path} is not as it was written"]
    except FileNotFoundError:
        return [f"{path} is missing"]
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror}"]


def _unlisted(folder: Path, sums: dict[str, str]) -> list[str]:
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    return [f"{path} does not belong to it" for path in sorted(there - set(sums) - {SUMS})]


def _unexpected(manifest: Manifest, sums: dict[str, str]) -> list[str]:
    """A list of digests that lost some of its lines."""
    wrong = [f"{SUMS} does not name {name}" for name in (MANIFEST, DUMP) if name not in sums]
    pictures = sum(path.startswith(f"{MEDIA}/") for path in sums)
    if pictures != manifest.media_files:
        wrong.append(f"{SUMS} names {pictures} pictures instead of {manifest.media_files}")
    return wrong
