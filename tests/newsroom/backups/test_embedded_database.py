"""The embedded database is started for a backup where the desk is closed, and left alone where it is open."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from newsroom.backups import embedded_database
from newsroom.backups.embedded_database import reachable_database
from newsroom.backups.errors import BackupError
from newsroom.backups.making import backups_in
from newsroom.desk import only_desk
from newsroom.embedded import Cluster
from tests.backups import manage


@pytest.fixture
def var(settings) -> Iterator[Path]:
    """A folder that the account of PostgreSQL may enter."""
    with tempfile.TemporaryDirectory(prefix="newsroom-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        settings.VAR_DIR = Path(name)
        yield settings.VAR_DIR


def test_reachable_database_leaves_a_named_one_alone(monkeypatch):
    monkeypatch.setattr(embedded_database, "Cluster", None)
    named = dict(connection.settings_dict)

    with reachable_database(connection, alone=True):
        # Any look at the embedded one would have failed.
        assert connection.settings_dict == named


def test_reachable_database_refuses_to_restore_under_an_open_desk(var, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")

    with (
        only_desk(var, "http://127.0.0.1:8000/"),
        pytest.raises(BackupError, match="The desk runs already"),
        reachable_database(connection, alone=True),
    ):
        pass


@pytest.mark.timeout(300)
def test_backup_of_a_closed_desk_starts_its_database_and_stops_it_again(var):
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    without |= {"NEWSROOM_VAR": str(var)}
    # As the desk left it when it was closed; before, there is none.
    refused = manage("backup", str(var / "backups"), env=without)
    cluster = Cluster.of(var)
    migrated = manage("migrate", env=without | {"DATABASE_URL": cluster.start()})
    cluster.stop()

    done = manage("backup", str(var / "backups"), env=without)

    assert (refused.returncode, "There is no desk in the database" in refused.stderr) == (1, True)
    assert (migrated.returncode, done.returncode) == (0, 0), migrated.stderr + done.stderr
    assert len(backups_in(var / "backups")) == 1
    assert (var / "postgres" / "data" / "PG_VERSION").exists()
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()
