"""What the desk runs, and one worker more."""

from __future__ import annotations

from dataclasses import replace

from newsroom.desk import beat_service, sender_service, web_service, worker_service
from newsroom.supervisor import Service

SPARED = "spared"


def services(port: int) -> list[Service]:
    return [worker_service(), _spared(), sender_service(), web_service(port), beat_service()]


def _spared() -> Service:
    """A worker that nobody kills: it has to live through the deaths of all that it leans on."""
    worker = worker_service()
    command = [part.replace("worker@newsroom", "spared@newsroom") for part in worker.command]
    command = ["--concurrency=1" if part.startswith("--concurrency") else part for part in command]
    return replace(worker, name=SPARED, command=command)
