"""What is in a backup, and where.

    newsroom-20261126T031500Z/
        manifest.json     what the desk was at the moment of the backup
        database.dump     pg_dump's custom format
        media/…           the pictures, under the names that the database has for them
        SHA256SUMS        the digest of each of these files, as `sha256sum --check SHA256SUMS` reads it

Being whole is a matter of the name: until the last byte is on the disk, the folder is called otherwise.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from newsroom.backups.errors import BackupError

FORMAT = 1
MANIFEST, DUMP, MEDIA, SUMS = "manifest.json", "database.dump", "media", "SHA256SUMS"
# Takes "newsroom-20261126T031500Z", refuses ".newsroom-20261126T031500Z.unfinished".
NAME = re.compile(r"newsroom-\d{8}T\d{6}Z", re.ASCII)
# Takes a line of sha256sum's: 64 digits, two blanks, a path within the folder.
SUM_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>(?!/)[^\0\n]+)", re.ASCII)
PIECE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """The desk at the moment of the backup. `counts` are rows by table, `migrations` names by app."""

    format: int
    site_name: str
    site_url: str
    snapshot_at: str
    server_version: str
    server_major: int
    pg_dump_version: str
    pg_dump_major: int
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    epoch: str
    sequence: int
    database_bytes: int
    media_files: int
    media_bytes: int
    media_missing: list[str]
    secret_key_fingerprint: str

    def write(self, folder: Path) -> None:
        write_durably(folder / MANIFEST, json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupError where this is no backup, or one that another version of Newsroom must read."""
    path = folder / MANIFEST
    try:
        written: dict[str, Any] = json.loads(path.read_text())
        version = written["format"]
    except FileNotFoundError:
        raise BackupError(f"{folder} is no backup: it has no {MANIFEST}.") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{path} cannot be read ({error}): this backup is damaged, take another one.") from error
    if version != FORMAT:
        raise BackupError(f"{folder} is of format {version}, and this Newsroom reads format {FORMAT}.")
    known = {field.name for field in fields(Manifest)}
    if lacking := known - set(written):
        raise BackupError(f"{path} lacks {', '.join(sorted(lacking))}: this backup is damaged, take another one.")
    return Manifest(**{name: written[name] for name in known})


def digest_of(path: Path, *, copy_to: Path | None = None) -> str:
    """The digest of a file; on the way it is copied, and the copy is on the disk when this returns."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        if copy_to is None:
            for piece in _pieces(source.read):
                digest.update(piece)
        else:
            with copy_to.open("wb") as target:
                for piece in _pieces(source.read):
                    digest.update(piece)
                    target.write(piece)
                settle(target.fileno(), flush=target.flush)
    return digest.hexdigest()


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(PIECE):
        yield piece


def write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as target:
        target.write(text)
        settle(target.fileno(), flush=target.flush)


def settle(number: int, *, flush: Callable[[], None] = lambda: None) -> None:
    """What was written is on the disk when this returns."""
    flush()
    os.fsync(number)


def settle_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def write_sums(folder: Path, sums: dict[str, str]) -> None:
    write_durably(folder / SUMS, "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())))


def read_sums(folder: Path) -> dict[str, str]:
    """The digest of each file. Raises BackupError where the list is gone or damaged."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder / SUMS} cannot be read ({error}): this is no whole backup.") from error
    matches = [SUM_LINE.fullmatch(line) for line in lines]
    if not all(matches) or any(".." in Path(match["path"]).parts for match in matches if match):
        raise BackupError(f"{folder / SUMS} is damaged: take another backup.")
    return {match["path"]: match["digest"] for match in matches if match}


def fingerprint_of(secret_key: str) -> str:
    """By which a SECRET_KEY is known again, and not found out: one derived for this alone, cut to 32 bits."""
    derived = HKDF(algorithm=SHA256(), length=4, salt=None, info=b"newsroom.backups.fingerprint.v1")
    return derived.derive(secret_key.encode()).hex()
