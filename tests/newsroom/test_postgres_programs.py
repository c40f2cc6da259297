"""PostgreSQL's programs: found, versioned, and run under an account that may run them."""

import os
from pathlib import Path

import pytest

from newsroom import postgres_programs
from newsroom.postgres_programs import EmbeddedDatabaseError, Programs, find_programs, others_may_enter


def test_find_programs_takes_the_newest_of_the_wheel() -> None:
    assert find_programs().major == 18


def test_find_programs_says_what_to_do_where_there_are_none(monkeypatch) -> None:
    monkeypatch.setattr(postgres_programs, "wheel_folders", list)
    monkeypatch.setattr(postgres_programs, "system_folders", list)

    with pytest.raises(
        EmbeddedDatabaseError, match="DATABASE_URL=postgres://user:password@host:5432/newsroom make run"
    ):
        find_programs()


def test_unsupported_platform_message_names_musl(monkeypatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.libc_ver", lambda: ("", ""))

    assert "without glibc (Alpine and other musl systems)" in postgres_programs.unsupported_platform_message()


def test_run_hides_postgres_variables_of_the_person_at_the_keyboard(monkeypatch) -> None:
    monkeypatch.setenv("PGPORT", "1")
    programs = find_programs()

    printed = programs.run("pg_config", "--version", cwd=Path("/"))
    seen = Programs(folder=Path("/usr/bin"), major=0).run("env", cwd=Path("/")).stdout

    assert printed.stdout.startswith("PostgreSQL 18")
    assert not [line for line in seen.splitlines() if line.startswith("PG")]


@pytest.mark.parametrize(("mode", "may_enter"), [(0o755, True), (0o711, True), (0o750, False), (0o700, False)])
def test_others_may_enter_looks_at_the_folder(tmp_path: Path, mode: int, may_enter: bool, monkeypatch) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    folder.chmod(mode)
    monkeypatch.setattr(Path, "parents", (Path("/"),))

    assert others_may_enter(folder) is may_enter


def test_others_may_enter_looks_at_the_folders_above(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "open"
    inner.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)

    assert not others_may_enter(inner)


def test_copy_to_makes_programs_that_everybody_can_read(tmp_path: Path) -> None:
    source = tmp_path / "pginstall18"
    (source / "bin").mkdir(parents=True)
    (source / "bin" / "postgres").touch(mode=0o700)

    copied = Programs(folder=source / "bin", major=18).copy_to(tmp_path / "copy")

    assert copied == Programs(folder=tmp_path / "copy" / "bin", major=18)
    assert os.stat(copied.folder / "postgres").st_mode & 0o777 == 0o755


def test_copy_to_copies_again_what_was_half_copied(tmp_path: Path) -> None:
    source = tmp_path / "pginstall18"
    (source / "bin").mkdir(parents=True)
    (source / "bin" / "postgres").touch()
    (tmp_path / "copy" / "bin").mkdir(parents=True)

    copied = Programs(folder=source / "bin", major=18).copy_to(tmp_path / "copy")

    assert (copied.folder / "postgres").exists()
