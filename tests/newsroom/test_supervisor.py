"""The supervisor with small services of our own: started, killed, revived, stopped in order."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import processes
from newsroom.supervisor import Child, Interrupted, Service, ServiceFailed, Supervisor, delay_after
from tests.services import wait_until

PATIENT = "import time; print('up', flush=True); time.sleep(60)"


def says_up(child: Child) -> bool:
    return "up" in child.log.read_text()


def python(name: str, code: str, **options) -> Service:
    return Service(name, [sys.executable, "-c", code], **options)


class Screen(list):
    """What the person at the screen was told."""

    def __call__(self, line: str) -> None:
        self.append(line)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def supervise(tmp_path: Path, screen: Screen) -> Iterator:
    made = []

    def supervise(*services: Service) -> Supervisor:
        made.append(Supervisor(list(services), tmp_path / "log", tmp_path / "processes.json", screen))
        return made[-1]

    yield supervise
    for supervisor in made:
        supervisor.stop_requests = 2
        supervisor.stop()


def watch_until(supervisor: Supervisor, is_so, *, what: str) -> None:
    def watch_once() -> bool:
        for child in supervisor.children:
            supervisor.tell(child)
            supervisor.revive(child)
        return bool(is_so())

    wait_until(watch_once, what=what)


def pid_of(child: Child) -> int:
    assert child.process is not None
    return child.process.pid


def test_start_waits_until_every_service_is_ready(supervise) -> None:
    supervisor = supervise(python("web", PATIENT, is_ready=says_up), python("beat", PATIENT, is_ready=says_up))

    supervisor.start()

    assert [child.log.read_text() for child in supervisor.children] == ["up\n", "up\n"]


def test_start_records_its_processes(supervise, tmp_path: Path) -> None:
    supervisor = supervise(python("web", PATIENT))

    supervisor.start()

    pid = pid_of(supervisor.children[0])
    kept = {"web": {"pid": pid, "identity": processes.identity(pid)}}
    assert json.loads((tmp_path / "processes.json").read_text()) == kept


def test_start_shows_the_log_of_a_service_that_ends_at_once(supervise) -> None:
    supervisor = supervise(python("web", "raise SystemExit('no such module')", is_ready=says_up))

    with pytest.raises(ServiceFailed, match=r"web did not start; .*web\.log ends:\nno such module"):
        supervisor.start()


def test_start_runs_services_in_sessions_of_their_own(supervise) -> None:
    supervisor = supervise(python("web", PATIENT))

    supervisor.start()

    pid = pid_of(supervisor.children[0])
    assert os.getsid(pid) == pid


def test_watch_starts_a_killed_service_again_and_says_so(supervise, screen: Screen) -> None:
    supervisor = supervise(python("web", PATIENT, is_ready=says_up))
    supervisor.start()
    first = pid_of(supervisor.children[0])

    os.kill(first, signal.SIGKILL)
    watch_until(supervisor, lambda: supervisor.children[0].failures and supervisor.children[0].process, what="revived")

    assert pid_of(supervisor.children[0]) != first
    log = supervisor.children[0].log
    assert screen == [f"web was killed by SIGKILL; starting it again in 1 s. Its log: {log}"]


def test_watch_waits_longer_after_each_death(supervise, screen: Screen, monkeypatch) -> None:
    monkeypatch.setattr("newsroom.supervisor.FIRST_DELAY", 0.01)
    supervisor = supervise(python("web", "raise SystemExit(3)"))
    supervisor.start()

    watch_until(supervisor, lambda: len(screen) == 3, what="three deaths")

    assert {line.partition(";")[0] for line in screen} == {"web ended with code 3"}
    assert supervisor.children[0].failures == 3


def test_delay_doubles_up_to_half_a_minute() -> None:
    assert [delay_after(failures) for failures in range(1, 8)] == [1, 2, 4, 8, 16, 30, 30]


def test_watch_shows_errors_of_a_service_and_nothing_else(supervise, screen: Screen) -> None:
    code = "print('INFO fine'); print('ERROR broken'); print('0 errors'); " + PATIENT
    supervisor = supervise(python("web", code, is_ready=says_up))
    supervisor.start()

    watch_until(supervisor, lambda: screen, what="the error is shown")

    assert screen == ["web: ERROR broken"]


def test_watch_ends_when_a_stop_is_asked_for(supervise) -> None:
    supervisor = supervise(python("web", PATIENT))
    supervisor.start()

    with pytest.raises(Interrupted):
        supervisor.watch(supervisor.request_stop)


def test_stop_goes_in_the_opposite_order_and_leaves_nothing(supervise, screen: Screen, tmp_path: Path) -> None:
    supervisor = supervise(python("database", PATIENT), python("web", PATIENT))
    supervisor.start()
    pids = [pid_of(child) for child in supervisor.children]

    supervisor.stop()

    assert screen == ["Stopping web …", "Stopping database …"]
    assert [processes.is_alive(pid) for pid in pids] == [False, False]
    assert not (tmp_path / "processes.json").exists()


def test_stop_lets_a_service_finish_what_it_does(supervise) -> None:
    code = """
