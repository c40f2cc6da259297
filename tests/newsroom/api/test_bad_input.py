"""Whatever a parameter holds, the answer is one that the description names, and an error is a problem document."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from newsroom.api.views import description

NASTY = (
    *("0", "-1", "9" * 30, "٣", "[]", "'\"\\", "%", "%s", "\0", "\u202e", "é" * 300, "x" * 1_500),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9-14:00", "2026-02-30", "10000-01-01"),
    *("urn:uuid:00000000-0000-0000-0000-000000000001", "CN,,", "headline,,", f"{'f' * 32}.0.{'9' * 18}"),
)
PLACES = {"{uuid}": "00000000-0000-0000-0000-000000000000", "{version}": "9" * 20, "{slug}": "x", "{alpha2}": "NO"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", sorted(path for path, methods in json.loads(description())["paths"].items() if "get" in methods)
)
def test_no_value_of_any_parameter_breaks_anything(path, norway):
    operation = json.loads(description())["paths"][path]["get"]
    names = [entry["name"] for entry in operation.get("parameters", ()) if entry["in"] == "query"]
    address = path
    for place, value in PLACES.items():
        address = address.replace(place, value)
    needed = {"q": "fleet"} if path.endswith("/search") else {}
    partner = Client(raise_request_exception=False)

    answers = [partner.get(address, needed | {name: value}) for name in names or ["x"] for value in NASTY]

    assert {str(answer.status_code) for answer in answers} <= set(operation["responses"]) - {"500"}
    assert {answer["Content-Type"] for answer in answers if answer.status_code >= 400} <= {"application/problem+json"}
