"""`make test` leaves out what is known to be long, and nothing else; `make test-all` measures that."""

from pathlib import Path

import pytest

from newsroom.embedded import ROOT
from tests import long_tests


@pytest.fixture
def ran(monkeypatch, tmp_path: Path) -> long_tests.Measuring:
    """A measurement of one file, beside which the list names a test of another."""
    monkeypatch.setattr(long_tests, "LIST", tmp_path / "long_tests.txt")
    long_tests.LIST.write_text("tests/test_a.py::test_once_long\ntests/test_b.py::test_elsewhere\n")
    return long_tests.Measuring()


def report(nodeid: str, duration: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, "call", duration=duration)


def test_what_took_long_is_listed_by_name_and_other_files_are_left_alone(ran):
    for nodeid, seconds in {
        "tests/test_a.py::test_once_long": 0.1,
        "tests/test_a.py::test_long[0]": 0.2,
        "tests/test_a.py::test_long[1]": 0.9,
        "tests/test_a.py::test_short[0]": 0.1,
        "tests/test_a.py::test_short[1]": 0.8,
    }.items():
        ran.pytest_runtest_logreport(report(nodeid, seconds))
    ran.pytest_sessionfinish()

    assert long_tests.LIST.read_text() == "tests/test_a.py::test_long\ntests/test_b.py::test_elsewhere\n"


def test_set_up_counts_too(ran):
    for duration in (0.3, 0.3):
        ran.pytest_runtest_logreport(report("tests/test_a.py::test_long", duration))
    ran.pytest_sessionfinish()

    assert "tests/test_a.py::test_long\n" in long_tests.LIST.read_text()


def test_list_names_tests_that_there_are():
    for name in long_tests.listed():
        file, _, function = name.partition("::")
        assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), name


def test_listed_tests_are_marked(request, monkeypatch):
    own = request.node
    monkeypatch.setattr(long_tests, "listed", lambda: {own.nodeid})

    long_tests.pytest_collection_modifyitems([own])

    assert own.get_closest_marker("long") is not None
