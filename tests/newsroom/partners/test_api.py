"""What a partner asks about itself, and says."""

from __future__ import annotations

import pytest
from django.test import Client

from newsroom.partners.models import AccessEvent, Acknowledgement, Partner

ME, ACKNOWLEDGE = "/api/v1/me", "/api/v1/acknowledgements"

pytestmark = pytest.mark.django_db


def errors(answer) -> list[tuple[str | None, str]]:
    return [(error.get("pointer"), error["code"]) for error in answer.json()["errors"]]


@pytest.fixture
def kill(desk, numbered) -> int:
    """The number of a kill in the feed, after a publication with the number before."""
    article = desk.killed()
    numbered()
    return article.changes.get(kind="kill").sequence


def test_me_tells_who_asks_and_what_is_left(keys, nordic, about_norway):
    answer = keys.client(name="website", products=[about_norway], scopes=["read"], per_minute=9, per_day=90).get(ME)

    document = answer.json()
    assert answer["Cache-Control"] == "no-store"
    assert document["partner"] == {"id": str(nordic.uuid), "name": "Nordic Wire"}
    assert {name: document["key"][name] for name in ("name", "scopes", "expires_at")} == {
        "name": "website",
        "scopes": ["read"],
        "expires_at": None,
    }
    assert document["products"] == [
        {
            "id": str(about_norway.uuid),
            "name": "About Norway",
            "revision": 1,
            "types": [],
            "sections": [],
            "languages": [],
            "authors": [],
            "countries": ["NO"],
            "only_about": True,
            "entities": [],
        }
    ]
    left = {name: (window["limit"], window["remaining"]) for name, window in document["quota"].items()}
    assert left == {"minute": (9, 8), "day": (90, 89)}
    assert "notes" not in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_a_key_is_anybody(method):
    answer = getattr(Client(), method)(ME if method == "get" else ACKNOWLEDGE)

    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (401, "not-authenticated")


def test_me_takes_no_parameters(keys):
    assert keys.client().get(f"{ME}?x=1").status_code == 400


def test_acknowledge_is_noted_once(keys, nordic, kill):
    partner, other_key = keys.client(), keys.client()

    first, again, by_another_key = (
        client.post(ACKNOWLEDGE, {"sequence": kill}, content_type="application/json")
        for client in (partner, partner, other_key)
    )

    assert [answer.status_code for answer in (first, again, by_another_key)] == [201, 200, 200]
    assert first.json() == again.json() == by_another_key.json()
    assert first.json()["sequence"] == kill
    assert Acknowledgement.objects.get().partner == nordic
    assert AccessEvent.objects.filter(verb="acknowledged").count() == 1


def test_each_partner_acknowledges_for_itself(keys, kill):
    other = Partner.objects.create(name="Other")

    for options in ({}, {"partner": other}):
        keys.client(**options).post(ACKNOWLEDGE, {"sequence": kill}, content_type="application/json")

    assert set(Acknowledgement.objects.values_list("partner__name", flat=True)) == {"Nordic Wire", "Other"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, [("/sequence", "required")]),
        ({"sequence": None}, [("/sequence", "invalid")]),
        ({"sequence": "2"}, [("/sequence", "invalid")]),
        ({"sequence": True}, [("/sequence", "invalid")]),
        ({"sequence": 1.5}, [("/sequence", "invalid")]),
        ({"sequence": 0}, [("/sequence", "min_value")]),
        ({"sequence": 10**30}, [("/sequence", "max_value")]),
        ({"sequence": 1}, [("/sequence", "not_a_purge")]),
        ({"sequence": 999}, [("/sequence", "not_a_purge")]),
        ({"sequence": 2, "partner": 1}, [("/partner", "unknown_member")]),
        ([2], [("", "invalid")]),
    ],
)
def test_acknowledge_refuses_what_is_no_purge(keys, kill, body, found):
    answer = keys.client().post(ACKNOWLEDGE, body, content_type="application/json")

    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "invalid-body")
    assert errors(answer) == found
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"sequence": 2', "application/json", 400),
        (b"\xff", "application/json", 400),
        ("", "application/json", 400),
        ("sequence=2", "application/x-www-form-urlencoded", 415),
        ('{"sequence": 2}', "text/plain", 415),
    ],
)
def test_acknowledge_takes_json_only(keys, kill, body, content_type, status):
    answer = keys.client().post(ACKNOWLEDGE, body, content_type=content_type)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_acknowledge_knows_nothing_outside_of_the_product(keys, about_norway, kill):
    answer = keys.client(products=[about_norway]).post(ACKNOWLEDGE, {"sequence": kill}, content_type="application/json")

    assert (answer.status_code, errors(answer)) == (400, [("/sequence", "not_a_purge")])


def test_acknowledge_needs_its_scope_and_its_method(keys, kill):
    refused = keys.client(scopes=["read"]).post(ACKNOWLEDGE, {"sequence": kill}, content_type="application/json")
    wrong = keys.client().get(ACKNOWLEDGE)

    assert (refused.status_code, wrong.status_code, wrong["Allow"]) == (403, 405, "POST, OPTIONS")
