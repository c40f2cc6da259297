"""Whether a restore was cut short after its tables were in place: the database says so by a schema."""

from django.db.backends.base.base import BaseDatabaseWrapper

RESTORE_SCHEMA = "newsroom_restore"
_UNFINISHED = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"


def unfinished_restore(connection: BaseDatabaseWrapper) -> str:
    """The name of the backup that is being restored; else empty."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED, [RESTORE_SCHEMA])
        row = cursor.fetchone()
    return str(row[0]) if row else ""
