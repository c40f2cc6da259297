from __future__ import annotations

import pytest
from django.test import Client

from newsroom.api.problems import PROBLEMS
from newsroom.api.views import Index

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Client:
    return Client(raise_request_exception=False)


def slug_of(response) -> str:
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response["X-Request-ID"]
    return problem["type"].removeprefix("http://127.0.0.1:8000/api/v1/problems/")


@pytest.mark.parametrize(
    ("address", "status", "slug"),
    [
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/articles/", 404, "not-found"),
        ("/api/v2/articles", 404, "not-found"),
        ("/api/v1/articles/1", 404, "not-found"),
        ("/api/v1/articles/%00", 404, "not-found"),
        ("/api/v1/articles/%ff", 404, "not-found"),
        ("/api/v1/countries/%00", 400, "bad-request"),
        ("/api/v1/problems/none", 404, "not-found"),
        ("/api/v1/countries/%00/articles", 400, "bad-request"),
        ("/api/v1/articles?section=%00", 400, "bad-request"),
        ("/api/v1/articles?section=%ff", 400, "bad-request"),
        ("/api/v1/articles/by-slug/x?%00", 400, "bad-request"),
        ("/api/v1/articles?" + "&".join(f"a{n}=1" for n in range(2_000)), 400, "bad-request"),
        ("/api/v1/articles?page_size=0", 400, "invalid-parameters"),
    ],
)
def test_every_error_is_a_problem_document(partner, address, status, slug):
    response = partner.get(address)

    assert (response.status_code, slug_of(response)) == (status, slug)


def test_what_is_too_long_is_refused_by_us_and_not_by_the_server(partner):
    address = partner.get("/api/v1/articles", {"section": "é" * 6_000})
    header = partner.get("/api/v1/articles", headers={"Accept-Language": "e" * 20_000})

    assert (address.status_code, slug_of(address)) == (414, "address-too-long")
    assert (header.status_code, slug_of(header)) == (431, "headers-too-large")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_writing_is_not_allowed(partner, method):
    response = getattr(partner, method)("/api/v1/articles")

    assert (response.status_code, slug_of(response)) == (405, "method-not-allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_other_formats_are_not_acceptable(partner):
    response = partner.get("/api/v1/articles", headers={"Accept": "application/xml"})

    assert (response.status_code, slug_of(response)) == (406, "not-acceptable")
    assert partner.get("/api/v1/articles", headers={"Accept": "text/html, */*;q=0.8"}).status_code == 200


def test_unforeseen_error_is_a_problem_document_that_tells_nothing(partner, monkeypatch):
    def break_down(self, request):
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(Index, "get", break_down)

    response = partner.get("/api/v1/")

    assert (response.status_code, slug_of(response)) == (500, "server-error")
    assert b"secret" not in response.content


def test_unknown_host_is_a_problem_document(partner):
    response = partner.get("/api/v1/articles", headers={"Host": "evil.example"})

    assert (response.status_code, slug_of(response)) == (400, "bad-request")


def test_request_id_is_echoed_where_it_is_harmless(partner):
    given = [partner.get("/api/v1/", headers={"X-Request-ID": value}) for value in ("abc-1.2_3", "a\tb", "x" * 65)]

    assert given[0]["X-Request-ID"] == "abc-1.2_3"
    assert [len(response["X-Request-ID"]) for response in given[1:]] == [32, 32]


def test_closed_reading_asks_for_a_key_and_keeps_the_documentation_open(partner, settings):
    settings.API_OPEN_READING = False
    closed = ("articles", "quotes", "countries", "entities", "changes", "search?q=x", "articles?colour=red")
    opened = ("", "openapi.json", "docs", "problems/gone")

    refused = [partner.get(f"/api/v1/{address}") for address in closed]

    assert {(response.status_code, slug_of(response)) for response in refused} == {(401, "not-authenticated")}
    assert {response["WWW-Authenticate"] for response in refused} == {'Bearer realm="newsroom"'}
    assert {partner.get(f"/api/v1/{address}").status_code for address in opened} == {200}


@pytest.mark.parametrize("value", ["Bearer nrk_live_x", "Bearer", "Basic eDp5", "x" * 10_000])
def test_bad_key_is_never_an_anonymous_reader(partner, value):
    response = partner.get("/api/v1/articles", headers={"Authorization": value})

    assert (response.status_code, slug_of(response)) == (401, "invalid-key")


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.slug)
def test_every_problem_has_its_page(partner, problem):
    address = f"/api/v1/problems/{problem.slug}"

    document, page = partner.get(address), partner.get(address, headers={"Accept": "text/html"})

    assert document.json() == {
        "type": problem.url,
        "title": problem.title,
        "status": problem.status,
        "help": problem.help,
    }
    assert page["Content-Type"].startswith("text/html")
    assert problem.title in page.content.decode()


def test_head_and_options_answer_like_get(partner):
    got, head, options = (getattr(partner, method)("/api/v1/articles") for method in ("get", "head", "options"))

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
    assert head["Content-Length"] == str(len(got.content))
    assert (options.status_code, options["Allow"]) == (200, "GET, HEAD, OPTIONS")


def test_answers_may_be_kept_only_when_asked_again(partner):
    response = partner.get("/api/v1/articles")

    assert (response["Cache-Control"], response["Vary"]) == ("no-cache", "Authorization")
    assert not response.cookies
