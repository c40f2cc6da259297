"""A backup is whole, or it is not there; and nothing secret is seen while it is made."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from PIL import Image as Picture
from psycopg import sql

from articles.models import Image
from newsroom.backups import making, programs
from newsroom.backups.checking import check
from newsroom.backups.contents import DUMP, read_sums
from newsroom.backups.errors import BackupError
from newsroom.backups.making import backups_in, forget_old, make_backup
from newsroom.embedded import ROOT
from tests import databases
from tests.backups import manage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def target(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "backups"


def picture(number: int) -> Image:
    """One so many pixels wide."""
    written = io.BytesIO()
    Picture.new("P", (number, 1)).save(written, "GIF")
    return Image.objects.create(file=ContentFile(written.getvalue(), name="a.gif"), alt="A ship", credit="Newsroom")


def test_make_backup_says_what_it_holds(target, desk):
    desk.live(image=picture(1))

    made = make_backup(target, connection)

    manifest = check(made)
    assert (manifest.counts["articles_article"], manifest.sequence, manifest.media_files) == (1, 1, 1)
    assert manifest.migrations["articles"][0] == "0001_initial"
    assert made.stat().st_mode & 0o077 == 0


def test_make_backup_refuses_a_database_without_a_desk(target, desk, empty_database, on_database):
    """A command that ran without the environment of the desk would take the place of real backups."""
    kept = make_backup(target, connection)

    with on_database(empty_database), pytest.raises(BackupError, match="no desk in the database"):
        make_backup(target, connection)

    assert [path.name for path in target.iterdir() if not path.name.startswith(".")] == [kept.name]


def test_make_backup_leaves_out_the_queue_sessions_and_the_key(target, desk, settings):
    desk.draft()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pgmq.q_default")
        assert cursor.fetchone()[0] > 0
        cursor.execute("INSERT INTO django_session VALUES ('signed-in-somebody', 'data', now() + interval '1 day')")

    made = make_backup(target, connection)

    chosen = programs.programs_for(server=connection.pg_version // 10_000)
    written = subprocess.run([chosen.folder / "pg_restore", "--file=-", made / DUMP], capture_output=True, check=True)
    assert b"articles_article" in written.stdout
    assert b"pgmq" not in written.stdout
    assert b"signed-in-somebody" not in written.stdout
    assert settings.SECRET_KEY not in (made / "manifest.json").read_text()


def test_make_backup_is_checked_by_sha256sum_too(target, desk):
    desk.live(image=picture(1))
    made = make_backup(target, connection)

    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made, capture_output=True)

    assert checked.returncode == 0, checked.stderr


def test_make_backup_links_pictures_of_the_backup_before_and_mends_a_damaged_one(target):
    first, second = picture(1), picture(2)
    before = make_backup(target, connection)
    (before / "media" / second.file.name).write_bytes(b"rotten")
    third = picture(3)

    made = make_backup(target, connection)

    check(made)
    same = [
        (made / "media" / image.file.name).samefile(before / "media" / image.file.name) for image in (first, second)
    ]
    assert same == [True, False]
    assert f"media/{third.file.name}" in read_sums(made)


def test_make_backup_names_a_picture_whose_file_is_gone(target):
    image, heard = picture(1), []
    Path(image.file.path).unlink()

    made = make_backup(target, connection, say=heard.append)

    assert check(made).media_missing == [image.file.name]
    assert any("WARNING" in line and image.file.name in line for line in heard)


def test_make_backup_killed_at_any_step_leaves_nothing_that_looks_whole(target, desk, monkeypatch):
    """A kill leaves what was written: here nothing is cleared up after the exception."""
    desk.live(image=picture(1))
    monkeypatch.setattr(making.shutil, "rmtree", lambda *args, **options: None)
    steps, left = ["_dump", "Collector", "_manifest", "write_sums"], []
    for step in steps:
        with monkeypatch.context() as patch:
            whole = getattr(making, step)

            def die(*args, whole=whole, **options):
                whole(*args, **options)
                raise KeyboardInterrupt

            patch.setattr(making, step, die)
            with pytest.raises(KeyboardInterrupt):
                make_backup(target, connection)
        left.append(len(backups_in(target)))
    monkeypatch.undo()

    make_backup(target, connection)

    assert left == [0] * len(steps)
    assert len(list(target.glob("*newsroom-*"))) == 2  # the lock, and the one backup
    assert len(backups_in(target)) == 1


def test_backup_killed_by_force_leaves_no_backup(target, desk):
    """While pg_dump runs: a table that somebody holds makes it wait."""
    desk.live()
    with psycopg.connect(os.environ["DATABASE_URL"]) as holder:
        holder.execute("LOCK TABLE articles_quote IN ACCESS EXCLUSIVE MODE")
        command = [sys.executable, "manage.py", "backup", str(target)]
        process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list(target.glob("*.unfinished")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    assert backups_in(target) == []
    make_backup(target, connection)
    assert [path.name for path in target.iterdir() if path.name.endswith(".unfinished")] == []


def test_backup_shows_no_password_on_any_command_line(target, desk, monkeypatch):
    seen: list[list[str]] = []
    started = subprocess.Popen

    def watched(command, **options):
        seen.append([str(part) for part in command])
        return started(command, **options)

    monkeypatch.setattr(programs.subprocess, "Popen", watched)

    make_backup(target, connection)

    password = connection.settings_dict["PASSWORD"]
    assert password
    assert [command[0].rpartition("/")[2] for command in seen][-1] == "pg_dump"
    assert not any(password in part for command in seen for part in command)


def test_make_backup_refuses_client_programs_that_are_too_old(target, monkeypatch):
    old = programs.ClientPrograms(Path("/usr/bin"), 9, "9.6")
    monkeypatch.setattr(programs, "look_into", lambda folder: old)

    with pytest.raises(BackupError, match=r"pg_dump, pg_restore and psql of PostgreSQL \d+ or newer; found: 9\.6"):
        make_backup(target, connection)

    assert backups_in(target) == []


def test_programs_for_takes_the_oldest_that_fit(monkeypatch):
    there = {Path(f"/{major}"): programs.ClientPrograms(Path(f"/{major}"), major, str(major)) for major in (18, 15, 16)}
    monkeypatch.setattr(programs, "folders", lambda: list(there))
    monkeypatch.setattr(programs, "look_into", there.get)

    assert programs.programs_for(server=16).major == 16
    assert programs.programs_for(server=15, reading=17).major == 18


def test_make_backup_says_which_right_is_lacking(target, desk, monkeypatch):
    """A role that may sign in and read some of the tables."""
    role = f"{databases.own_name()}_reader"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'reader'").format(sql.Identifier(role)))
    own = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
    connection.close()
    connection.settings_dict.update(USER=role, PASSWORD="reader")
    try:
        with pytest.raises(BackupError, match="permission denied for table"):
            make_backup(target, connection)
    finally:
        connection.close()
        connection.settings_dict.update(USER=own[0], PASSWORD=own[1])
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    assert backups_in(target) == []


def test_backup_to_a_full_disk_fails_and_leaves_nothing(target, desk):
    """No file may become longer than 20,000 bytes, as if the disk were full."""
    desk.live()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = manage("backup", str(target), preexec_fn=little_room)

    assert done.returncode == 1
    assert "pg_dump failed" in done.stderr
    assert [path.name for path in target.iterdir()] == [making.LOCK]


def test_make_backup_runs_once_at_a_time(target):
    target.mkdir()

    with making._only_one(target), pytest.raises(BackupError, match="Another backup is writing"):
        make_backup(target, connection)


def test_forget_old_keeps_the_newest_and_what_is_not_ours(target):
    for day in range(10, 14):
        (target / f"newsroom-202611{day}T000000Z").mkdir(parents=True)
        (target / f"newsroom-202611{day}T000000Z" / "manifest.json").write_text("{}")
    (target / "newsroom-by-hand").mkdir()

    gone = forget_old(target, keep=2)

    assert [path.name for path in gone] == ["newsroom-20261110T000000Z", "newsroom-20261111T000000Z"]
    assert sorted(path.name for path in target.iterdir()) == [
        making.LOCK,
        "newsroom-20261112T000000Z",
        "newsroom-20261113T000000Z",
        "newsroom-by-hand",
    ]


def test_backup_command_makes_keeps_and_verifies(target, desk, capsys):
    desk.live()

    call_command("backup", str(target), keep=1)
    call_command("backup", str(target), keep=1)
    (made,) = backups_in(target)
    call_command("backup", str(made), verify=True)

    said = capsys.readouterr().out
    assert said.count("is whole: Newsroom at") == 3
    assert "SECRET_KEY is not in it" in said
    assert "Deleted newsroom-" in said
    assert "newsroom_backup_age_seconds 0." in Client().get("/metrics").content.decode()


def damaged_dump(made: Path) -> str:
    whole = (made / DUMP).read_bytes()
    (made / DUMP).write_bytes(whole[: len(whole) // 2])
    return "database.dump is not as it was written"


def flipped_byte(made: Path) -> str:
    file = next((made / "media").rglob("*.gif"))
    file.write_bytes(file.read_bytes()[:-1] + b"\xff")
    return "gif is not as it was written"


def missing_picture(made: Path) -> str:
    next((made / "media").rglob("*.gif")).unlink()
    return "gif is missing"


def stranger_in_it(made: Path) -> str:
    (made / "media" / "more.gif").write_bytes(b"")
    return "media/more.gif does not belong to it"


def wrong_format(made: Path) -> str:
    manifest = json.loads((made / "manifest.json").read_text())
    (made / "manifest.json").write_text(json.dumps(manifest | {"format": 2}))
    return "is of format 2, and this Newsroom reads format 1"


def damaged_manifest(made: Path) -> str:
    (made / "manifest.json").write_text('{"format": 1')
    return "manifest.json cannot be read"


def changed_manifest(made: Path) -> str:
    text = (made / "manifest.json").read_text()
    (made / "manifest.json").write_text(text.replace('"Newsroom"', '"Newsroon"'))
    return "manifest.json is not as it was written"


def shorter_list(made: Path) -> str:
    lines = (made / "SHA256SUMS").read_text().splitlines(keepends=True)
    (made / "SHA256SUMS").write_text("".join(line for line in lines if ".gif" not in line))
    return "SHA256SUMS names 0 pictures instead of 1"


def no_list(made: Path) -> str:
    (made / "SHA256SUMS").unlink()
    return "SHA256SUMS cannot be read"


def way_out(made: Path) -> str:
    with (made / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  media/../../../etc/passwd\n")
    return "SHA256SUMS is damaged"


DAMAGES = (
    damaged_dump,
    flipped_byte,
    missing_picture,
    stranger_in_it,
    wrong_format,
    damaged_manifest,
    changed_manifest,
    shorter_list,
    no_list,
    way_out,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_verify_finds(target, damage):
    picture(1)
    made = make_backup(target, connection)
    expected = damage(made)

    with pytest.raises(CommandError) as refused:
        call_command("backup", str(made), verify=True)

    assert expected in str(refused.value)
