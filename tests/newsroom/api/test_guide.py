"""The examples of docs/partner-api.md can be typed as they stand."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from tests.desk import make_country

GUIDE = settings.BASE_DIR / "docs" / "partner-api.md"
EXAMPLES = re.findall(r"^ {4}(curl .*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
ADDRESS, BODY = re.compile(r"'http://127\.0\.0\.1:8000(.+?)'"), re.compile(r"--json '(.+?)'")
# Examples that show an error, or name a story or a position that only the demonstration has.
OTHER_THAN_200 = {
    "/api/v1/articles?page_size=500": 400,
    "/api/v1/articles/13afd575-675c-4050-be2e-1cce9a1f246d?fields=headline,quotes": 404,
    "/api/v1/changes?after=7c93761893f04d9da2706019391df71f.0.53": 409,
    # The number of a kill in the example's feed, not in the test's.
    "/api/v1/acknowledgements": 400,
    "/api/v1/webhooks/endpoints": 201,
    # Whoever types it has an id.
    "/api/v1/webhooks/endpoints/{id}/enable": 404,
}


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_understood(example, norway, keys):
    for code, name, alpha3, numeric in (
        ("CN", "China", "CHN", "156"),
        ("DE", "Germany", "DEU", "276"),
        ("RU", "Russia", "RUS", "643"),
        ("TW", "Taiwan", "TWN", "158"),
    ):
        make_country(code, name, alpha3, numeric)
    client = keys.client() if "-H 'Authorization: Bearer nrk_live_…'" in example else Client()
    address, body = ADDRESS.search(example)[1], BODY.search(example)

    response = client.post(address, body[1], content_type="application/json") if body else client.get(address)

    assert response.status_code == OTHER_THAN_200.get(address, 200), response.content


@pytest.mark.django_db
def test_example_of_a_confirmation_is_the_answer_of_one(desk, keys, numbered):
    """The guide's own body, with the number of a kill that there is."""
    kill = desk.killed()
    numbered()
    body = BODY.search(next(example for example in EXAMPLES if "acknowledgements" in example))[1]
    sent = json.loads(body) | {"sequence": kill.changes.get(kind="kill").sequence}

    answer = keys.client().post("/api/v1/acknowledgements", sent, content_type="application/json")

    shown = re.search(r'^\{"sequence": 118.*\}$', GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert (answer.status_code, answer.json().keys()) == (201, json.loads(shown[0]).keys())
