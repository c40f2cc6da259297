"""The examples of docs/partner-api.md can be typed as they stand."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.desk import make_country

GUIDE = settings.BASE_DIR / "docs" / "partner-api.md"
EXAMPLES = re.findall(r"curl .*?'http://127\.0\.0\.1:8000(.+?)'", GUIDE.read_text(encoding="utf-8"))
# Examples that show an error, or name a story or a position that only the demonstration has.
OTHER_THAN_200 = {
    "/api/v1/articles?page_size=500": 400,
    "/api/v1/articles/13afd575-675c-4050-be2e-1cce9a1f246d?fields=headline,quotes": 404,
    "/api/v1/changes?after=7c93761893f04d9da2706019391df71f.0.53": 409,
}


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_understood(example, norway):
    for code, name, alpha3, numeric in (
        ("CN", "China", "CHN", "156"),
        ("DE", "Germany", "DEU", "276"),
        ("RU", "Russia", "RUS", "643"),
        ("TW", "Taiwan", "TWN", "158"),
    ):
        make_country(code, name, alpha3, numeric)

    response = Client().get(example)

    assert response.status_code == OTHER_THAN_200.get(example, 200), response.content
