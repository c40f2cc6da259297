"""Who reads without a key is held to so many requests a minute, over all processes together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from newsroom.api.throttles import COUNTED_BY, Addresses, address_of, addresses
from newsroom.partners.models import AnonymousUsage

NOON = datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC)
LIST = "/api/v1/countries"


@pytest.mark.django_db
def test_address_is_stopped_and_told_when_to_come_back(settings):
    settings.API_ANONYMOUS_PER_MINUTE = 3

    with time_machine.travel(NOON, tick=False):
        answers = [Client().get(LIST) for _ in range(5)]
        other = Client(REMOTE_ADDR="192.0.2.9").get(LIST)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        later = Client().get(LIST)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert (answers[-1]["Retry-After"], other.status_code, later.status_code) == ("30", 200, 200)
    assert "ask the newsroom for a key" in answers[-1].json()["detail"]


@pytest.mark.django_db
def test_no_limit_where_none_is_set(settings):
    settings.API_ANONYMOUS_PER_MINUTE = 0

    assert {Client().get(LIST).status_code for _ in range(COUNTED_BY * 2)} == {200}
    assert not AnonymousUsage.objects.exists()


@pytest.mark.django_db
def test_casual_reader_costs_the_database_nothing(django_assert_num_queries):
    for _ in range(COUNTED_BY - 1):
        with django_assert_num_queries(1):
            Client().get(LIST)


@pytest.mark.django_db
def test_processes_count_together():
    first, second = Addresses(), Addresses()
    asked = {first: 0, second: 0}

    with time_machine.travel(NOON, tick=False):
        for _ in range(100):
            for process in (first, second):
                asked[process] += process.count("192.0.2.1", limit=100)

    # Each may be what it has not counted yet beyond the limit.
    assert 100 <= sum(asked.values()) <= 100 + 2 * COUNTED_BY


@pytest.mark.django_db
def test_what_addresses_asked_is_forgotten_after_ten_minutes(settings):
    settings.API_ANONYMOUS_PER_MINUTE = 1
    with time_machine.travel(NOON, tick=False):
        Client(REMOTE_ADDR="192.0.2.1").get(LIST)
    with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
        Client(REMOTE_ADDR="192.0.2.2").get(LIST)

    assert [usage.address for usage in AnonymousUsage.objects.all()] == ["192.0.2.2"]


def test_addresses_are_not_kept_without_end():
    with time_machine.travel(NOON, tick=False):
        for number in range(10_050):
            addresses.count(f"10.0.{number // 256}.{number % 256}", limit=1_000)

    assert len(addresses._asked) < 100


@pytest.mark.parametrize(
    ("told", "forwarded", "behind_proxy", "address"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", True, "198.51.100.7"),
        ("192.0.2.1", "203.0.113.5, 198.51.100.7", True, "198.51.100.7"),
        ("192.0.2.1", "nonsense", True, "unknown"),
        ("192.0.2.1", "", True, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
        ("", "", False, "unknown"),
    ],
)
def test_address_is_that_of_the_customer(settings, told, forwarded, behind_proxy, address):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR=told, headers=headers)) == address
