"""What no link and no form of ours sends: it is left out before the database would refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, QueryDict

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object

# The digits of the greatest id.
LONGEST_KEY = 19


def is_key(text: str) -> bool:
    """Whether the text can be a row's id: “42”; not “x”, and not five thousand digits."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


def without_zero_signs(text: str) -> str:
    """PostgreSQL has no text with U+0000."""
    return text.replace("\x00", "")


class CleanQueries(Base):
    """A list that answers any address and any choice of rows."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        request.GET = _clean(request.GET)
        if request.method == "POST":
            request.POST = _with_keys_alone(request.POST)
        return super().changelist_view(request, extra_context)


def _clean(query: QueryDict) -> Any:
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        clean.setlist(without_zero_signs(name), [without_zero_signs(value) for value in values])
    return clean


def _with_keys_alone(sent: QueryDict) -> Any:
    clean = sent.copy()
    if ACTION_CHECKBOX_NAME in clean:
        clean.setlist(ACTION_CHECKBOX_NAME, [key for key in clean.getlist(ACTION_CHECKBOX_NAME) if is_key(key)])
    return clean
