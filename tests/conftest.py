"""What every test stands on: a database for each worker, and the services in tests/services.py."""

from collections.abc import Generator, Iterator

import pytest

from tests import databases

pytest_plugins = ["tests.desk", "tests.partners", "tests.services"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: migrations run once, and every worker gets a copy."""
    with django_db_blocker.unblock():
        databases.make_own()
    yield
    with django_db_blocker.unblock():
        databases.drop_own()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """After a test with real commits: a fresh copy, with everything that migrations put there."""
    try:
        return (yield)
    finally:
        if commits(item):
            databases.renew_own()


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction", False)
    return marked or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))
