"""Made-up changes of the description: each that would break a partner must be seen, each addition let through.

Not chosen by hand: of every operation, parameter and member of an answer one is taken away, made needed, made optional
or given another type; and something is added to each.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.audits.report import Finding, Report

Json = dict[str, Any]
Change = tuple[str, Callable[[Json], Any]]
ANSWERS = ("200", "201")


def judge_breaking(report: Report, promised: Json) -> None:
    from newsroom.api.breaking import breaking_changes

    breaks, additions = list(_breaks(promised)), list(_additions(promised))
    report.figure("breaking_changes_tried", len(breaks))
    told = {name: breaking_changes(promised, _changed(promised, change)) for name, change in (*breaks, *additions)}
    unseen = [Finding("breaking", "openapi.json", f"not seen: {name}") for name, _ in breaks if not told[name]]
    refused = [Finding("breaking", "openapi.json", f"{name}: {told[name]}") for name, _ in additions if told[name]]
    report.count("breaking_changes_not_caught", unseen)
    report.count("additions_refused", refused)
    report.note(f"breaking: {len(breaks)} breaks and {len(additions)} additions tried")


def _changed(promised: Json, change: Callable[[Json], Any]) -> Json:
    document = copy.deepcopy(promised)
    change(document)
    return document


def _operations(promised: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in promised["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _breaks(promised: Json) -> Iterator[Change]:
    for path in promised["paths"]:
        yield f"{path} is gone", lambda document, path=path: document["paths"].pop(path)
    for path, method, operation in _operations(promised):
        where = f"{method.upper()} {path}"
        yield f"{where} is gone", lambda document, path=path, method=method: document["paths"][path].pop(method)
        for place, parameter in enumerate(operation.get("parameters", ())):
            yield from _of_parameter(where, path, method, place, parameter)
    for schema in sorted(answered(promised)):
        yield from _of_members(schema, promised["components"]["schemas"][schema])


def _of_parameter(where: str, path: str, method: str, place: int, parameter: Json) -> Iterator[Change]:
    name = f"{where}: {parameter['name']}"

    def one(document: Json) -> Json:
        found: Json = document["paths"][path][method]["parameters"][place]
        return found

    if parameter["in"] == "path":
        return
    yield f"{name} is gone", lambda document: document["paths"][path][method]["parameters"].pop(place)
    yield f"{name} has another type", lambda document: one(document)["schema"].update(type="boolean")
    if not parameter.get("required"):
        yield f"{name} is needed", lambda document: one(document).update(required=True)
    if len(parameter["schema"].get("enum", ())) > 1:
        yield f"{name} takes less", lambda document: one(document)["schema"]["enum"].pop()
    if "maximum" in parameter["schema"]:
        yield f"{name} ends earlier", lambda document: one(document)["schema"].update(maximum=2)


def _of_members(schema: str, described: Json) -> Iterator[Change]:
    for name, member in described.get("properties", {}).items():

        def properties(document: Json, schema: str = schema) -> Json:
            found: Json = document["components"]["schemas"][schema]["properties"]
            return found

        yield f"{schema}.{name} is gone", lambda document, name=name, of=properties: of(document).pop(name)
        if "type" in member:
            other = {"type": "string" if "boolean" in member["type"] else "boolean"}
            yield (
                f"{schema}.{name} has another type",
                lambda document, name=name, of=properties, other=other: of(document).update({name: other}),
            )
        if name in described.get("required", ()):
            yield (
                f"{schema}.{name} may be missing",
                lambda document, name=name, schema=schema: document["components"]["schemas"][schema]["required"].remove(
                    name
                ),
            )


def answered(promised: Json) -> set[str]:
    """Schemas that stand in the answers of success, directly or in one another."""
    schemas = promised["components"]["schemas"]
    waiting = [
        operation["responses"][status]
        for _, _, operation in _operations(promised)
        for status in ANSWERS
        if status in operation["responses"]
    ]
    found: set[str] = set()
    while waiting:
        new = set(_references(waiting.pop())) - found
        found |= new
        waiting += [schemas[name] for name in new]
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        part = dict(enumerate(part))
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name == "$ref":
            yield value.rpartition("/")[2]
        else:
            yield from _references(value)


def _additions(promised: Json) -> Iterator[Change]:
    new = {"name": "new_one", "in": "query", "required": False, "schema": {"type": "string"}}
    yield "a path", lambda document: document["paths"].update({"/api/v1/new": next(iter(document["paths"].values()))})
    for path, method, _ in _operations(promised):

        def one(document: Json, path: str = path, method: str = method) -> Json:
            found: Json = document["paths"][path][method]
            return found

        where = f"{method.upper()} {path}"
        yield (
            f"{where}: a parameter that may be left out",
            lambda document, one=one: one(document).setdefault("parameters", []).append(new),
        )
        yield f"{where}: a deprecation", lambda document, one=one: one(document).update(deprecated=True)
        yield f"{where}: other words", lambda document, one=one: one(document).update(description="Other words.")
    for schema in sorted(answered(promised)):
        if "properties" in promised["components"]["schemas"][schema]:
            yield (
                f"{schema}: a member more",
                lambda document, schema=schema: document["components"]["schemas"][schema]["properties"].update(
                    new_one={"type": "string"}
                ),
            )
