"""What no description can say, told to schemathesis: which sections, countries, ids and kills there are.

Runs in the judge's own environment. Values that name nothing are refused with 400 by design, as is a role without a
country, some fields of what comes whole, a cursor that is none of ours, and an address at which webhooks may not
knock. So where a case is meant to be valid, its references are drawn from those that the audit found, and all else
stays as schemathesis made it. Cases that are meant to be refused stay untouched.
"""

from __future__ import annotations

import json
import os
import uuid
from typing import Any

import schemathesis

KNOWN: dict[str, list[Any]] = json.loads(os.environ["NEWSROOM_AUDIT_KNOWN"])
# What stands in the address below each of these, by what it is called among the known.
PLACES = {"/articles/{": ("uuid", "article"), "/entities/{": ("uuid", "entity"), "/countries/{": ("alpha2", "country")}
CODES = ("country", "country_all")
# What has other values in a search than elsewhere, by what these are called among the known.
OF_SEARCH = {"fields": "search fields"}


@schemathesis.hook
def map_case(context: schemathesis.HookContext, case: schemathesis.Case) -> schemathesis.Case:
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return case
    for place, (parameter, name) in PLACES.items():
        if place in case.path:
            case.path_parameters[parameter] = known(name, case.path_parameters.get(parameter))
    query = case.query or {}
    for name in set(query) & set(KNOWN):
        query[name] = known(OF_SEARCH.get(name, name) if case.path.endswith("/search") else name, query[name])
    for name in ("cursor", "after"):
        query.pop(name, None)
    if "country_role" in query and not any(query.get(name) for name in CODES):
        query.pop("country_role")
    if "format" in query:
        query.pop("fields", None)
    if isinstance(case.body, dict) and "sequence" in case.body:
        case.body["sequence"] = known("sequence", case.body["sequence"])
    if isinstance(case.body, dict) and "url" in case.body:
        case.body["url"] = f"https://{uuid.uuid4()}.invalid/newsroom"
    return case


def known(name: str, drawn: Any) -> Any:
    """As many values that there are as were drawn, the same ones for the same draw."""
    if isinstance(drawn, list):
        return [known(name, entry) for entry in drawn]
    return KNOWN[name][len(repr(drawn)) % len(KNOWN[name])]
