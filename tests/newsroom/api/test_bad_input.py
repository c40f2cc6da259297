"""Whatever is sent, the answer is one that the description names, and an error is a problem document that says what
to do. The addresses are those of the description: what is new there is asked here, too."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import ChangeCounter
from newsroom.api.parsers import LARGEST_BODY
from newsroom.api.problems import BY_SLUG
from newsroom.api.views import description
from newsroom.partners.keys import revoke_key
from newsroom.partners.models import Partner
from tests.desk import make_country
from tests.partners import client_of

NASTY = (
    *("0", "-1", "9" * 30, "٣", "[]", "'\"\\", "%", "%s", "\0", "\u202e", "é" * 300, "x" * 1_500),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9-14:00", "2026-02-30", "10000-01-01"),
    *("urn:uuid:00000000-0000-0000-0000-000000000001", "CN,,", "headline,,", f"{'f' * 32}.0.{'9' * 18}"),
)
NOTHING = "00000000-0000-0000-0000-000000000000"
PLACES = {"{uuid}": NOTHING, "{version}": "9" * 20, "{slug}": "x", "{alpha2}": "NO", "{webhook_id}": "x"}
PATHS: dict[str, dict[str, Any]] = json.loads(description())["paths"]
OPERATIONS = sorted((path, method) for path, methods in PATHS.items() for method in methods)
READ = [path for path, method in OPERATIONS if method == "get"]
# Webhooks have objects of their own to be asked for: tests/newsroom/partners/ asks them the same.
OWN = [(path, method) for path, method in OPERATIONS if "/webhooks/" not in path]
SAY = "/api/v1/acknowledgements"

pytestmark = pytest.mark.django_db


def address_of(path: str) -> str:
    for place, value in PLACES.items():
        path = path.replace(place, value)
    return path


def parameters_of(path: str) -> dict[str, dict[str, Any]]:
    declared = PATHS[path]["get"].get("parameters", ())
    return {entry["name"]: entry["schema"] for entry in declared if entry["in"] == "query"}


def needed_by(path: str) -> dict[str, str]:
    return {"q": "fleet"} if path.endswith("/search") else {}


def with_parameter(name: str) -> list[str]:
    return [path for path in READ if name in parameters_of(path) and "/webhooks/" not in path]


def problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    """The document of a refusal: of this kind, with a sentence, and with a page that says what to do."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    document = answer.json()
    assert document["type"].rpartition("/")[2] == slug, document
    assert document["detail"].strip()
    assert BY_SLUG[slug].help.strip()
    for error in document.get("errors", ()):
        assert error["detail"].strip()
    return document


def refused_parameter(answer: Any, name: str, code: str) -> None:
    errors = problem(answer, 400, "invalid-parameters")["errors"]
    assert [(error["parameter"], error["code"]) for error in errors] == [(name, code)]


@pytest.mark.parametrize("path", READ)
def test_no_value_of_any_parameter_breaks_anything(path, norway):
    operation = PATHS[path]["get"]
    partner = Client(raise_request_exception=False)

    answers = [
        partner.get(address_of(path), needed_by(path) | {name: value})
        for name in parameters_of(path) or ["x"]
        for value in NASTY
    ]

    assert {str(answer.status_code) for answer in answers} <= set(operation["responses"]) - {"500"}
    assert {answer["Content-Type"] for answer in answers if answer.status_code >= 400} <= {"application/problem+json"}


