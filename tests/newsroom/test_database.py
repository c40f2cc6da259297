"""Kept connections: one that lives is asked nothing, one that was ended is found out before it is used."""

import socket
import time

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.db.backends.postgresql import base

from newsroom.database import base as ours

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 10


@pytest.fixture
def another():
    """A connection beside Django's own, to the same database."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.autocommit = True
        yield other


def own_pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(pid, another):
    another.execute("SELECT pg_terminate_backend(%s)", [pid])
    deadline = time.monotonic() + PATIENCE
    while another.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_no_machine_code_is_made():
    connection.close()

    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def wrapper_for(**settings):
    return ours.DatabaseWrapper(connection.settings_dict | settings, alias="other")


def test_a_server_that_says_nothing_is_given_up(monkeypatch):
    """As one whose machine has vanished; two seconds are the least that libpq knows."""
    monkeypatch.setitem(ours.PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        other = wrapper_for(HOST="127.0.0.1", PORT=silent.getsockname()[1])

        with pytest.raises(OperationalError, match="timeout"):
            other.ensure_connection()


def test_connection_is_given_up_in_time_unless_the_url_says_otherwise():
    with psycopg.connect(**wrapper_for().get_connection_params() | {"cursor_factory": psycopg.Cursor}) as opened:
        known = {option.keyword.decode(): option.val for option in opened.pgconn.info if option.val}

    said = wrapper_for(OPTIONS={"connect_timeout": 3}).get_connection_params()

    assert {name: int(known[name]) for name in ours.PATIENCE} == ours.PATIENCE
    assert (said["connect_timeout"], said["keepalives_idle"]) == (3, 30)


def test_a_connection_that_lives_is_not_asked(monkeypatch):
    own_pid()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: pytest.fail("asked the server"))

    assert connection.is_usable()


def test_a_connection_that_the_server_ended_is_not_usable(another):
    end(own_pid(), another)

    assert not connection.is_usable()
    connection.close()


def test_one_that_was_closed_is_not_usable():
    own_pid()
    connection.connection.close()

    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable()


def test_one_in_a_broken_transaction_is_not_usable():
    with transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError):
            cursor.execute("SELECT nothing_of_that_name")
        assert not connection.is_usable()
        transaction.set_rollback(True)

    assert connection.is_usable()


def test_one_that_has_something_to_say_is_asked_and_usable(another, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("LISTEN news")
    another.execute("NOTIFY news, 'fog'")
    deadline = time.monotonic() + PATIENCE
    plain, asked = base.DatabaseWrapper.is_usable, []
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: asked.append(self) or plain(self))
    while not asked:
        assert time.monotonic() < deadline
        assert connection.is_usable()

    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN news")


@pytest.mark.parametrize("address", ["/", "/api/v1/articles", "/api/v1/countries"])
def test_a_request_after_the_database_came_back_is_answered(client, another, address):
    """By the site, whose first statement is planned, and by the API."""
    assert client.get(address).status_code == 200
    end(own_pid(), another)
    connections["default"].health_check_done = False

    assert client.get(address).status_code == 200
