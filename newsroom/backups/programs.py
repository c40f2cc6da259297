"""PostgreSQL's client programs (pg_dump, pg_restore, psql): found, chosen by version, and run on our database.

Older programs cannot read a newer server. Of those that can, the oldest are taken, for their archives are read most
widely: first those on the PATH, then Debian's, then those in the wheel of the embedded database.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from newsroom.backups.errors import BackupError
from newsroom.postgres_programs import wheel_folders

NEEDED = ("pg_dump", "pg_restore", "psql")
# From this version on they say SET transaction_timeout, which older servers do not know.
KNOWS_TRANSACTION_TIMEOUT = 17
LAST_LINES = 12
# Takes 'dumping contents of table "public.articles_article"', and pg_restore's 'processing data for table …'.
TABLE = re.compile(r'(?:dumping contents of|processing data for) table "?(?:public\.)?(?P<name>\w+)')


@dataclass(frozen=True, slots=True)
class ClientPrograms:
    """One installation: its folder, and what it calls its version."""

    folder: Path
    major: int
    version: str

    def run(
        self,
        program: str,
        *arguments: str,
        on: BaseDatabaseWrapper,
        hear: Callable[[str], None] = lambda line: None,
    ) -> None:
        """Runs one to its end; `hear` is given each line that it says. Raises BackupError with its last words."""
        with self.start(program, *arguments, on=on, stdin=subprocess.DEVNULL) as process:
            said = listen(process.stderr, hear)
        if process.returncode != 0:
            raise BackupError(f"{program} failed (status {process.returncode}):\n{said}")

    def start(
        self, program: str, *arguments: str, on: BaseDatabaseWrapper, stdin: int, stdout: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """A password goes by the environment: command lines are for every account of the machine to read."""
        return subprocess.Popen(
            [str(self.folder / program), *arguments],
            env=environment_of(on),
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
        )


def listen(stream: IO[bytes] | None, hear: Callable[[str], None]) -> str:
    """Reads what a program says to its end; returns the last lines of it."""
    last: list[str] = []
    assert stream is not None
    for line in stream:
        text = line.decode(errors="replace").rstrip()
        hear(text)
        last = [*last[1 - LAST_LINES :], text]
    return "\n".join(last)


def hearing_tables(say: Callable[[str], None]) -> Callable[[str], None]:
    """Says, of what pg_dump and pg_restore say, the tables that they come to."""

    def hear(line: str) -> None:
        if table := TABLE.search(line):
            say(f"Table {table['name']}")

    return hear


def programs_for(*, server: int, reading: int = 0) -> ClientPrograms:
    """Those that can talk to a server of that major version, and read archives that `reading` wrote.

    Raises:
        BackupError: there are none.
    """
    found = [programs for folder in folders() if (programs := look_into(folder))]
    fit = [programs for programs in found if programs.major >= max(server, reading)]
    if not fit:
        here = ", ".join(programs.version for programs in found) or "none"
        raise BackupError(
            f"This needs pg_dump, pg_restore and psql of PostgreSQL {max(server, reading)} or newer; found: {here}. "
            "Install the client programs of that version and see that they are on the PATH."
        )
    return min(fit, key=lambda programs: programs.major)


def folders() -> list[Path]:
    on_path = shutil.which("pg_dump")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return [*([Path(on_path).parent] if on_path else []), *debian, *wheel_folders()]


def look_into(folder: Path) -> ClientPrograms | None:
    """The installation in a folder; None where it is incomplete or does not run."""
    if not all((folder / program).exists() for program in NEEDED):
        return None
    try:
        said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    # Takes "pg_dump (PostgreSQL) 15.19 (Debian 15.19-0+deb12u1)", refuses "pg_dump 15".
    version = re.search(r"\) ((\d+)\S*)", said)
    return ClientPrograms(folder, int(version[2]), version[1]) if version else None


def environment_of(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """How libpq reaches the database of a connection; nothing of it stands on a command line."""
    settings = connection.settings_dict
    _, own = DatabaseClient.settings_to_cmd_args_env(settings, [])
    named = {"PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"]}
    named |= {"PGDATABASE": settings["NAME"], "PGOPTIONS": settings["OPTIONS"].get("options", "")}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return (
        inherited
        | {name: str(value) for name, value in named.items() if value}
        | dict(own or {})
        | {"PGAPPNAME": "newsroom backup", "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}
    )
