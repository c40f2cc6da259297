"""Any list of the admin as CSV: the same filters, search, order and permission as on the page, and every row of it.

The columns are those of the list. A list whose cells shorten or decorate what they show says with
`csv_columns` what stands in full, as {title: name of a field, or a function of the row}, and with
`for_export(queryset)` how to fetch that in one query.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

Column = Callable[[Any], object]

# Rows that the database hands over at a time, and that are written at a time.
FETCHED, WRITTEN = 2000, 500
# What only the page of a list needs.
OF_THE_PAGE = ("p", "all", "e")
BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes text that begins with one of these for a formula, the full-width ones included.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_of(admin: ModelAdmin[Any]) -> Callable[..., HttpResponse | StreamingHttpResponse]:
    """The view that exports the list of an admin."""
    return require_GET(partial(export, admin))


def export(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The rows of the list as a stream, in constant memory and in a number of queries that they do not change."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.copy()
    for name in OF_THE_PAGE:
        asked.pop(name, None)
    request.GET = asked  # type: ignore[assignment]
    try:
        rows = admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return HttpResponseBadRequest("The address asks for filters that this list does not have.")
    answer = StreamingHttpResponse(written(admin, request, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(admin)}"'
    answer["Cache-Control"] = "no-store"
    return answer


def written(admin: ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Any]) -> Iterator[str]:
    """The file, a few hundred lines at a time."""
    columns = _columns(admin, request)
    fetch = getattr(admin, "for_export", None)
    found = (fetch(rows) if fetch else rows).iterator(chunk_size=FETCHED)
    yield BYTE_ORDER_MARK + _lines([list(columns)])
    while batch := list(islice(found, WRITTEN)):
        yield _lines([plain(value_of(row)) for value_of in columns.values()] for row in batch)


def plain(value: object) -> str | int | float:
    """A value as a spreadsheet may safely read it.

    Text that would be a formula gets an apostrophe: "=1+1" becomes "'=1+1"; a number stays one: -3.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case list() | tuple():
            return _harmless("; ".join(map(str, value)))
        case SafeString():
            return _harmless(" ".join(strip_tags(value).split()))
    return _harmless(str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _columns(admin: ModelAdmin[Any], request: HttpRequest) -> dict[str, Column]:
    own: dict[str, str | Column] | None = getattr(admin, "csv_columns", None)
    if own:
        return {title: partial(_attribute, of) if isinstance(of, str) else of for title, of in own.items()}
    names = [name for name in admin.get_list_display(request) if name != "action_checkbox"]
    return {str(label_for_field(name, admin.model, admin)): partial(_cell, admin, name) for name in names}


def _attribute(name: str, row: Any) -> object:
    """A field of the row, in words where it is one of a few choices."""
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown()) if shown else getattr(row, name)


def _cell(admin: ModelAdmin[Any], name: Any, row: Any) -> object:
    """What the list shows in this column of this row."""
    try:
        field, _, value = lookup_field(name, row, admin)
    except ObjectDoesNotExist:
        return None
    return _attribute(field.name, row) if field is not None and field.choices else value


def _lines(rows: Iterable[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _file_name(admin: ModelAdmin[Any]) -> str:
    return f"{admin.opts.model_name}-{timezone.now():%Y-%m-%d-%H%M}.csv"
