"""Articles as IPTC ninjs 3.1, judged by IPTC's own schema, which takes no member that it does not name."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image as Pillow
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from articles import publishing
from articles.api.ninjs import GENRE_OF_TYPE, LIST_OF_KIND, ninjs_of, ninjs_of_tombstone
from articles.models import ArticleType, Image, Representation
from entities.models import Kind

pytestmark = pytest.mark.django_db
SCHEMA = settings.BASE_DIR / "tests" / "judges" / "ninjs-schema_3.1.json"


@cache
def judge() -> jsonschema.Draft202012Validator:
    # No item of ours has coordinates: a schema that nothing meets stands for that of GeoJSON.
    nothing = Resource.from_contents({"not": {}}, default_specification=DRAFT202012)
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", nothing)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(
        schema, registry=registry, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def judged(item: dict[str, Any]) -> dict[str, Any]:
    judge().validate(item)
    return item


def as_ninjs(client, article, parts: str = "") -> Any:
    return client.get(f"/api/v1/articles/{article.uuid}{parts}?format=ninjs")


@pytest.fixture
def a_picture(settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    content = BytesIO()
    Pillow.new("RGB", (8, 6)).save(content, "WEBP")
    return Image.objects.create(
        file=SimpleUploadedFile("fleet.webp", content.getvalue()),
        alt="Two ships",
        caption="The fleet",
        credit="A. Sample",
    )


@pytest.fixture
def rich(quoted, desk, a_picture):
    """A story with everything that ninjs has a place for, corrected once."""
    article = quoted(
        related=[{"target": desk.live("Another story")}, {"title": "No address"}],
        image=a_picture,
        urgency=3,
        dateline="OSLO",
        source_name="Nordic Wire",
        type="analysis",
    )
    desk.save(article, headline="Fleet returns to two ports")
    desk.approve_again(desk.fresh(article))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="There were two ports.")
    return desk.fresh(article)


def test_judge_refuses_what_is_not_ninjs(partner, rich):
    item = as_ninjs(partner, rich).json()

    for wrong in ({"colour": "red"}, {"version": 2}, {"pubStatus": "dead"}, {"places": [{"geoJSON": {}}]}):
        assert not judge().is_valid(item | wrong), wrong


def test_item_says_what_the_article_says(partner, rich, norway, minister):
    document = partner.get(f"/api/v1/articles/{rich.uuid}").json()
    item = judged(as_ninjs(partner, rich).json())

    assert item["uri"] == f"urn:uuid:{rich.uuid}"
    assert (item["version"], item["pubStatus"]) == (str(document["version"]), "usable")
    assert item["headlines"][0]["value"] == document["headline"]
    assert [body["value"] for body in item["bodies"]] == [document["body"]["html"], document["body"]["text"]]
    assert item["bodies"][1]["charCount"] == len(document["body"]["text"])
    assert (item["by"], item["located"], item["urgency"]) == (document["byline"], "OSLO", 3)
    assert item["places"] == [
        {
            "name": "Norway",
            "rel": "about",
            "uri": f"http://127.0.0.1:8000/api/v1/entities/{norway.uuid}",
            "literal": "NO",
        }
    ]
    assert [person["uri"].rpartition("/")[2] for person in item["people"]] == [str(minister.uuid)]
    assert item["genres"][0]["uri"] == "http://cv.iptc.org/newscodes/genre/Analysis"
    assert item["infoSources"][-1] == {"name": "Nordic Wire", "role": "source"}
    assert "copyrightHolder" not in item
    assert [(entry["role"], entry["value"]) for entry in item["descriptions"]] == [
        ("summary", document["standfirst"]),
        ("correction", "There were two ports."),
    ]
    assert [(entry["rel"], entry["type"]) for entry in item["associations"]] == [
        ("main", "picture"),
        ("related", "text"),
    ]
    assert item["associations"][0]["renditions"][0]["href"] == document["images"][0]["url"]


def test_addresses_of_an_item_lead_to_what_it_names(partner, rich):
    item = as_ninjs(partner, rich).json()

    for concept in [*item["places"], *item["people"], *item["subjects"][1:]]:
        found = partner.get(concept["uri"].removeprefix("http://127.0.0.1:8000"))
        assert found.json()["name"] == concept["name"]


@pytest.mark.parametrize(("fate", "status"), [("withdrawn", "withheld"), ("killed", "canceled")])
def test_tombstone_is_a_problem_with_the_item_in_it(partner, desk, fate, status):
    article = getattr(desk, fate)("A secret")

    for parts in ("", "/versions/1"):
        answer = as_ninjs(partner, article, parts)
        item = judged(answer.json()["ninjs"])

        assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
        assert (item["uri"], item["pubStatus"]) == (f"urn:uuid:{article.uuid}", status)
        assert item["version"] == str(article.version)
        assert b"secret" not in answer.content
    assert "ninjs" not in partner.get(f"/api/v1/articles/{article.uuid}").json()


def test_sealed_version_cancels_nothing(partner, desk):
    article = desk.live("Libel")
    desk.save(article, headline="Fact")
    desk.approve_again(desk.fresh(article))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="We were wrong.", seal=True)

    answer = as_ninjs(partner, article, "/versions/1")

    assert (answer.status_code, answer.json()["reason"]) == (410, "sealed")
    assert "ninjs" not in answer.json()


def test_lists_and_versions_have_the_same_item(partner, rich, minister):
    item = as_ninjs(partner, rich).json()
    places = ("articles", "countries/NO/articles", f"entities/{minister.uuid}/articles")
    lists = [partner.get(f"/api/v1/{place}?format=ninjs&country=NO").json() for place in places]
    first, second = (judged(as_ninjs(partner, rich, f"/versions/{version}").json()) for version in (1, 2))

    assert [answer["items"] for answer in lists] == [[item]] * 3
    assert {"next_cursor", "has_more", "sequence", "after"} < lists[0].keys()
    assert first["headlines"][0]["value"] == "Fleet returns to port"
    assert first["edNote"].startswith("An earlier version.")
    assert second["headlines"] == item["headlines"]


def test_item_costs_no_query_more_than_the_article(partner, rich, django_assert_num_queries):
    with django_assert_num_queries(1):
        partner.get(f"/api/v1/articles/{rich.uuid}")
    with django_assert_num_queries(1):
        as_ninjs(partner, rich)


def test_each_form_has_a_tag_of_its_own(partner, rich):
    address = f"/api/v1/articles/{rich.uuid}"
    whole, item = partner.get(address), as_ninjs(partner, rich)

    assert whole["ETag"] != item["ETag"]
    assert item["Last-Modified"] == whole["Last-Modified"]
    assert partner.get(f"{address}?format=ninjs", headers={"If-None-Match": item["ETag"]}).status_code == 304
    assert partner.get(f"{address}?format=ninjs", headers={"If-None-Match": whole["ETag"]}).status_code == 200
    assert partner.get("/api/v1/articles?format=ninjs")["ETag"] != partner.get("/api/v1/articles")["ETag"]


@pytest.mark.parametrize("parts", ["", "/{uuid}", "/{uuid}/versions/1"])
@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("format=ninjs&fields=headline", "fields", "not_with_format"),
        ("format=json", "format", "invalid_choice"),
        ("format=", "format", "blank"),
        ("format=ninjs&format=ninjs", "format", "repeated"),
    ],
)
def test_format_that_cannot_be_meant_is_refused(partner, desk, parts, query, parameter, code):
    article = desk.live()

    answer = partner.get(f"/api/v1/articles{parts.format(uuid=article.uuid)}?{query}")

    assert answer.status_code == 400
    assert [(error["parameter"], error["code"]) for error in answer.json()["errors"]] == [(parameter, code)]


def test_cursor_of_one_form_leads_on_in_another(partner, desk):
    stories = [desk.live("First"), desk.live("Second")]
    cursor = partner.get("/api/v1/articles?page_size=1").json()["next_cursor"]

    items = partner.get("/api/v1/articles", {"page_size": 1, "cursor": cursor, "format": "ninjs"}).json()["items"]

    assert [item["uri"] for item in items] == [f"urn:uuid:{stories[0].uuid}"]


def test_product_holds_for_ninjs(keys, about_norway, quoted, desk):
    inside, outside = quoted(), desk.live("Elsewhere")
    client = keys.client(products=[about_norway])

    assert as_ninjs(client, inside).status_code == 200
    assert as_ninjs(client, outside).status_code == 404


def test_every_type_and_kind_has_its_place():
    assert set(GENRE_OF_TYPE) == set(ArticleType.values)
    assert set(Kind.values) - set(LIST_OF_KIND) == {"country", "programme"}


@pytest.mark.timeout(900)
def test_every_story_of_the_seeds_is_ninjs():
    call_command("seed", verbosity=0)
    documents = [json.loads(bytes(stored)) for stored in Representation.objects.values_list("json", flat=True)]
    tombstones = [document for document in documents if document["status"] in ("withdrawn", "killed")]

    assert len(documents) > 40
    for document in documents:
        tombstone = {**document, "reason": document["status"]}
        judged(ninjs_of_tombstone(tombstone) if document in tombstones else ninjs_of(document))
