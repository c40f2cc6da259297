"""The shipped units start what the desk starts, and say what systemd understands."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from newsroom.celery import TASK_TIME_LIMIT
from newsroom.desk import beat_service, sender_service, web_service, worker_service
from newsroom.embedded import ROOT
from tests.production import shipped

NIGHTLY = "newsroom-backup.service"
UNITS = sorted(path.name for path in shipped.FOLDER.glob("*.service") if path.name != NIGHTLY)
# Where a service stands on this machine and what it is called there; what it writes to the log.
OWN = ("--host", "--hostname", "--patience", "--pool=prefork")


def options(arguments: list[str]) -> set[str]:
    return {part for part in arguments if not part.startswith(OWN)}


@pytest.mark.parametrize(
    ("unit", "service"),
    [
        ("newsroom-web@.service", web_service(8000)),
        ("newsroom-worker@.service", worker_service()),
        ("newsroom-sender.service", sender_service()),
        ("newsroom-beat.service", beat_service()),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_unit_starts_what_the_desk_starts(unit, service) -> None:
    assert options(shipped.arguments_of(unit, instance="8000")) == options(service.command[1:])


def test_process_stays_with_its_release_when_the_link_moves_on(tmp_path) -> None:
    """A library that is read late must be the one that the process was started with."""
    for name in ("one", "two"):
        programs = tmp_path / "releases" / name / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").write_text('#!/bin/sh\necho "$0" "$1"\n')
        (programs / "python").chmod(0o755)
    current = tmp_path / "current"
    current.symlink_to("releases/one")

    for unit in (*UNITS, NIGHTLY):
        command = shipped.command_of(unit, instance="8000")
        said = subprocess.run(command, cwd=current, capture_output=True, text=True, check=True).stdout.split()
        assert said == [f"{tmp_path.resolve()}/releases/one/.venv/bin/python", shipped.arguments_of(unit)[0]]


def test_web_server_is_asked_where_it_listens() -> None:
    """On a machine with an address of its own, too: else systemd would end one that answers."""
    unit = "newsroom-web@.service"
    asked = next(line for line in shipped.lines_of(unit) if line.startswith("ExecStartPost="))

    assert "--host=$WEB_ADDRESS" in shipped.arguments_of(unit)
    assert asked.endswith("http://${WEB_ADDRESS}:%i/healthz")
    assert shipped.values_of(unit) == {"WEB_ADDRESS": shipped.LOOPBACK}


@pytest.mark.parametrize("unit", UNITS)
def test_unit_starts_again_whatever_died_and_runs_as_nobody_special(unit) -> None:
    said = set(shipped.lines_of(unit))

    assert {"Restart=always", "RestartSec=1", "User=newsroom", "EnvironmentFile=/etc/newsroom/environment"} <= said


def test_backup_at_night_reads_the_environment_of_the_desk_and_keeps_its_predecessors() -> None:
    """Without the environment it would look for the database of `make run`."""
    said = set(shipped.lines_of(NIGHTLY))
    timer = set(shipped.lines_of("newsroom-backup.timer"))

    assert {"Type=oneshot", "User=newsroom", "EnvironmentFile=/etc/newsroom/environment"} <= said
    assert shipped.arguments_of(NIGHTLY) == ["manage.py", "backup", "/srv/backups", "--keep", "14"]
    assert "Persistent=true" in timer


def test_stop_waits_for_a_running_task() -> None:
    assert f"TimeoutStopSec={TASK_TIME_LIMIT + 5}" in set(shipped.lines_of("newsroom-worker@.service"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze reads units")
def test_systemd_understands_the_units(tmp_path) -> None:
    for path in [path for kind in ("service", "target", "timer") for path in shipped.FOLDER.glob(f"*.{kind}")]:
        # The command must be there for it, and so must the account.
        text = path.read_text().replace(shipped.RELEASE, str(ROOT)).replace("User=newsroom", "User=root")
        (tmp_path / path.name.replace("@.", "@1.")).write_text(text.replace("Group=newsroom", "Group=root"))

    asked = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
    )

    ours = [line for line in asked.stderr.splitlines() if "newsroom" in line]
    assert ours == []


def test_environment_is_described_and_nothing_secret_is_shipped() -> None:
    described = (ROOT / "docs" / "operations.md").read_text()

    assert [name for name in shipped.environment() if f"`{name}`" not in described] == []
    assert {name for name, value in shipped.environment().items() if "put-here" in value} == {
        *("SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "METRICS_TOKEN"),
    }
