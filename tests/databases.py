"""The databases of a test run: one migrated template, and a copy of it for each worker.

A copy takes a tenth of a second, a migration seconds. Names carry the run's number, for with DATABASE_URL
several runs may share a server.
"""

import os

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from newsroom import broker
from tests import kept_schema

# Any number will do; it must only be the same in every worker.
TEMPLATE_LOCK = 20_260_117


def run_name() -> str:
    return f"test_newsroom_{os.environ['NEWSROOM_TEST_RUN']}"


def template_name() -> str:
    return f"{run_name()}_template"


def own_name() -> str:
    return os.environ["DATABASE_URL"].partition("?")[0].rpartition("/")[2]


def maintenance() -> psycopg.Connection:
    """A connection to the server's own database, outside of any transaction."""
    return psycopg.connect(url_of("postgres"), autocommit=True)


def url_of(name: str) -> str:
    """The address of another database on the server of the tests."""
    address, _, options = os.environ["DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")


def make_own() -> None:
    with maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if not exists(server, template_name()):
            make_template(server)
        server.execute("SELECT pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
        drop(server, own_name())
        copy_template(server)


def exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def make_template(server: psycopg.Connection) -> None:
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template_name())))
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = template_name()
    try:
        if not kept_schema.restore(server, url_of(template_name())):
            call_command("migrate", verbosity=0)
            broker.install(connection)
            kept_schema.keep(server, url_of(template_name()))
    except BaseException:
        connection.close()
        drop(server, template_name())
        raise
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def copy_template(server: psycopg.Connection) -> None:
    names = {"own": sql.Identifier(own_name()), "template": sql.Identifier(template_name())}
    server.execute(sql.SQL("CREATE DATABASE {own} TEMPLATE {template}").format(**names))


def renew_own() -> None:
    connections.close_all()
    with maintenance() as server:
        drop(server, own_name())
        copy_template(server)


def drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_own() -> None:
    connections.close_all()
    with maintenance() as server:
        drop(server, own_name())


def drop_template() -> None:
    with maintenance() as server:
        drop(server, template_name())
