"""The embedded cluster: started, attached to, crashed, refused. Real servers in throw-away folders."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from newsroom import processes
from newsroom.embedded import NOT_RUNNING_URL, Cluster, free_port, read_record, recorded_url
from newsroom.postgres_programs import EmbeddedDatabaseError, runs_as_root


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def cluster(var: Path) -> Iterator[Cluster]:
    made = Cluster.of(var, throwaway=True)
    yield made
    made.remove()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]


def server_process(cluster: Cluster) -> int:
    server = cluster.recorded_server()
    assert server is not None
    return server[0]


def test_start_makes_a_database_in_utf8_with_the_builtin_collation(cluster: Cluster) -> None:
    url = cluster.start()

    question = "SELECT concat_ws(' ', datname, pg_encoding_to_char(encoding), datlocprovider, datlocale)"
    assert ask(url, f"{question} FROM pg_database WHERE datname = current_database()") == "newsroom UTF8 b C.UTF-8"


def test_start_listens_on_the_loopback_address_only(cluster: Cluster) -> None:
    url = cluster.start()

    assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(url, "SHOW unix_socket_directories") == ""


def test_start_refuses_a_wrong_password(cluster: Cluster) -> None:
    url = cluster.start()

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(cluster.password, "wrong"))


def test_start_keeps_password_and_record_private(cluster: Cluster, var: Path) -> None:
    cluster.start()

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (cluster.home / "password", var / "database.json")}
    assert modes == {"password": "0o600", "database.json": "0o600"}


def test_start_records_where_the_database_is(cluster: Cluster, var: Path) -> None:
    url = cluster.start()

    assert read_record(var) == {"url": url, "home": str(cluster.home), "major": cluster.programs.major}
    assert recorded_url(var) == url


def test_stop_leaves_no_process_and_no_address(cluster: Cluster, var: Path) -> None:
    cluster.start()
    pid = server_process(cluster)

    cluster.stop()

    assert not processes.is_alive(pid)
    assert recorded_url(var) == NOT_RUNNING_URL


def test_start_attaches_to_a_server_that_still_runs(cluster: Cluster, var: Path) -> None:
    url = cluster.start()

    assert Cluster.of(var, throwaway=True).start() == url


def test_start_recovers_on_the_same_port_after_the_server_was_killed(cluster: Cluster) -> None:
    cluster.throwaway = False
    url = cluster.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    pid = server_process(cluster)
    os.kill(pid, signal.SIGKILL)
    processes.wait_for_end(pid, seconds=5)

    assert not cluster.is_running()
    assert cluster.start() == url
    assert ask(url, "SELECT number FROM kept") == 7


def test_start_ignores_a_lock_whose_process_id_now_belongs_to_another_program(cluster: Cluster) -> None:
    url = cluster.start()
    lock = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(lock.replace(lock.split()[0], str(os.getpid()), 1))

    assert cluster.start() == url


def test_start_makes_anew_what_a_killed_initdb_left(cluster: Cluster) -> None:
    (cluster.home / "data.unfinished" / "base").mkdir(parents=True)
    (cluster.data / "global").mkdir(parents=True)

    url = cluster.start()

    assert ask(url, "SELECT 1") == 1
    assert not (cluster.home / "data.unfinished").exists()


def test_start_refuses_the_folder_of_another_major_version(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("13\n")

    with pytest.raises(EmbeddedDatabaseError, match=r"was made by PostgreSQL 13.*make run RESET=1"):
        cluster.start()


def test_start_names_a_foreign_server_that_does_not_answer(cluster: Cluster, monkeypatch) -> None:
    cluster.start()
    (cluster.home / "password").write_text("another")
    monkeypatch.setattr("newsroom.embedded.START_SECONDS", 0.5)

    with pytest.raises(EmbeddedDatabaseError, match=f"in use by process {server_process(cluster)}"):
        cluster.start()


def test_start_shows_the_log_of_a_server_that_does_not_start(cluster: Cluster, monkeypatch) -> None:
    cluster.start()
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'nonsense'\n")
    monkeypatch.setattr("newsroom.embedded.START_SECONDS", 0.5)

    with pytest.raises(EmbeddedDatabaseError, match="invalid value for parameter"):
        cluster.start()


@pytest.mark.skipif(not runs_as_root(), reason="only root needs another account's access")
def test_of_moves_the_cluster_where_nobody_can_enter(var: Path) -> None:
    heard: list[str] = []

    home = Cluster.of(var, say=heard.append).home

    assert home.parent.parent == Path("/var/lib")
    assert heard == [f"The account `nobody` cannot enter {var}: the database lives in {home}."]


@pytest.mark.parametrize("content", ["", "half a file {", "[]"])
def test_recorded_url_of_an_unreadable_record_says_that_nothing_runs(var: Path, content: str) -> None:
    var.mkdir()
    (var / "database.json").write_text(content)

    assert recorded_url(var) == NOT_RUNNING_URL


def test_free_port_prefers_the_one_asked_for_where_it_is_free() -> None:
    port = free_port()

    assert free_port(port) == port
