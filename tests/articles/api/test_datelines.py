"""The country of a dateline comes from the story's own tags, or is left open."""

from __future__ import annotations

import pytest

from entities.models import Country

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("dateline", "code"),
    [
        ("OSLO", "NO"),
        ("Norway", "NO"),
        ("HORTEN, Norway", "NO"),
        ("ABOARD A SHIP", None),
        ("OSLOFJORD", None),
        (",", None),
        ("", None),
    ],
)
def test_dateline_names_the_country_that_a_tag_tells(partner, quoted, norway, dateline, code):
    Country.objects.filter(entity=norway).update(capital="Oslo")

    article = quoted(dateline=dateline)

    shown = partner.get(f"/api/v1/articles/{article.uuid}").json()["dateline"]
    assert shown == {"text": dateline, "country": code}


def test_dateline_of_a_story_without_that_tag_has_no_country(partner, desk, norway):
    Country.objects.filter(entity=norway).update(capital="Oslo")

    article = desk.live(dateline="OSLO")

    assert partner.get(f"/api/v1/articles/{article.uuid}").json()["dateline"] == {"text": "OSLO", "country": None}
