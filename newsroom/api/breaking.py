"""What a change of the API's description would break for who has built on it.

Adding is no break: a path, a parameter that may be left out, a member of an answer, a status. Whatever was promised
and is not there any more, is narrower in what we take, or wider in what we give, is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")
# Limits on what is sent: those that must not rise, and those that must not fall.
LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def breaking_changes(before: Json, after: Json) -> list[str]:
    """One sentence for each break, from one OpenAPI 3.1 document to another."""
    return list(Comparison(before, after).of_documents())


class Comparison:
    """Two descriptions, in which references are followed."""

    def __init__(self, before: Json, after: Json) -> None:
        self.before, self.after = before, after
        self.compared: set[tuple[str, str, bool]] = set()

    def of_documents(self) -> Iterator[str]:
        for path, item in self.before["paths"].items():
            there = self.after["paths"].get(path)
            if there is None:
                yield f"{path} is gone"
                continue
            for method in METHODS:
                if method in item and method not in there:
                    yield f"{method.upper()} {path} is gone"
                elif method in item:
                    yield from self.of_operations(item[method], there[method], f"{method.upper()} {path}")

    def of_operations(self, before: Json, after: Json, where: str) -> Iterator[str]:
        if before.get("operationId") != after.get("operationId"):
            yield f"{where}: the operation has another name, and generated clients with it"
        if {} in before.get("security", [{}]) and {} not in after.get("security", [{}]):
            yield f"{where}: a key is needed now"
        yield from self.of_parameters(before, after, where)
        yield from self.of_bodies(before.get("requestBody"), after.get("requestBody"), where)
        for status, answer in before["responses"].items():
            there = after["responses"].get(status)
            if there is None:
                yield f"{where}: the status {status} is gone"
            else:
                yield from self.of_contents(answer, there, f"{where} {status}", is_sent=False)

    def of_parameters(self, before: Json, after: Json, where: str) -> Iterator[str]:
        known, now = ({(one["in"], one["name"]): one for one in side.get("parameters", ())} for side in (before, after))
        for key in known.keys() - now.keys():
            yield f"{where}: the parameter “{key[1]}” is gone"
        for key, parameter in now.items():
            if parameter.get("required") and not known.get(key, {}).get("required"):
                yield f"{where}: the parameter “{key[1]}” is needed now"
            if key in known:
                there = parameter["schema"]
                yield from self.of_schemas(known[key]["schema"], there, f"{where} “{key[1]}”", is_sent=True)

    def of_bodies(self, before: Json | None, after: Json | None, where: str) -> Iterator[str]:
        if after and after.get("required") and not (before and before.get("required")):
            yield f"{where}: a body is needed now"
        if before and not after:
            yield f"{where}: no body is taken any more"
        if before and after:
            yield from self.of_contents(before, after, f"{where} body", is_sent=True)

    def of_contents(self, before: Json, after: Json, where: str, *, is_sent: bool) -> Iterator[str]:
        for media_type, content in before.get("content", {}).items():
            there = after.get("content", {}).get(media_type)
            if there is None:
                yield f"{where}: {media_type} is gone"
            else:
                yield from self.of_schemas(content["schema"], there["schema"], where, is_sent=is_sent)

    def of_schemas(self, before: Json, after: Json, where: str, *, is_sent: bool) -> Iterator[str]:
        """`is_sent`: of what clients send us, which must not become narrower; otherwise of what we give them."""
        names = (before.get("$ref", ""), after.get("$ref", ""), is_sent)
        if all(names[:2]) and names in self.compared:
            return
        self.compared.add(names)
        theirs, ours = alternatives(before, self.before), alternatives(after, self.after)
        if len(theirs) > 1 or len(ours) > 1:
            for name in theirs.keys() - ours.keys():
                yield f"{where}: the form {name} is gone"
            for name in theirs.keys() & ours.keys():
                yield from self.of_forms(theirs[name], ours[name], where, is_sent=is_sent)
        else:
            yield from self.of_forms(*theirs.values(), *ours.values(), where, is_sent=is_sent)

    def of_forms(self, before: Json, after: Json, where: str, *, is_sent: bool) -> Iterator[str]:
        given, taken = (types(after), types(before)) if not is_sent else (types(before), types(after))
        if not given <= taken:
            yield f"{where}: the type was {_listed(types(before))} and is {_listed(types(after))}"
        if before.get("format") != after.get("format"):
            yield f"{where}: the format was {before.get('format')} and is {after.get('format')}"
        if is_sent or "enum" in before:
            gone = set(map(str, before.get("enum", ()))) - set(map(str, after.get("enum", before.get("enum", ()))))
            if gone or (is_sent and "enum" in after and "enum" not in before):
                yield f"{where}: not every value is left of those there were, {_listed(gone)}"
        if is_sent:
            yield from _limits(before, after, where)
        yield from self.of_members(before, after, where, is_sent=is_sent)
        if "items" in before and "items" in after:
            yield from self.of_schemas(before["items"], after["items"], f"{where}[]", is_sent=is_sent)

    def of_members(self, before: Json, after: Json, where: str, *, is_sent: bool) -> Iterator[str]:
        known, now = before.get("properties", {}), after.get("properties", {})
        for name in known.keys() - now.keys():
            yield f"{where}: “{name}” is gone"
        needed, need = set(before.get("required", ())), set(after.get("required", ()))
        for name in need - needed if is_sent else (needed - need) & now.keys():
            yield f"{where}: “{name}” {'is needed now' if is_sent else 'may be missing now'}"
        for name in known.keys() & now.keys():
            yield from self.of_schemas(known[name], now[name], f"{where}.{name}", is_sent=is_sent)


def alternatives(schema: Json, document: Json) -> dict[str, Json]:
    """The forms that a value may have, by their names; one without a name is called by its type."""
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        schema = document["components"]["schemas"][name] | {key: schema[key] for key in schema if key != "$ref"}
    forms: dict[str, Json] = {}
    for one in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        forms |= alternatives(one, document)
    for one in schema.get("allOf", ()):
        forms |= alternatives(one, document)
    return forms or {name or _listed(types(schema)): schema}


def types(schema: Json) -> set[str]:
    given = schema.get("type", [])
    named = {given} if isinstance(given, str) else set(given)
    return named | {"integer"} if "number" in named else named


def _limits(before: Json, after: Json, where: str) -> Iterator[str]:
    for name in LEAST:
        if after.get(name, float("-inf")) > before.get(name, float("-inf")):
            yield f"{where}: {name} was {before.get(name)} and is {after[name]}"
    for name in MOST:
        if after.get(name, float("inf")) < before.get(name, float("inf")):
            yield f"{where}: {name} was {before.get(name)} and is {after[name]}"
    if "pattern" in after and after["pattern"] != before.get("pattern"):
        yield f"{where}: the pattern was {before.get('pattern')} and is {after['pattern']}"


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "any"