@pytest.mark.parametrize(("path", "method"), OWN)
def test_unknown_parameter_is_refused_and_the_known_ones_named(path, method, norway, keys):
    partner = keys.client()
    address = f"{address_of(path)}?{'q=fleet&' if needed_by(path) else ''}colour=red"

    body = {} if method == "get" else {"data": {"sequence": 1}, "content_type": "application/json"}
    answer = getattr(partner, method)(address, **body)

    refused_parameter(answer, "colour", "unknown_parameter")
    known = parameters_of(path) if method == "get" else ()
    assert all(name in answer.json()["detail"] for name in known)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_bad_keys_are_refused_everywhere(path, method, norway, keys, chief):
    revoked, revoked_text = keys.make()
    revoke_key(revoked, by=chief, reason="Leaked.")
    _, expired_text = keys.make(expires_at=timezone.now() + timedelta(minutes=1))
    closed = Partner.objects.create(name="Closed", is_active=False)
    _, closed_text = keys.make(partner=closed)
    texts = {
        "nrk_live_nonsense": "not a whole key",
        expired_text.text[:-1] + "x": "not a whole key",
        revoked_text.text: "was revoked",
        expired_text.text: "expired",
        closed_text.text: "closed",
    }

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        answers = {text: getattr(client_of(text), method)(address_of(path)) for text in texts}

    for text, says in texts.items():
        assert says in problem(answers[text], 401, "invalid-key")["detail"]


@pytest.mark.parametrize(("path", "method"), OWN)
def test_other_methods_are_refused_and_those_there_are_named(path, method, norway, keys):
    partner = keys.client()
    others = {"get", "post", "put", "patch", "delete"} - set(PATHS[path])

    for other in sorted(others):
        answer = getattr(partner, other)(address_of(path))
        problem(answer, 405, "method-not-allowed")
        assert method.upper() in answer["Allow"]


@pytest.mark.parametrize(
    "name", ["Accept", "If-None-Match", "If-Modified-Since", "If-Match", "X-Request-ID", "Cookie", "X-Forwarded-For"]
)
@pytest.mark.parametrize("value", ["x" * 10_000, ",".join(['"x"'] * 3_000), "\x07é\xff"], ids=["x", "list", "odd"])
def test_large_and_odd_headers_break_nothing(name, value, norway):
    for path in ("/api/v1/countries", "/api/v1/countries/NO", "/api/v1/changes"):
        answer = Client(raise_request_exception=False).get(path, headers={name: value})

        assert answer.status_code in (200, 304, 400, 406, 412), answer.content
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"


@pytest.fixture
def foreign_cursor(norway) -> str:
    make_country("SE", "Sweden", "SWE", "752")
    return Client().get("/api/v1/countries?page_size=1&order=code").json()["next_cursor"]


@pytest.mark.parametrize("path", with_parameter("cursor"))
def test_cursor_that_is_broken_or_of_another_query_is_refused(path, foreign_cursor):
    spoilt = (foreign_cursor, foreign_cursor[:-1], foreign_cursor[1:], "x", "é", "a:b:c", "." * 1_999)

    for cursor in spoilt:
        answer = Client().get(address_of(path), needed_by(path) | {"cursor": cursor})
        refused_parameter(answer, "cursor", "bad_cursor")


def test_cursor_is_good_for_its_filter_order_and_key_alone(norway, desk, keys, about_norway):
    for number in range(2):
        desk.live(f"Story {number}")
    cursor = Client().get("/api/v1/articles?page_size=1").json()["next_cursor"]

    for query in ({"type": "news"}, {"order": "published_at"}, {"country": "NO"}):
        refused_parameter(Client().get("/api/v1/articles", query | {"cursor": cursor}), "cursor", "bad_cursor")
    held = keys.client(products=[about_norway])
    refused_parameter(held.get("/api/v1/articles", {"cursor": cursor}), "cursor", "bad_cursor")
    assert Client().get("/api/v1/articles", {"cursor": cursor, "page_size": 2}).status_code == 200


@pytest.mark.parametrize("after", ["x", "0", "-1", f"{'f' * 31}.0.1", f"{'f' * 32}.0", f"{'f' * 32}.0.1x", "9" * 900])
def test_after_that_is_none_of_ours_is_refused(after):
    refused_parameter(Client().get("/api/v1/changes", {"after": after}), "after", "bad_position")


def test_after_from_which_nothing_leads_on_asks_to_begin_again(desk, numbered, keys, about_norway):
    desk.live()
    numbered()
    state = ChangeCounter.objects.get()
    epoch, sequence = state.epoch.hex, state.sequence
    of_product = keys.client(products=[about_norway]).get("/api/v1/changes").json()["next_after"]

    for after in (f"{epoch}.0.{sequence + 1}", f"{'f' * 32}.0.{sequence}", f"{epoch}.7.{sequence}", of_product):
        document = problem(Client().get("/api/v1/changes", {"after": after}), 409, "resync-required")
        assert "/api/v1/articles" in document["detail"]


