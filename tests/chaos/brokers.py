"""The brokers beside the one in the database, each as a service of its own folder, as the operations guide has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsroom.supervisor import Child, Service
from tests.audits.tools import program


@dataclass(frozen=True, slots=True)
class Broker:
    """What runs, and what the desk's processes are told of it."""

    environment: dict[str, str]
    service: Service


def broker_service(name: str, folder: Path, port: int) -> Broker:
    """Raises JudgeAbsentError where it is not installed."""
    return {"redis": redis}[name](folder, port)


def redis(folder: Path, port: int) -> Broker:
    """With an append-only file, so that a killed server comes back with its messages."""
    place = folder / "redis"
    place.mkdir()
    command = [program("redis-server", package="redis-server"), f"--port {port}", "--bind 127.0.0.1", f"--dir {place}"]
    kept = ["--appendonly yes", "--appendfsync everysec", "--save", "", "--maxmemory-policy noeviction"]
    parts = [part for option in command[1:] + kept for part in (option.split(" ") if option else [""])]
    service = Service("broker", [command[0], *parts], is_ready=_answers_ping(port))
    told = {
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0",
        "CACHE_URL": f"rediscache://127.0.0.1:{port}/1",
    }
    return Broker(told, service)


def _answers_ping(port: int) -> Callable[[Child], bool]:
    def answers(child: Child) -> bool:
        import redis

        try:
            with redis.Redis(host="127.0.0.1", port=port) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    return answers
