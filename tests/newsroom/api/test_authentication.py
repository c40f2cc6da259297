"""A key is sent in one header, and a bad one is refused with what to do, whatever it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from newsroom.partners.keys import revoke_key, rotate_key
from newsroom.partners.models import DailyUsage
from tests.partners import client_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/countries"


def slug_of(answer) -> str:
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["type"].rpartition("/")[2]


def test_key_opens_what_is_closed(keys, settings):
    settings.API_OPEN_READING = False

    assert Client().get(LIST).status_code == 401
    assert keys.client().get(LIST).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_scheme_is_read_in_any_case(keys, scheme):
    _, written = keys.make()

    assert Client().get(LIST, headers={"Authorization": f"{scheme} {written.text}"}).status_code == 200


@pytest.mark.parametrize(
    "send",
    [
        lambda text: text,
        lambda text: f"Basic {text}",
        lambda text: "Bearer",
        lambda text: f"Bearer {text}x",
        lambda text: f"Bearer {text} {text}",
        lambda text: f"Bearer {text[:-1]}é",
        lambda text: f"Bearer {'ü' * 60}",
        lambda text: "Bearer " + "x" * 10_000,
        lambda text: f"Bearer {text[:20]}{'0' * 35}",
    ],
)
def test_bad_key_is_refused_with_what_to_do(keys, send, django_assert_num_queries):
    _, written = keys.make()

    with django_assert_num_queries(0):
        answer = Client().get(LIST, headers={"Authorization": send(written.text)})

    assert (answer.status_code, slug_of(answer)) == (401, "invalid-key")
    assert answer["WWW-Authenticate"] == 'Bearer realm="newsroom"'
    assert "RateLimit" not in answer


def test_key_in_the_address_is_an_unknown_parameter(keys):
    _, written = keys.make()

    for name in ("key", "api_key", "access_token"):
        assert Client().get(LIST, {name: written.text}).status_code == 400


def test_ended_key_is_refused_and_says_so(keys, chief):
    key, written = keys.make()
    successor, new = rotate_key(key, by=chief, overlap=timedelta(hours=1))
    overlapping = [client_of(text).get(LIST).status_code for text in (written.text, new.text)]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        ended = client_of(written.text).get(LIST)
        stands = client_of(new.text).get(LIST).status_code
    revoke_key(successor, by=chief, reason="Leaked.")
    revoked = client_of(new.text).get(LIST)

    assert (overlapping, ended.status_code, stands, revoked.status_code) == ([200, 200], 401, 200, 401)
    assert "expired" in ended.json()["detail"]
    assert "revoked" in revoked.json()["detail"]


def test_closed_partner_is_refused_with_every_key(keys, nordic):
    clients = [keys.client(), keys.client()]
    nordic.is_active = False
    nordic.save()

    assert {client.get(LIST).status_code for client in clients} == {401}


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("read", {"countries", "articles", "me"}), ("changes", {"changes", "me"}), ("acknowledge", {"me"})],
)
def test_scope_opens_what_it_names(keys, scope, allowed):
    client = keys.client(scopes=[scope])

    answers = {name: client.get(f"/api/v1/{name}") for name in ("countries", "articles", "changes", "me")}

    assert {name for name, answer in answers.items() if answer.status_code == 200} == allowed
    refused = [answer for name, answer in answers.items() if name not in allowed]
    assert {(answer.status_code, slug_of(answer)) for answer in refused} == {(403, "forbidden")}
    assert all("lacks the scope" in answer.json()["detail"] for answer in refused)


def test_no_cookie_and_no_query_string_signs_in(keys, chief):
    client = Client()
    client.force_login(chief)

    assert client.get("/api/v1/me").status_code == 401


def test_refused_scope_is_counted_and_told(keys):
    answer = keys.client(scopes=["changes"], per_minute=5).get(LIST)

    assert answer["RateLimit"].startswith('"minute";r=4')
    assert DailyUsage.objects.get().requests == 1
