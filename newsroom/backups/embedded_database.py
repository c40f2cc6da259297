"""The embedded database, for a command that needs it while the desk is closed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from newsroom.backups.errors import BackupError
from newsroom.desk import DeskError, only_desk
from newsroom.embedded import NOT_RUNNING_URL, Cluster
from newsroom.postgres_programs import EmbeddedDatabaseError


@contextmanager
def reachable_database(connection: BaseDatabaseWrapper, *, alone: bool = False) -> Iterator[None]:
    """Starts the embedded database for the length of the block where there is no other and it does not run.

    With `alone`, the desk must be closed, and cannot be opened meanwhile.

    Raises:
        BackupError: the desk is open, or the database does not start.
    """
    has_server = "DATABASE_URL" in os.environ
    is_running = connection.settings_dict["NAME"] != environ.Env.db_url_config(NOT_RUNNING_URL)["NAME"]
    if has_server or (is_running and not alone):
        yield
    else:
        try:
            with only_desk(settings.VAR_DIR, "backup or restore"), _started(connection):
                yield
        except (DeskError, EmbeddedDatabaseError) as error:
            raise BackupError(str(error)) from error


@contextmanager
def _started(connection: BaseDatabaseWrapper) -> Iterator[None]:
    cluster = Cluster.of(settings.VAR_DIR)
    url = cluster.start()
    connection.close()
    connection.settings_dict |= environ.Env.db_url_config(url)
    try:
        yield
    finally:
        connection.close()
        cluster.stop()
