"""The migrated database of the last run, kept as a dump beside pytest's own cache: to restore it is far
less work than to migrate.

It is kept under a digest of all that it is made of (migrations, models, the queue, the version of every package and
of PostgreSQL), so that whatever changes there is migrated anew. Where everything is to be proved
(NEWSROOM_REQUIRE_ALL, as in .ci/run), nothing is kept and nothing is taken.
"""

import os
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import psycopg
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from newsroom.embedded import ROOT
from newsroom.postgres_programs import find_programs

FOLDER = ROOT / ".pytest_cache" / "schema"
# What migrations import, and what the queue is made of.
SOURCES = (
    "articles/models",
    "entities",
    "newsroom/partners/models",
    "newsroom/wire/models",
    "newsroom/accounts/models.py",
    "newsroom/broker.py",
)


def is_wanted(server: psycopg.Connection) -> bool:
    """Another server than ours, named by DATABASE_URL, may be of a version that our programs do not write for."""
    is_ours = server.info.server_version // 10_000 == find_programs().major
    return is_ours and not os.environ.get("NEWSROOM_REQUIRE_ALL")


def restore(server: psycopg.Connection, url: str) -> bool:
    """Fills the empty database at `url`; False, and nothing done, where nothing fitting is kept."""
    if not is_wanted(server) or not (kept := place()).exists():
        return False
    run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={url}", kept)
    return True


def keep(server: psycopg.Connection, url: str) -> None:
    """Keeps the database at `url` in place of what was kept before."""
    if not is_wanted(server):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = place()
    draft = kept.with_suffix(f".{os.getpid()}")
    run("pg_dump", "--format=custom", "--compress=0", f"--file={draft}", url)
    for older in FOLDER.glob("*.dump"):
        older.unlink(missing_ok=True)
    draft.rename(kept)


def run(program: str, *arguments: str | Path) -> None:
    subprocess.run([find_programs().folder / program, *arguments], check=True, stdin=subprocess.DEVNULL)


def place() -> Path:
    return FOLDER / f"{digest()}.dump"


def digest() -> str:
    made_of = sha256(f"PostgreSQL {find_programs().major}".encode())
    for line in sorted(f"{found.name}=={found.version}" for found in metadata.distributions()):
        made_of.update(line.encode())
    for path in sorted(set(sources())):
        made_of.update(str(path.relative_to(path.anchor)).encode() + path.read_bytes())
    return made_of.hexdigest()[:32]


def sources() -> Iterator[Path]:
    for config in apps.get_app_configs():
        module, _ = MigrationLoader.migrations_module(config.label)
        if module is not None:
            yield from Path(config.path, module.rpartition(".")[2]).glob("*.py")
    for name in SOURCES:
        found = ROOT / name
        yield from found.rglob("*.py") if found.is_dir() else [found] if found.exists() else []
