"""Which tests are long: `make test` leaves them to `make test-all`.

Long is what took more than half a second when it was last measured, by name in long_tests.txt; of a test with
parameters, what they took on average. `make test-all MEASURE=1` writes the list anew, for the files that it ran. It
is only ever a question of speed: a test that the list does not name yet is run by both.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

LIST = Path(__file__).with_name("long_tests.txt")
MOST_SECONDS = 0.5


def listed() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").split())


def name_of(nodeid: str) -> str:
    """Of all the parameters of a test together."""
    return nodeid.partition("[")[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--measure-tests", action="store_true", help=f"write {LIST.name} anew for the files that ran")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First, so that `-m` sees the mark."""
    names = listed()
    for item in items:
        if name_of(item.nodeid) in names:
            item.add_marker("long")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # Reports of all workers come to the first process, which alone measures.
    if config.getoption("--measure-tests") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Measuring())


class Measuring:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        of_name: dict[str, list[float]] = defaultdict(list)
        for nodeid, seconds in self.seconds.items():
            of_name[name_of(nodeid)].append(seconds)
        LIST.write_text("".join(f"{name}\n" for name in sorted(names_now(of_name))), encoding="utf-8")


def names_now(measured: dict[str, list[float]]) -> set[str]:
    files = {name.partition("::")[0] for name in measured}
    others = {name for name in listed() if name.partition("::")[0] not in files}
    return others | {name for name, taken in measured.items() if sum(taken) / len(taken) > MOST_SECONDS}
