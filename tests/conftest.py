"""What every test stands on: a database for each worker, and the services in tests/services.py."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.test import TransactionTestCase, override_settings

from tests import databases

pytest_plugins = [
    "tests.backups",
    "tests.desk",
    "tests.long_tests",
    "tests.partners",
    "tests.services",
    "tests.webhooks",
    "tests.agency",
]

# What costs seconds for a reason that no test is about: Argon2 is slow by design, and WhiteNoise looks at every
# static file when a client makes its first request, unless it looks at each when it is asked for.
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "WHITENOISE_AUTOREFRESH": True,
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The few long tests, those with a timeout of their own, begin first, so that no worker is still busy with one
    when the other has nothing left to take over. All keep the random order among themselves."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    with override_settings(**QUICK):
        yield


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Callable[..., Any]) -> Callable[..., Any]:
    """As pytest-django's, once the process knows all content types, which it reads but once, in whatever test."""

    def assert_num_queries(*args: Any, **kwargs: Any) -> Any:
        ContentType.objects.get_for_models(*apps.get_models())
        return django_assert_num_queries(*args, **kwargs)

    return assert_num_queries


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: migrations run once, every worker gets a copy, and a fresh one after a test with
    real commits, in place of Django's flush, which would empty it of what migrations put there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: databases.renew_own())
        with django_db_blocker.unblock():
            databases.make_own()
        yield
        with django_db_blocker.unblock():
            databases.drop_own()
