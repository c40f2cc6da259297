"""The description is valid, is the committed one, and says the truth about the answers."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.db import connection
from openapi_spec_validator import validate

from articles.publishing import publish
from articles.storylines import add_story, make_storyline
from articles.suggestions import add_quote, add_tag
from newsroom.api import views
from newsroom.api.views import description
from tests.webhooks import tell

WEBHOOKS = "/api/v1/webhooks/endpoints"
COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"


def test_description_is_valid_openapi():
    validate(json.loads(description()))


def test_description_is_the_committed_one():
    """Refresh it with: manage.py write_openapi"""
    assert COMMITTED.read_bytes() == description()


def test_two_who_ask_first_at_once_do_not_make_it_side_by_side(monkeypatch):
    """drf-spectacular would answer one of them with an error."""
    at_work, at_once = [], []

    class Generator:
        def get_schema(self, **asked: Any) -> dict[str, str]:
            at_work.append(asked)
            at_once.append(len(at_work))
            time.sleep(0.05)
            at_work.pop()
            return {"openapi": "3.1.0"}

    monkeypatch.setattr(views, "SchemaGenerator", Generator)
    views.made_description.cache_clear()
    try:
        with ThreadPoolExecutor(4) as asking:
            answers = set(asking.map(lambda _: description(), range(4)))
    finally:
        views.made_description.cache_clear()

    assert (len(answers), at_once) == (1, [1])


def test_every_operation_has_a_summary_and_a_tag_that_is_described():
    document = json.loads(description())
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]

    assert all(operation["summary"] for operation in operations)
    assert {tag for operation in operations for tag in operation["tags"]} == {tag["name"] for tag in document["tags"]}


def test_what_is_sent_has_no_member_that_is_not_described():
    document = json.loads(description())
    body = document["paths"]["/api/v1/acknowledgements"]["post"]["requestBody"]["content"]["application/json"]
    name = body["schema"]["$ref"].rpartition("/")[2]

    assert document["components"]["schemas"][name]["additionalProperties"] is False


def test_every_parameter_without_a_form_of_its_own_says_what_is_refused():
    """As `refuse_unknown` has it: no value of spaces alone, none without end."""
    operation = json.loads(description())["paths"]["/api/v1/articles"]["get"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in operation["parameters"]}

    assert (schemas["author"]["minLength"], schemas["author"]["maxLength"], schemas["cursor"]["maxLength"]) == (
        1,
        1_000,
        2_000,
    )
    assert re.search(schemas["author"]["pattern"], "ana sample")
    assert [re.search(schemas["author"]["pattern"], text) for text in ("", "  ", "a\0")] == [None] * 3


@pytest.mark.django_db
def test_every_answer_is_as_described(desk, norway, keys, about_norway):
    partner = keys.client()
    article = desk.approved(related=[{"target": desk.live("Another story")}, {"title": "Elsewhere"}], urgency=2)
    add_quote(article, start=33, end=57, by=desk.editor, speaker_name="Ingrid Sample", speaker_kind="person")
    add_tag(article, norway, by=desk.editor)
    publish(article, by=desk.editor)
    storyline = make_storyline(by=desk.editor, title="The cable", is_public=True, entities=[norway])
    add_story(storyline, article, by=desk.editor, note="The first dive.")
    killed = desk.killed()
    document = json.loads(description())
    addresses = {
        "/api/v1/articles": "articles",
        "/api/v1/articles/{uuid}": f"articles/{article.uuid}",
        "/api/v1/articles/{uuid}/quotes": f"articles/{article.uuid}/quotes",
        "/api/v1/articles/{uuid}/related": f"articles/{article.uuid}/related",
        "/api/v1/articles/{uuid}/versions": f"articles/{article.uuid}/versions",
        "/api/v1/articles/{uuid}/versions/{version}": f"articles/{article.uuid}/versions/1",
        "/api/v1/changes": "changes",
        "/api/v1/countries": "countries",
        "/api/v1/countries/{alpha2}": "countries/NO",
        "/api/v1/countries/{alpha2}/articles": "countries/NO/articles",
        "/api/v1/entities": "entities",
        "/api/v1/entities/{uuid}": f"entities/{norway.uuid}",
        "/api/v1/entities/{uuid}/articles": f"entities/{norway.uuid}/articles",
        "/api/v1/me": "me",
        "/api/v1/quotes": "quotes",
        "/api/v1/search": "search?q=fleet",
        "/api/v1/storylines": "storylines",
        "/api/v1/storylines/{uuid}": f"storylines/{storyline.uuid}",
    }
    answers = {path: partner.get(f"/api/v1/{address}") for path, address in addresses.items()}

    posted = {"/api/v1/acknowledgements"}
    webhooks = {path for path in document["paths"] if path.startswith(WEBHOOKS)}
    assert set(document["paths"]) - set(addresses) - posted - webhooks == {"/api/v1/articles/by-slug/{slug}"}
    for path, answer in answers.items():
        check(document, path, answer)
    check(document, "/api/v1/articles/{uuid}", partner.get(f"/api/v1/articles/{killed.uuid}"))
    check(document, "/api/v1/articles", partner.get("/api/v1/articles?page_size=0"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    filtered = keys.client(products=[about_norway])
    check(document, "/api/v1/changes", filtered.get("/api/v1/changes"))
    check(document, "/api/v1/me", filtered.get("/api/v1/me"))
    check(document, "/api/v1/articles", keys.client(scopes=["changes"]).get("/api/v1/articles"))
    kill = killed.changes.get(kind="kill").sequence
    for body in ({"sequence": kill}, {"sequence": kill}, {"sequence": 1}, [], "text"):
        answer = partner.post("/api/v1/acknowledgements", body, content_type="application/json")
        check(document, "/api/v1/acknowledgements", answer, method="post")


@pytest.mark.django_db
def test_every_answer_about_webhooks_is_as_described(desk, keys, numbered, receiver):
    document, client = json.loads(description()), keys.client()
    asked = set()

    def ask(method: str, path: str = "", body: Any = None) -> Any:
        address = WEBHOOKS + path.format(**names)
        answer = getattr(client, method)(address, {} if body is None else body, content_type="application/json")
        check(document, WEBHOOKS + path.replace("{id}", "{uuid}"), answer, method=method)
        asked.add((WEBHOOKS + path.replace("{id}", "{uuid}"), method))
        return answer.json()

    names: dict[str, str] = {}
    names["id"] = ask("post", "", {"url": receiver.url()})["id"]
    for method, path in (("post", "/{id}/enable"), ("get", ""), ("get", "/{id}"), ("post", "/{id}/test")):
        ask(method, path)
    desk.kill(desk.live())
    numbered()
    tell()
    names["webhook_id"] = ask("get", "/{id}/deliveries")["items"][0]["id"]
    ask("post", "/{id}/deliveries/{webhook_id}/redeliver")
    ask("post", "/{id}/rotate-secret")
    ask("post", "/{id}/disable")
    ask("patch", "/{id}", {"description": "another"})
    ask("patch", "/{id}", {"url": "http://10.0.0.1/"})
    ask("get", "/{id}/deliveries")
    described = {
        (path, verb) for path, verbs in document["paths"].items() if path.startswith(WEBHOOKS) for verb in verbs
    }
    assert described - asked == {(f"{WEBHOOKS}/{{uuid}}", "delete")}


def check(document: dict[str, Any], path: str, answer: Any, *, method: str = "get") -> None:
    described = document["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    schema = described[answer["Content-Type"]]["schema"]
    strict = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": closed(document)["components"]}
    jsonschema.Draft202012Validator(strict | schema).validate(answer.json())


def closed(schema: Any) -> Any:
    """The same schema, in which an object has no property that is not described."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    return parts | {"additionalProperties": False} if isinstance(schema.get("properties"), dict) else parts