DATES = [
    (path, name)
    for path in READ
    for name, schema in parameters_of(path).items()
    if schema.get("format") in ("date", "date-time")
]


@pytest.mark.parametrize(("path", "name"), DATES)
@pytest.mark.parametrize(
    "value", ["yesterday", "2026-02-30", "2026-13-01", "23/11/2026", "1e9", "2026-11-23T25:00:00Z"]
)
def test_bad_date_is_refused(path, name, value, norway):
    refused_parameter(Client().get(address_of(path), needed_by(path) | {name: value}), name, "invalid")


COUNTRIES = [(path, name) for name in ("country", "country_all") for path in with_parameter(name)]
LISTS_OF_COUNTRIES = [(path, name) for path, name in COUNTRIES if parameters_of(path)[name]["type"] == "array"]


@pytest.mark.parametrize(("path", "name"), LISTS_OF_COUNTRIES)
def test_hundred_countries_are_too_many(path, name, norway):
    codes = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHIJ"]

    for value in (codes, ",".join(codes)):
        answer = Client().get(address_of(path), needed_by(path) | {name: value})
        refused_parameter(answer, name, "too_many")


@pytest.mark.parametrize(("path", "name"), COUNTRIES)
def test_country_that_is_none_is_refused(path, name, norway):
    for value, code in (("ZZ", "unknown_value"), ("no", "invalid"), ("Norway", "invalid")):
        address = address_of(path).replace(NOTHING, str(norway.uuid))
        answer = Client().get(address, needed_by(path) | {name: value})
        errors = problem(answer, 400, "invalid-parameters")["errors"]
        assert errors[0]["parameter"] == name
        assert errors[0]["code"] in (code, "unknown_value")


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "", "x"])
def test_body_of_another_type_is_refused(keys, media_type):
    answer = keys.client().generic("POST", SAY, b'{"sequence": 1}', content_type=media_type)

    problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b"{",
            b"[]",
            b"7",
            b'"x"',
            b"null",
            b"{}",
            b'{"sequence": NaN}',
            b'{"sequence": 1, "x": 1}',
            b"\xff\xfe",
        ),
        *(b'{"sequence": "1"}', b'{"sequence": 1.0}', b'{"sequence": true}', b'{"sequence": -1}', b'{"\\ud800": 1}'),
        *(b"[" * 60_000, b'{"a":' * 10_000, b'{"sequence": ' + b"9" * 5_000 + b"}"),
    ],
    ids=lambda body: body[:20].decode(errors="replace"),
)
def test_body_that_cannot_be_meant_is_refused(keys, body):
    answer = keys.client().generic("POST", SAY, body, content_type="application/json")

    errors = problem(answer, 400, "invalid-body")["errors"]
    assert errors
    assert all("pointer" in error for error in errors)


def test_large_body_is_not_read(keys):
    body = json.dumps({"sequence": 1, "x": "y" * LARGEST_BODY})

    answer = keys.client().generic("POST", SAY, body, content_type="application/json")

    problem(answer, 413, "content-too-large")


def test_other_partners_kill_is_none_of_yours(desk, numbered, keys, about_norway):
    killed = desk.killed()
    numbered()
    sequence = killed.changes.get(kind="kill").sequence

    answer = keys.client(products=[about_norway]).post(SAY, {"sequence": sequence}, content_type="application/json")

    assert "in your feed" in problem(answer, 400, "invalid-body")["detail"]


@pytest.mark.parametrize("path", [path for path, method in OWN if "{uuid}" in path])
def test_id_of_nothing_is_not_found(path, keys):
    partner = keys.client()

    problem(partner.get(address_of(path).replace("9" * 20, "1")), 404, "not-found")
    problem(partner.get(address_of(path).replace(NOTHING, "13AFD575")), 404, "not-found")
