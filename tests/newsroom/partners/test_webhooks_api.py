"""Endpoints by the API: what a partner may say, sees and tries; and nothing of anybody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from newsroom.partners.models import AccessEvent, Partner, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks import waiting_callers
from newsroom.sealing import WEBHOOKS
from tests.partners import client_of
from tests.webhooks import tell

ENDPOINTS = "/api/v1/webhooks/endpoints"

pytestmark = pytest.mark.django_db


def errors(answer) -> list[tuple[str | None, str]]:
    return [(error.get("pointer", error.get("parameter")), error["code"]) for error in answer.json()["errors"]]


def send(client: Client, address: str, body=None, *, method: str = "post"):
    return getattr(client, method)(address, {} if body is None else body, content_type="application/json")


@pytest.fixture
def ours(keys, subscribe):
    """An active endpoint, its secret, and a client with the key it belongs to."""
    key, written = keys.make()
    endpoint, secret = subscribe(key=key)
    return endpoint, secret, client_of(written.text)


def address(endpoint, *more: str) -> str:
    return "/".join([ENDPOINTS, str(endpoint.uuid), *more])


def test_make_shows_the_secret_once(keys, nordic, receiver):
    client = keys.client()

    made = send(client, ENDPOINTS, {"url": receiver.url(), "description": "night desk"})

    document = made.json()
    endpoint = WebhookEndpoint.objects.get()
    assert (made.status_code, made["Location"], made["Cache-Control"]) == (201, address(endpoint), "no-store")
    assert (document["state"], document["url"], document["description"]) == ("pending", receiver.url(), "night desk")
    assert document["secret"] == WEBHOOKS.unseal(endpoint.secret)
    assert document["secret"] not in endpoint.secret
    for later in (client.get(address(endpoint)), client.get(ENDPOINTS)):
        assert document["secret"] not in later.content.decode()
    assert document["after"] == client.get("/api/v1/articles?page_size=1").json()["after"]
    assert AccessEvent.objects.get(verb="made_webhook").partner == nordic


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, [("/url", "required")]),
        ([], [("", "invalid")]),
        ('"text"', [("", "invalid")]),
        ({"url": 5}, [("/url", "invalid")]),
        ({"url": None}, [("/url", "invalid")]),
        ({"url": ["https://hooks.example.org/"]}, [("/url", "invalid")]),
        ({"url": ""}, [("/url", "bad_address")]),
        ({"url": "http://hooks.example.org/"}, [("/url", "bad_address")]),
        ({"url": "https://127.0.0.1/"}, [("/url", "bad_address")]),
        ({"url": "https://0x7f000001/"}, [("/url", "bad_address")]),
        ({"url": "https://hooks.example.org/\u0000"}, [("/url", "invalid")]),
        ({"url": "https://hooks.example.org/\ud800"}, [("/url", "invalid")]),
        ({"url": f"https://hooks.example.org/{'a' * 500}"}, [("/url", "max_length")]),
        ({"url": "https://hooks.example.org/", "description": "a" * 121}, [("/description", "max_length")]),
        ({"url": "https://hooks.example.org/", "secret": "mine"}, [("/secret", "unknown_member")]),
        ({"url": "https://hooks.example.org/", "state": "active"}, [("/state", "unknown_member")]),
    ],
)
def test_make_refuses_what_it_does_not_understand(keys, body, found):
    answer = send(keys.client(), ENDPOINTS, body)

    assert (answer.status_code, answer.json()["type"].rpartition("/")[2], errors(answer)) == (
        400,
        "invalid-body",
        found,
    )
    assert not WebhookEndpoint.objects.exists()


def test_make_twice_at_one_address_is_refused(keys, receiver):
    client = keys.client()
    answers = [send(client, ENDPOINTS, {"url": receiver.url()}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["type"].endswith("/conflict")


def test_change_gives_another_address_which_must_answer(ours, receiver):
    endpoint, _, client = ours

    described = send(client, address(endpoint), {"description": "new"}, method="patch").json()
    moved = send(client, address(endpoint), {"url": receiver.url("/other")}, method="patch").json()
    refused = send(client, address(endpoint), {"url": "https://10.0.0.1/"}, method="patch")

    assert (described["description"], described["state"]) == ("new", "active")
    assert (moved["url"], moved["state"]) == (receiver.url("/other"), "pending")
    assert errors(refused) == [("/url", "bad_address")]
    assert WebhookEndpoint.objects.get().url == receiver.url("/other")


def test_delete_is_for_good(ours):
    endpoint, _, client = ours

    answers = [client.delete(address(endpoint)).status_code for _ in range(2)]

    assert (answers, WebhookEndpoint.objects.count()) == ([204, 404], 0)
    assert AccessEvent.objects.filter(verb="deleted_webhook").exists()


def test_rotate_shows_the_new_secret_and_when_the_old_one_ends(ours):
    endpoint, old, client = ours

    document = send(client, address(endpoint, "rotate-secret")).json()

    assert document["secret"] not in (old, "")
    assert document["previous_secret_ends_at"] is not None
    endpoint.refresh_from_db()
    assert (WEBHOOKS.unseal(endpoint.secret), WEBHOOKS.unseal(endpoint.previous_secret)) == (document["secret"], old)


@pytest.mark.parametrize(("status", "is_success"), [(204, True), (500, False), (302, False)])
def test_test_says_what_came_of_it(ours, receiver, status, is_success):
    endpoint, secret, client = ours
    receiver.status = status

    document = send(client, address(endpoint, "test")).json()

    (received,) = receiver.received
    assert received.verified_by(secret)["type"] == "endpoint.test"
    assert (document["is_success"], document["status"], document["webhook_id"]) == (is_success, status, received.id)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.tries.get().status) == ("delivered" if is_success else "failed", status)
    assert WebhookEndpoint.objects.get().failing_since is None


def test_enable_challenges_and_disable_ends_it(ours, receiver):
    endpoint, _, client = ours
    off = send(client, address(endpoint, "disable")).json()
    receiver.is_deaf = True
    deaf = send(client, address(endpoint, "enable")).json()
    receiver.is_deaf = False
    on = send(client, address(endpoint, "enable")).json()
    twice = send(client, address(endpoint, "enable"))

    assert (off["state"], off["disabled_reason"]) == ("disabled", "partner")
    assert (deaf["state"], deaf["challenge"]["is_success"]) == ("pending", False)
    assert "challenge" in deaf["challenge"]["error"]
    assert (on["state"], on["challenge"]) == ("active", on["challenge"] | {"is_success": True, "error": ""})
    assert (twice.status_code, twice.json()["detail"]) == (409, "It is switched on already.")


@pytest.mark.parametrize("verb", ["test", "enable"])
def test_whoever_waits_for_its_own_server_keeps_only_one_of_our_threads(ours, receiver, verb):
    endpoint, _, client = ours
    with waiting_callers.place_to_wait():
        answer = send(client, address(endpoint, verb))

    assert (answer.status_code, answer["Retry-After"], receiver.received) == (429, "5", [])


def test_deliveries_are_pages_with_every_attempt(desk, numbered, ours, receiver):
    endpoint, _, client = ours
    for number in range(5):
        desk.live(f"Story {number}")
    numbered()
    receiver.decide = lambda received: 500 if received.data["sequence"] == 3 else 204
    tell()

    first = client.get(address(endpoint, "deliveries"), {"page_size": 2})
    second = client.get(address(endpoint, "deliveries"), {"page_size": 2, "cursor": first.json()["next_cursor"]})
    waiting = client.get(address(endpoint, "deliveries"), {"state": "waiting"}).json()["items"]

    items = first.json()["items"] + second.json()["items"]
    assert [item["sequence"] for item in items] == [5, 4, 3, 2]
    assert (first.json()["has_more"], 'rel="next"' in first["Link"]) == (True, True)
    assert [(item["sequence"], item["attempts"], item["tries"][0]["status"]) for item in waiting] == [(3, 1, 500)]
    assert waiting[0]["tries"][0]["error"] == "It answered 500."
    assert "Story" not in first.content.decode()
    health = client.get(address(endpoint)).json()["health"]
    assert (health["waiting"], health["last_error"]) == (1, "It answered 500.")


@pytest.mark.parametrize("rows", [1, 3])
def test_deliveries_take_as_many_queries_for_one_as_for_three(desk, numbered, ours, rows, django_assert_num_queries):
    endpoint, _, client = ours
    for number in range(rows):
        desk.live(f"Story {number}")
    numbered()
    tell()
    client.get("/api/v1/me")

    with django_assert_num_queries(4):
        assert len(client.get(address(endpoint, "deliveries")).json()["items"]) == rows
    with django_assert_num_queries(2):
        client.get(ENDPOINTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=gone", [("state", "invalid_choice")]),
        ("page_size=0", [("page_size", "out_of_range")]),
        ("page_size=101", [("page_size", "out_of_range")]),
        ("cursor=broken", [("cursor", "bad_cursor")]),
        ("x=1", [("x", "unknown_parameter")]),
    ],
)
def test_deliveries_refuse_what_they_do_not_understand(ours, query, found):
    endpoint, _, client = ours

    answer = client.get(address(endpoint, "deliveries") + "?" + query)

    assert (answer.status_code, errors(answer)) == (400, found)


def test_cursor_of_another_filter_is_refused(desk, numbered, ours):
    endpoint, _, client = ours
    for number in range(2):
        desk.live(f"Story {number}")
    numbered()
    tell()
    cursor = client.get(address(endpoint, "deliveries"), {"page_size": 1}).json()["next_cursor"]

    answer = client.get(address(endpoint, "deliveries"), {"cursor": cursor, "state": "delivered"})

    assert errors(answer) == [("cursor", "bad_cursor")]


def test_redeliver_sends_it_again_under_its_id(desk, numbered, ours, receiver):
    endpoint, _, client = ours
    desk.live()
    numbered()
    tell()
    (delivery,) = client.get(address(endpoint, "deliveries")).json()["items"]

    answer = send(client, address(endpoint, "deliveries", delivery["id"], "redeliver"))
    tell()

    assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
    assert [received.id for received in receiver.received] == [delivery["id"]] * 2
    (again,) = client.get(address(endpoint, "deliveries")).json()["items"]
    assert (again["state"], again["attempts"], len(again["tries"])) == ("delivered", 2, 2)


def test_redeliver_refuses_a_test_and_knows_no_other_ids(ours):
    endpoint, _, client = ours
    tested = send(client, address(endpoint, "test")).json()["webhook_id"]

    answers = [
        send(client, address(endpoint, "deliveries", name, "redeliver")) for name in (tested, "msg_0", "a" * 300)
    ]

    assert [answer.status_code for answer in answers] == [409, 404, 404]


REQUESTS = [
    ("get", ""),
    ("patch", ""),
    ("delete", ""),
    ("post", "/rotate-secret"),
    ("post", "/test"),
    ("post", "/enable"),
    ("post", "/disable"),
    ("get", "/deliveries"),
    ("post", "/deliveries/{delivery}/redeliver"),
]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
@pytest.mark.parametrize("whose", ["another partner", "another key"])
def test_endpoints_of_others_are_not_there(desk, numbered, keys, ours, receiver, method, path, whose):
    endpoint, _, _ = ours
    desk.live()
    numbered()
    tell()
    told = len(receiver.received)
    partner = Partner.objects.create(name="Other") if whose == "another partner" else keys.partner
    stranger = keys.client(partner=partner)
    delivery = WebhookDelivery.objects.get().webhook_id

    answer = send(stranger, address(endpoint) + path.format(delivery=delivery), method=method)

    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (404, "not-found")
    assert stranger.get(ENDPOINTS).json() == {"items": []}
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.previous_secret, len(receiver.received)) == ("active", "", told)


@pytest.mark.parametrize(("method", "path"), [("get", None), ("post", None), *REQUESTS])
def test_the_scope_is_needed_and_a_key(keys, ours, method, path):
    endpoint, _, _ = ours
    asked = ENDPOINTS if path is None else address(endpoint) + path.format(delivery="msg_0")

    without_scope = send(keys.client(scopes=["read", "changes", "acknowledge"]), asked, method=method)
    without_key = send(Client(), asked, method=method)

    assert (without_scope.status_code, without_key.status_code) == (403, 401)


@pytest.mark.parametrize("path", ["rotate-secret", "test", "enable", "disable"])
def test_verbs_take_no_members_and_no_parameters(ours, path):
    endpoint, _, client = ours

    with_members = send(client, address(endpoint, path), {"force": True})
    with_parameter = send(client, address(endpoint, path) + "?force=1")
    not_json = client.post(address(endpoint, path), "force=1", content_type="application/x-www-form-urlencoded")

    assert (with_members.status_code, with_parameter.status_code, not_json.status_code) == (400, 400, 415)
    assert WebhookEndpoint.objects.get().state == "active"


def test_verbs_need_no_body(ours):
    endpoint, _, client = ours

    assert client.generic("POST", address(endpoint, "disable")).status_code == 200
