"""What the one-command desk refuses, deletes and prints. The whole of it runs in test_demo.py."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import processes
from newsroom.desk import Desk, DeskError, only_desk, refuse_taken_port
from newsroom.embedded import ROOT, Cluster, free_port, recorded_address


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def without_database_url(monkeypatch) -> None:
    monkeypatch.delenv("DATABASE_URL")


def test_refuse_taken_port_names_another_one(taken_port: int) -> None:
    message = f"Port {taken_port} is in use by another program. Choose another one: PORT={taken_port + 1} make run"

    with pytest.raises(DeskError, match=f"^{message}$"):
        refuse_taken_port(taken_port)


def test_refuse_taken_port_lets_a_free_one_pass() -> None:
    refuse_taken_port(free_port())


def test_only_desk_refuses_a_second_one_and_names_the_first(tmp_path: Path) -> None:
    with (
        only_desk(tmp_path, "http://127.0.0.1:8000/"),
        pytest.raises(DeskError, match=rf"runs already .*: http://127\.0\.0\.1:8000/, process {os.getpid()}\."),
        only_desk(tmp_path, "http://127.0.0.1:8001/"),
    ):
        pass


def test_only_desk_may_open_again_when_the_first_has_closed(tmp_path: Path) -> None:
    for _ in range(2):
        with only_desk(tmp_path, "http://127.0.0.1:8000/"):
            pass


def test_reset_deletes_what_earlier_runs_left(tmp_path: Path, without_database_url) -> None:
    cluster = Cluster.of(tmp_path, throwaway=True)
    cluster.start()
    server = cluster.recorded_server()
    for name in ("sign-ins.txt", "secret-key", "media/picture.webp", "log/web.log"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    Desk(tmp_path, 8000).reset()

    assert list(tmp_path.iterdir()) == []
    assert not cluster.home.exists()
    assert server is not None
    assert not processes.is_alive(server[0])


def test_reset_leaves_what_is_not_its_own(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/newsroom")
    (tmp_path / "thesis.txt").write_text("Years of work.")

    Desk(tmp_path, 8000).reset()

    assert (tmp_path / "thesis.txt").read_text() == "Years of work."


def test_reset_leaves_a_database_of_its_own_choice_alone(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://desk@db.example/newsroom")

    Desk(tmp_path, 8000).reset()

    assert "The database of DATABASE_URL is left as it is." in capsys.readouterr().err


def test_announce_prints_the_address_first_then_the_doors_and_the_sign_ins(tmp_path: Path, capsys) -> None:
    Desk(tmp_path, 8123).announce({"reporter": "aaa", "editor": "bbb", "chief": "ccc"})

    assert capsys.readouterr().out.splitlines() == [
        "http://127.0.0.1:8123/",
        "Admin: http://127.0.0.1:8123/admin/",
        "API:   http://127.0.0.1:8123/api/v1/",
        "",
        f"Sign in (shown once, kept in {tmp_path}/sign-ins.txt):",
        "  reporter  aaa",
        "  editor    bbb",
        "  chief     ccc",
        "",
        "Ctrl-C stops the desk.",
    ]


def test_announce_does_not_repeat_the_passwords(tmp_path: Path, capsys) -> None:
    Desk(tmp_path, 8123).announce({})

    line = f"Sign in as reporter, editor or chief: the passwords stand in {tmp_path}/sign-ins.txt"
    assert line in capsys.readouterr().out.splitlines()


def site_url_of_commands(var: Path, **environment: str) -> str:
    """Which address `manage.py` writes beside that desk, told nothing of its port."""
    told = {"PATH": os.environ["PATH"], "NEWSROOM_VAR": str(var), **environment}
    shown = [sys.executable, "-c", "from newsroom import settings; print(settings.SITE_URL)"]
    asked = subprocess.run(shown, cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def test_commands_write_the_address_of_the_desk_on_another_port(tmp_path: Path, without_database_url) -> None:
    desk = Desk(tmp_path, 18431)
    desk.start_database()
    try:
        assert site_url_of_commands(tmp_path) == "http://127.0.0.1:18431"
        assert site_url_of_commands(tmp_path, SITE_URL="https://desk.example.org/") == "https://desk.example.org"
        assert site_url_of_commands(tmp_path, DATABASE_URL="postgres://desk@db.example/desk") == "http://127.0.0.1:8000"
    finally:
        desk.cluster.remove()


def test_commands_write_the_address_that_the_desk_was_given(tmp_path: Path, without_database_url, monkeypatch) -> None:
    monkeypatch.setenv("SITE_URL", "http://desk.internal")
    desk = Desk(tmp_path, 18432)
    desk.start_database()
    try:
        assert recorded_address(tmp_path) == "http://desk.internal"
    finally:
        desk.cluster.remove()
