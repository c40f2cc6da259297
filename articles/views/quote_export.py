"""Any result of the quote archive as CSV and as JSON: streamed, bounded, and safe to open in a spreadsheet.

Their ETag is known before anything is read, as of any public list.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from articles.views.positions import Position
from articles.views.public_page import public_list
from articles.views.quote_filters import QuoteFilters
from articles.views.statements import Statement, archive

MOST = 5000
# Stories that are read at once.
STEP = 100
COLUMNS = (
    *("url", "words", "kind", "speaker", "role", "country", "said_on"),
    *("story", "story_url", "published_at", "retraction"),
)
# What a spreadsheet takes for the beginning of a formula, in wide letters too.
_FORMULA = "=+-@\t\r\n＝＋－＠|"


@public_list
def quotes_csv(request: HttpRequest) -> HttpResponseBase:
    filters = QuoteFilters(request.GET)
    if filters.errors:
        return HttpResponse(_told(filters), status=400, content_type="text/plain; charset=utf-8")
    lines = _csv_lines(_statements(filters.matching()))
    return _download(lines, "text/csv; charset=utf-8", "quotes.csv")


@public_list
def quotes_json(request: HttpRequest) -> HttpResponseBase:
    filters = QuoteFilters(request.GET)
    if filters.errors:
        return JsonResponse({"errors": filters.errors}, status=400)
    pieces = _json_pieces(_statements(filters.matching()), request.build_absolute_uri())
    return _download(pieces, "application/json", "quotes.json")


def _download(content: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type=content_type, headers=headers)


def _statements(matching: Q) -> Iterator[Statement]:
    """All that match, newest story first, read in steps by key."""
    position: Position | None = None
    while True:
        page = archive(matching, position, stories=STEP)
        for story in page.stories:
            yield from story.statements
        if not page.older:
            return
        position = Position.read(page.older)


def _bounded(statements: Iterator[Statement]) -> Iterator[Statement | None]:
    """The first statements; then None, if there are more."""
    for number, said in enumerate(statements):
        if number == MOST:
            yield None
            return
        yield said


def _row(said: Statement) -> dict[str, Any]:
    return {
        "url": f"{settings.SITE_URL}{reverse('quote', args=[said.uuid])}",
        "words": said.words,
        "kind": said.kind,
        "speaker": said.speaker,
        "role": said.role,
        "country": said.country,
        "said_on": said.said_on.isoformat() if said.said_on else None,
        "story": said.headline,
        "story_url": f"{settings.SITE_URL}{said.url.partition('#')[0]}",
        "published_at": f"{said.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "retraction": said.retraction or None,
    }


class _Line:
    """A file of which csv.writer hands on what it would write."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(statements: Iterator[Statement]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # The mark by which spreadsheets know UTF-8.
    yield "\ufeff" + writer.writerow(COLUMNS)
    for said in _bounded(statements):
        if said is not None:
            row = _row(said)
            yield writer.writerow([no_formula(row[name] or "") for name in COLUMNS])


def no_formula(cell: str) -> str:
    """A cell that a spreadsheet shows as it is and never computes."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u200b\ufeff").startswith(tuple(_FORMULA)) else cell


def _json_pieces(statements: Iterator[Statement], address: str) -> Iterator[str]:
    yield f'{{"source":{json.dumps(address)},"most":{MOST},"quotes":['
    comma, is_complete = "", True
    for said in _bounded(statements):
        if said is None:
            is_complete = False
        else:
            yield comma + json.dumps(_row(said), ensure_ascii=False)
            comma = ",\n"
    yield f'],"is_complete":{json.dumps(is_complete)}}}'


def _told(filters: QuoteFilters) -> str:
    return "".join(f"{name}: {' '.join(told)}\n" for name, told in filters.errors.items())
