"""The queue inside the database: installed once, named by a URL, emptied on request."""

import pytest
from django.core.management import call_command
from django.db import connection

from newsroom import broker
from newsroom.celery import app

DATABASE = {"USER": "desk", "PASSWORD": "p@ss/word", "HOST": "db.example", "PORT": 5433, "NAME": "news room"}


def test_url_for_quotes_what_a_url_cannot_hold() -> None:
    assert broker.url_for(DATABASE) == "pgmq://desk:p%40ss%2Fword@db.example:5433/news%20room"


def test_url_for_takes_the_folder_of_a_socket_and_several_machines() -> None:
    socket = DATABASE | {"HOST": "", "OPTIONS": {"host": "/var/run/postgresql"}}

    assert "@%2Fvar%2Frun%2Fpostgresql:5433/" in broker.url_for(socket)
    assert "@%2Fvar%2Frun%2Fpostgresql:5433/" in broker.url_for(DATABASE | {"HOST": "/var/run/postgresql"})
    assert "@one,two:5433/" in broker.url_for(DATABASE | {"HOST": "one,two"})


def test_url_for_takes_the_usual_place_where_none_is_named() -> None:
    bare = {"USER": "desk", "PASSWORD": "", "HOST": "", "PORT": "", "NAME": "newsroom"}

    assert broker.url_for(bare) == "pgmq://desk:@localhost:5432/newsroom"


def test_transport_options_pin_the_address_of_the_broker() -> None:
    options = broker.transport_options("pgmq://desk:word@db.example:5433/queue", visibility_timeout=75)

    assert options["conn_string"] == "postgresql://desk:word@db.example:5433/queue"
    assert options["visibility_timeout"] == 75


def test_transport_options_are_not_for_other_brokers() -> None:
    assert broker.transport_options("redis://localhost", visibility_timeout=75) == {}


@pytest.mark.django_db
def test_install_twice_changes_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA pgmq CASCADE")

    assert [broker.install(connection), broker.install(connection)] == [True, False]


@pytest.mark.django_db
def test_install_refuses_a_queue_of_another_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA pgmq IS 'pgmq 0.1.0'")

    with pytest.raises(broker.QueueVersionError, match=r"holds version 0\.1\.0.*DROP SCHEMA pgmq CASCADE"):
        broker.install(connection)


@pytest.mark.django_db
def test_purge_throws_waiting_messages_away() -> None:
    broker.purge(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.send('default', '{}'), pgmq.send('removals', '{}')")

    assert [broker.purge(connection), broker.purge(connection)] == [2, 0]


@pytest.mark.django_db
def test_install_queue_says_what_it_did(capsys) -> None:
    call_command("install_queue")

    assert capsys.readouterr().out == "The queue was installed already.\n"


def test_install_queue_has_nothing_to_do_for_another_broker(capsys, monkeypatch) -> None:
    monkeypatch.setitem(app.conf, "broker_url", "redis://localhost")

    call_command("install_queue")

    assert capsys.readouterr().out == "CELERY_BROKER_URL names another broker: nothing to install.\n"
