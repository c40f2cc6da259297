"""Memory that grows: proportional set sizes of the services, early in the storm against late."""

from __future__ import annotations

import statistics
import threading
import time
from collections import defaultdict

import psutil

from .stage import Stage

EVERY = 3.0
# A process this young has not done anything yet.
GROWN_UP = 10.0


class Scales:
    """Weighs each service every few seconds, while it lives."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.weights: dict[str, list[float]] = defaultdict(list)

    def run(self, is_over: threading.Event) -> None:
        while not is_over.wait(EVERY):
            for child in self.stage.supervisor.children:
                process = child.process
                if process is None or time.monotonic() - child.started_at < GROWN_UP:
                    continue
                weight = megabytes(process.pid)
                if weight:
                    self.weights[child.service.name].append(weight)

    def growth(self) -> dict[str, float]:
        """Percent by which the median of the last third of a service's weights exceeds that of the first."""
        return {name: grown(weights) for name, weights in self.weights.items() if len(weights) >= 6}


def grown(weights: list[float]) -> float:
    third = len(weights) // 3
    early, late = statistics.median(weights[:third]), statistics.median(weights[-third:])
    return 100 * (late - early) / early


def megabytes(pid: int) -> float:
    """Of a process with its children; 0 where it has just gone."""
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return sum(process.memory_full_info().pss for process in tree) / 1e6
    except psutil.Error:
        return 0.0
