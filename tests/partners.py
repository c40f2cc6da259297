"""Partners with keys, and clients that send them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from newsroom.api.throttles import addresses
from newsroom.partners.defining import save_product
from newsroom.partners.key_format import WrittenKey
from newsroom.partners.keys import make_key
from newsroom.partners.models import ApiKey, Partner, Product


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> Iterator[None]:
    """What one test asked without a key does not throttle the next."""
    addresses.forget()
    yield
    addresses.forget()


@pytest.fixture
def nordic(db: None) -> Partner:
    return Partner.objects.create(name="Nordic Wire")


@pytest.fixture
def about_norway(db: None) -> Product:
    return save_product(Product(name="About Norway", countries=["NO"], only_about=True), by=None)


class Keys:
    """Makes keys and what sends them."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner

    def make(self, **options: Any) -> tuple[ApiKey, WrittenKey]:
        return make_key(options.pop("partner", self.partner), by=None, **options)

    def client(self, **options: Any) -> Client:
        """A client that sends a new key with everything it asks."""
        return client_of(self.make(**options)[1].text)


def client_of(key: str) -> Client:
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def keys(nordic: Partner) -> Keys:
    return Keys(nordic)


@pytest.fixture
def numbered(db: None) -> Callable[[], None]:
    """Gives changes their numbers, as the end of the test's transaction would."""

    def number() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return number