import signal, sys, time
def finish(*_): time.sleep(0.5); print("finished", flush=True); sys.exit()
signal.signal(signal.SIGTERM, finish); print("up", flush=True); time.sleep(60)
"""
    supervisor = supervise(python("worker", code, is_ready=says_up))
    supervisor.start()

    supervisor.stop()

    assert supervisor.children[0].log.read_text() == "up\nfinished\n"


def test_stop_is_not_held_up_by_a_service_that_does_not_listen(supervise) -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PATIENT
    supervisor = supervise(python("worker", code, patience=0.3, is_ready=says_up))
    supervisor.start()
    pid = pid_of(supervisor.children[0])

    supervisor.stop()

    assert not processes.is_alive(pid)


def test_request_stop_twice_at_once_is_one_request(supervise) -> None:
    supervisor = supervise()

    supervisor.request_stop()
    supervisor.request_stop()

    assert (supervisor.stop_requests, supervisor.is_in_a_hurry()) == (1, False)


def test_request_stop_a_second_time_hurries(supervise) -> None:
    supervisor = supervise()

    supervisor.request_stop()
    supervisor.asked_at -= 2
    supervisor.request_stop()

    assert supervisor.is_in_a_hurry()


def test_end_leftovers_ends_what_a_killed_supervisor_left(supervise, screen: Screen) -> None:
    killed = supervise(python("web", PATIENT))
    killed.start()
    pid = pid_of(killed.children[0])

    supervise().end_leftovers()

    assert not processes.is_alive(pid)
    assert screen == [f"Ended web (process {pid}), left running by a run that was killed."]


def test_end_leftovers_spares_a_stranger_with_the_same_process_id(supervise, screen: Screen, tmp_path: Path) -> None:
    stranger = {"web": {"pid": os.getpid(), "identity": "12345 python -m newsroom.web_server"}}
    (tmp_path / "processes.json").write_text(json.dumps(stranger))

    supervise().end_leftovers()

    assert screen == []
    assert not (tmp_path / "processes.json").exists()


def test_run_to_end_returns_what_was_printed(supervise) -> None:
    assert supervise().run_to_end("prepare", [sys.executable, "-c", "print('ready')"]) == "ready\n"


def test_run_to_end_refuses_a_command_that_fails(supervise) -> None:
    with pytest.raises(ServiceFailed, match="prepare failed"):
        supervise().run_to_end("prepare", [sys.executable, "-c", "raise SystemExit(2)"])


def test_run_to_end_is_cut_short_by_a_stop(supervise) -> None:
    supervisor = supervise()
    supervisor.request_stop()

    with pytest.raises(Interrupted):
        supervisor.run_to_end("prepare", [sys.executable, "-c", PATIENT])
