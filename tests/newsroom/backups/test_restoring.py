"""A restore looks at everything first, and is whole or has not happened."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image as Picture
from psycopg import sql

from articles.models import Article, ChangeCounter, Image, Section
from newsroom import health
from newsroom.backups import contents, loading, restoring
from newsroom.backups.contents import DUMP, Manifest
from newsroom.backups.errors import BackupError
from newsroom.backups.making import make_backup
from newsroom.backups.restoring import restore
from newsroom.embedded import ROOT
from tests import databases
from tests.backups import content_of, files_under, manage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def backup(desk, settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    written = io.BytesIO()
    Picture.new("P", (3, 2)).save(written, "GIF")
    image = Image.objects.create(file=ContentFile(written.getvalue(), name="a.gif"), alt="A ship", credit="Newsroom")
    desk.live(image=image)
    made = make_backup(tmp_path / "backups", connection)
    settings.MEDIA_ROOT = tmp_path / "new media"
    return made


@pytest.fixture
def elsewhere(empty_database, on_database):
    """This process asks the empty database."""
    with on_database(empty_database):
        yield empty_database


def tables(url: str) -> int:
    with psycopg.connect(url) as own:
        return own.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()[0]


def rebuilt(backup: Path, *, manifest: dict | None = None, dump: bytes | None = None) -> None:
    """A backup that is whole by its digests, and wrong all the same."""
    if manifest is not None:
        written = contents.read_manifest(backup)
        Manifest(**(vars(written) | manifest)).write(backup)
    if dump is not None:
        (backup / DUMP).write_bytes(dump)
    sums = {path: contents.digest_of(backup / path) for path in contents.read_sums(backup)}
    contents.write_sums(backup, sums)


def test_restore_refuses_a_damaged_backup_before_it_touches_anything(backup, elsewhere, settings):
    picture = next((backup / "media").rglob("*.gif"))
    picture.write_bytes(picture.read_bytes()[:-1])

    with pytest.raises(BackupError, match="is not as it was written"):
        restore(backup, connection)

    assert tables(elsewhere) == 0
    assert not Path(settings.MEDIA_ROOT).exists()


def test_restore_refuses_a_database_with_something_in_it(backup):
    before = content_of(os.environ["DATABASE_URL"])

    with pytest.raises(BackupError, match="is not empty"):
        restore(backup, connection)

    assert content_of(os.environ["DATABASE_URL"]) == before


def test_restore_replaces_what_is_there_when_asked(backup, elsewhere):
    restore(backup, connection)
    epoch = ChangeCounter.objects.get().epoch
    Section.objects.create(slug="later", name="Made after the backup", ordinal=99)

    restore(backup, connection, replace=True)

    assert Article.objects.count() == 1
    assert not Section.objects.filter(slug="later").exists()
    assert ChangeCounter.objects.get().epoch != epoch
    assert health.CHECKS["broker"]()


def test_restore_refuses_while_others_are_connected(backup, elsewhere):
    with (
        psycopg.connect(elsewhere, application_name="a web process"),
        pytest.raises(BackupError, match=r"1 × a web process\. Stop web, worker, sender and beat first"),
    ):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_refuses_a_newer_newsroom(backup, elsewhere):
    rebuilt(backup, manifest={"migrations": {"articles": ["0001_initial", "9999_from_the_future"]}})

    with pytest.raises(BackupError, match=r"lacks: articles\.9999_from_the_future"):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_refuses_an_older_server(backup, elsewhere):
    rebuilt(backup, manifest={"server_major": 99, "server_version": "99.1"})

    with pytest.raises(BackupError, match=r"of PostgreSQL 99\.1, this server is PostgreSQL \d+: restore it to"):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_refuses_a_role_without_rights(backup, empty_database, on_database):
    role = f"{databases.own_name()}_guest"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'guest'").format(sql.Identifier(role)))
    own = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
    try:
        with on_database(empty_database):
            connection.settings_dict.update(USER=role, PASSWORD="guest")
            with pytest.raises(BackupError, match="may not make schemas and tables"):
                restore(backup, connection)
    finally:
        connection.close()
        connection.settings_dict.update(USER=own[0], PASSWORD=own[1])
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    assert tables(empty_database) == 0


def test_restore_refuses_when_the_pictures_have_no_room(backup, elsewhere):
    rebuilt(backup, manifest={"media_bytes": 10**18})

    with pytest.raises(BackupError, match="make room first"):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_of_half_a_dump_leaves_the_database_as_it_was(backup, elsewhere):
    """Digests that agree, and an archive that ends in the middle."""
    whole = (backup / DUMP).read_bytes()
    rebuilt(backup, dump=whole[: len(whole) * 2 // 3])

    with pytest.raises(BackupError, match="Nothing was restored, the database is as it was"):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_counts_the_rows_before_it_is_final(backup, elsewhere):
    rebuilt(backup, manifest={"counts": {"articles_article": 2}})

    with pytest.raises(BackupError, match="the table articles_article has not the 2 rows of the backup"):
        restore(backup, connection)

    assert tables(elsewhere) == 0


def test_restore_replacing_leaves_the_old_desk_where_it_fails(backup, elsewhere):
    restore(backup, connection)
    Section.objects.create(slug="later", name="Made after the backup", ordinal=99)
    before = content_of(elsewhere)
    rebuilt(backup, manifest={"counts": {"articles_article": 2}})

    with pytest.raises(BackupError, match="Nothing was restored"):
        restore(backup, connection, replace=True)

    assert content_of(elsewhere) == before
    assert health.CHECKS["broker"]()


def test_restore_cut_short_is_seen_and_goes_on(backup, elsewhere, monkeypatch):
    """The tables are in place, the queue is not."""

    def die(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_finish", die)
        with pytest.raises(KeyboardInterrupt):
            restore(backup, connection)
    epoch = ChangeCounter.objects.get().epoch
    seen = [health.CHECKS["restore"](), health.CHECKS["migrations"]()]
    heard: list[str] = []

    restore(backup, connection, say=heard.append)

    assert seen == [False, True]
    assert any("going on there" in line for line in heard)
    assert ChangeCounter.objects.get().epoch == epoch
    assert all(health.CHECKS[name]() for name in ("restore", "migrations", "broker"))


def test_restore_of_another_backup_does_not_go_on_with_this_one(backup, elsewhere, monkeypatch, tmp_path):
    monkeypatch.setattr(restoring, "_finish", lambda *args: None)
    restore(backup, connection)
    other = backup.rename(backup.with_name("newsroom-20200101T000000Z"))

    with pytest.raises(BackupError, match="is not empty"):
        restore(other, connection)


def test_restore_killed_by_force_is_repeated(backup, empty_database, settings):
    """While psql is in the middle of the transaction: it waits for a table of its own name that somebody makes."""
    with psycopg.connect(empty_database) as holder:
        # A table that is not committed: nobody sees it, and whoever makes one of its name waits.
        holder.execute("CREATE TABLE public.articles_quote (id int)")
        environment = os.environ | {"DATABASE_URL": empty_database, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
        code = (
            "import django; django.setup(); from newsroom.backups import restoring as r; "
            "r._OTHERS = r._OTHERS + ' LIMIT 0'; from django.core.management import call_command; "
            f"call_command('restore', {str(backup)!r})"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        wait_for_psql(empty_database)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        holder.rollback()
    deadline = time.monotonic() + 30
    while busy(empty_database):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    between = tables(empty_database)

    done = manage("restore", str(backup), url=empty_database, environment={"MEDIA_ROOT": str(settings.MEDIA_ROOT)})

    assert between == 0
    assert done.returncode == 0, done.stderr
    assert len(files_under(Path(settings.MEDIA_ROOT))) == 1


def busy(url: str) -> list:
    name = url.partition("?")[0].rpartition("/")[2]
    query = "SELECT wait_event_type FROM pg_stat_activity WHERE datname = %s AND application_name = 'newsroom backup'"
    with databases.maintenance() as server:
        return server.execute(query, [name]).fetchall()


def wait_for_psql(url: str) -> None:
    deadline = time.monotonic() + 60
    while ("Lock",) not in busy(url):
        assert time.monotonic() < deadline, "psql does not wait for the table"
        time.sleep(0.05)


def test_restore_says_when_the_key_is_another(backup, empty_database, tmp_path):
    environment = {"MEDIA_ROOT": str(tmp_path / "other"), "SECRET_KEY": "another key than that of the backup"}

    done = manage("restore", str(backup), url=empty_database, environment=environment)

    assert done.returncode == 0, done.stderr
    assert "WARNING: SECRET_KEY is not the one of the backup" in done.stdout
    assert "stories killed, withdrawn or corrected since" in done.stdout


def test_restore_asks_before_it_throws_anything_away(backup):
    before = content_of(os.environ["DATABASE_URL"])

    done = manage("restore", str(backup), "--replace", url=os.environ["DATABASE_URL"], input="no\n")

    assert (done.returncode, "Nothing was done." in done.stderr) == (1, True)
    assert content_of(os.environ["DATABASE_URL"]) == before


def test_understood_takes_out_what_older_servers_do_not_know(monkeypatch):
    beginning = b"SET statement_timeout = 0;\nSET transaction_timeout = 0;\nSET row_security = off;\n"

    class Older:
        pg_version = 160_004

    assert loading._understood(beginning, Older()) == b"SET statement_timeout = 0;\nSET row_security = off;\n"
    assert loading._understood(beginning, connection) == (beginning if connection.pg_version >= 170_000 else b"")


@pytest.mark.promise
def test_backup_of_debians_postgresql_15_stands_up_there(postgres15, tmp_path):
    """Migrated, backed up and restored by programs of that version, or of a newer one where it has none."""
    name = postgres15.rpartition("/")[0]
    with psycopg.connect(f"{name}/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE restored")
    media = {"MEDIA_ROOT": str(tmp_path / "media")}
    assert manage("migrate", "--verbosity=0", url=postgres15, environment=media).returncode == 0
    assert manage("install_queue", url=postgres15, environment=media).returncode == 0
    assert manage("backup", str(tmp_path / "backups"), url=postgres15, environment=media).returncode == 0
    (made,) = (tmp_path / "backups").glob("newsroom-*")

    done = manage("restore", str(made), url=f"{name}/restored", environment=media)

    assert done.returncode == 0, done.stderr
    assert content_of(f"{name}/restored").keys() == content_of(postgres15).keys()
