"""Every story and every tombstone as IPTC ninjs, by the schema of IPTC."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from referencing import Registry, Resource

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError, judges_folder

from .asking import Client

SCHEMA, GEOMETRY = "ninjs-schema_3.1.json", "GeoJSON-schema.json"
# What the schema calls the other, which is no address of ours.
GEOMETRY_ADDRESS = "https://geojson.org/schema/GeoJSON.json"


def judge_ninjs(report: Report, site: str, key: str) -> None:
    """Lists, single stories and what is left of those that were taken down."""
    validator = _validator()
    documents = [*_stories(Client(site)), *_tombstones(Client(site, key))]
    report.figure("ninjs_documents", len(documents))
    report.figure("ninjs_tombstones", sum("taken down" in where for where, _ in documents))
    found = [
        Finding("ninjs", where, f"{error.json_path}: {error.message[:300]}")
        for where, document in documents
        for error in validator.iter_errors(document)
    ]
    _require_sight(validator, documents[0][1])
    report.count("ninjs_errors", found)


def _stories(client: Client) -> Iterator[tuple[str, Any]]:
    """As a list gives them, and as each is given alone: the same words."""
    for number, story in enumerate(client.every("/api/v1/articles?format=ninjs")):
        yield f"item {number} of the list", story
    for story in client.every("/api/v1/articles?fields=id"):
        path = f"/api/v1/articles/{story['id']}"
        yield path, client.get(f"{path}?format=ninjs").json()


def _tombstones(client: Client) -> Iterator[tuple[str, Any]]:
    """Of all that the feed took back and that answers with 410."""
    changes, after, has_more = list[Any](), "", True
    while has_more:
        page = client.get(f"/api/v1/changes?limit=1000{f'&after={after}' if after else ''}").json()
        changes, after, has_more = changes + page["items"], page["next_after"], page["has_more"]
    for key in {change["object_id"] for change in changes if change["action"] == "remove"}:
        answer = client.get(f"/api/v1/articles/{key}?format=ninjs")
        if answer.status == 410:
            yield f"{key}, taken down", answer.json()["ninjs"]


def _validator() -> Draft202012Validator:
    folder = judges_folder(holding=SCHEMA)
    schema, geometry = (json.loads((folder / name).read_text()) for name in (SCHEMA, GEOMETRY))
    registry = Registry().with_resource(GEOMETRY_ADDRESS, Resource.from_contents(geometry))
    judge = validator_for(schema)
    judge.check_schema(schema)
    return judge(schema, registry=registry, format_checker=judge.FORMAT_CHECKER)


def _require_sight(validator: Draft202012Validator, document: Any) -> None:
    """Raises JudgeAbsentError where a member of our own passes, or a time that is none."""
    for faulty in (document | {"newsroom": True}, document | {"version": ["1"]}, {}):
        if validator.is_valid(faulty):
            raise JudgeAbsentError("the schema of ninjs let a faulty item pass")
