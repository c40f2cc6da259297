"""A pytest plugin, named in pyproject.toml: the PostgreSQL server under the tests.

Without DATABASE_URL the first process of the run starts a throw-away server of its own, before Django
reads its settings (a conftest.py would come too late). It ends with the run, however the run ends.
Every worker of pytest-xdist finds the address of its own database in its environment.
"""

import os

import pytest

from newsroom.throwaway import ThrowawayDatabase
from tests import databases

SERVER = ThrowawayDatabase()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if "NEWSROOM_TEST_RUN" in os.environ:
        return
    os.environ["NEWSROOM_TEST_RUN"] = str(os.getpid())
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = SERVER.start()
    os.environ["DATABASE_URL"] = databases.url_of(f"{databases.run_name()}_alone")
    early_config.add_cleanup(end_run)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list) -> None:
    for spec in specs:
        spec.env["DATABASE_URL"] = databases.url_of(f"{databases.run_name()}_{spec.id}")


def end_run() -> None:
    databases.drop_template()
    SERVER.stop()
