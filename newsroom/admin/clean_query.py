"""What no link and no form of ours sends to a list: it is left out before the database would refuse it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import QueryDict

# The digits of the greatest id.
LONGEST_KEY = 19


def clean_query(query: QueryDict) -> Any:
    """Without U+0000, which PostgreSQL has no text for, and without regular expressions, which may be broken ones."""
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        if not name.endswith("regex"):
            clean.setlist(name.replace("\x00", ""), [value.replace("\x00", "") for value in values])
    return clean


def clean_choice(sent: QueryDict) -> Any:
    """The chosen rows that can be rows: “42”; not “x”, and not five thousand digits."""
    clean = sent.copy()
    if ACTION_CHECKBOX_NAME in clean:
        keys = [key for key in clean.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal() and len(key) <= LONGEST_KEY]
        clean.setlist(ACTION_CHECKBOX_NAME, keys)
    return clean
