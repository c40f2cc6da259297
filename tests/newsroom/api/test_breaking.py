"""What partners have built on stays: the description is held against the one that was promised to them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from newsroom.api.breaking import breaking_changes
from newsroom.api.views import description

PROMISED = settings.BASE_DIR / "docs" / "openapi-promised.json"
LIST, ONE, SAY = "/api/v1/articles", "/api/v1/articles/{uuid}", "/api/v1/acknowledgements"


@pytest.fixture(scope="module")
def promised() -> dict[str, Any]:
    return json.loads(PROMISED.read_bytes())


def test_nothing_that_was_promised_is_broken(promised):
    """What is to go is deprecated first; after its year its line goes from the promised description, too."""
    assert breaking_changes(promised, json.loads(description())) == []


def test_description_equals_itself(promised):
    assert breaking_changes(promised, copy.deepcopy(promised)) == []


def operation(document, path=LIST, method="get"):
    return document["paths"][path][method]


def parameter(document, name, path=LIST):
    return next(one for one in operation(document, path)["parameters"] if one["name"] == name)


def schema(document, name):
    return document["components"]["schemas"][name]


def optional(document, name, member):
    schema(document, name)["required"].remove(member)


BREAKS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "path": (lambda d: d["paths"].pop(ONE), f"{ONE} is gone"),
    "method": (lambda d: d["paths"][LIST].pop("get"), f"GET {LIST} is gone"),
    "operation renamed": (lambda d: operation(d).update(operationId="x"), "has another name"),
    "key needed": (lambda d: operation(d).update(security=[{"key": []}]), "a key is needed now"),
    "parameter": (
        lambda d: operation(d)["parameters"].remove(parameter(d, "has")),
        "the parameter “has” is gone",
    ),
    "parameter needed": (lambda d: parameter(d, "has").update(required=True), "the parameter “has” is needed now"),
    "new parameter needed": (
        lambda d: operation(d)["parameters"].append({"in": "query", "name": "x", "required": True, "schema": {}}),
        "the parameter “x” is needed now",
    ),
    "value of a parameter": (lambda d: parameter(d, "type")["schema"]["enum"].remove("brief"), "not every value"),
    "limit of a parameter": (lambda d: parameter(d, "page_size")["schema"].update(maximum=50), "maximum was 100"),
    "least of a parameter": (lambda d: parameter(d, "page_size")["schema"].update(minimum=2), "minimum was 1"),
    "type of a parameter": (lambda d: parameter(d, "page_size")["schema"].update(type="string"), "the type was"),
    "pattern of a parameter": (
        lambda d: parameter(d, "country")["schema"]["items"].update(pattern="^[A-Z]{3}$"),
        "the pattern was",
    ),
    "fewer values of a parameter": (lambda d: parameter(d, "country")["schema"].update(maxItems=1), "maxItems was"),
    "status": (lambda d: operation(d, ONE)["responses"].pop("410"), "the status 410 is gone"),
    "media type": (lambda d: operation(d)["responses"]["200"]["content"].clear(), "application/json is gone"),
    "form": (lambda d: schema(d, "ArticleInAnyFormat")["oneOf"].pop(), "the form NinjsItem is gone"),
    "member": (lambda d: schema(d, "Article")["properties"].pop("headline"), "“headline” is gone"),
    "member of a member": (lambda d: schema(d, "Body")["properties"].pop("text"), ".body: “text” is gone"),
    "member may be missing": (lambda d: optional(d, "Article", "headline"), "“headline” may be missing now"),
    "type of a member": (
        lambda d: schema(d, "Article")["properties"]["version"].update(type="string"),
        "the type was integer and is string",
    ),
    "member may be null": (
        lambda d: schema(d, "Article")["properties"]["headline"].update(type=["string", "null"]),
        "the type was string and is null, string",
    ),
    "format of a member": (
        lambda d: schema(d, "Article")["properties"]["published_at"].update(format="date"),
        "the format was date-time and is date",
    ),
    "value of a member": (lambda d: schema(d, "ChangeAction")["enum"].remove("remove"), "not every value"),
    "body needed": (lambda d: operation(d).update(requestBody={"required": True, "content": {}}), "a body is needed"),
    "body": (lambda d: operation(d, SAY, "post").pop("requestBody"), "no body is taken"),
    "member of a body": (
        lambda d: schema(d, "AcknowledgementRequest")["properties"].pop("sequence"),
        "body: “sequence” is gone",
    ),
    "new member of a body needed": (
        lambda d: schema(d, "AcknowledgementRequest")["required"].append("reason"),
        "“reason” is needed now",
    ),
    "limit in a body": (
        lambda d: schema(d, "AcknowledgementRequest")["properties"]["sequence"].update(maximum=10),
        "maximum was",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_break_is_found(promised, name):
    change, sentence = BREAKS[name]
    after = copy.deepcopy(promised)
    change(after)

    found = breaking_changes(promised, after)

    assert found
    assert all(sentence in one for one in found), found


ADDITIONS: dict[str, Callable[[Any], Any]] = {
    "path": lambda d: d["paths"].update({"/api/v1/new": copy.deepcopy(d["paths"][LIST])}),
    "method": lambda d: d["paths"][LIST].update(post=copy.deepcopy(operation(d, SAY, "post"))),
    "parameter": lambda d: operation(d)["parameters"].append({"in": "query", "name": "x", "schema": {}}),
    "value of a parameter": lambda d: parameter(d, "type")["schema"]["enum"].append("poem"),
    "wider limit": lambda d: parameter(d, "page_size")["schema"].update(maximum=200),
    "status": lambda d: operation(d)["responses"].update({"451": {"description": "x"}}),
    "member": lambda d: schema(d, "Article")["properties"].update(mood={"type": "string"}),
    "value of a member": lambda d: schema(d, "ChangeKind")["enum"].append("revive"),
    "form": lambda d: schema(d, "ArticleInAnyFormat")["oneOf"].append({"$ref": "#/components/schemas/Body"}),
    "member of a body that may be left out": lambda d: schema(d, "AcknowledgementRequest")["properties"].update(
        note={"type": "string"}
    ),
    "words": lambda d: operation(d).update(description="Other words."),
    "deprecation": lambda d: operation(d).update(deprecated=True),
    "open reading": lambda d: operation(d, SAY, "post").update(security=[{"key": []}, {}]),
}


@pytest.mark.parametrize("name", ADDITIONS)
def test_addition_breaks_nothing(promised, name):
    after = copy.deepcopy(promised)
    ADDITIONS[name](after)

    assert breaking_changes(promised, after) == []
