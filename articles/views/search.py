from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles.newest_matches import holding
from articles.page_metadata import of_list
from articles.search import RANKED, asked_by
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_page
from articles.views.search_filters import ORDERS, SearchFilters
from articles.views.search_results import PAGE_SIZE, results
from articles.views.spelling import meant
from articles.views.suggestions import BESIDE_RESULTS, entities_called

LAST_PAGE = RANKED // PAGE_SIZE


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """One box: what we have a page on comes first, then stories that hold the words."""
    filters = SearchFilters(request.GET)
    page, before = _page(request), Position.read(request.GET.get("before"))
    context = {
        "metadata": of_list(
            title="Search",
            description="Search our stories, and the people, countries, organisations and equipment they tell of.",
            path=request.path,
            filters=filters.given,
            steps=[("Search", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "search",
        "filters": filters,
        "orders": [(label, filters.query(order=value), value) for value, label in ORDERS],
        "order": filters.given.get("order", ""),
    }
    if filters.is_asked and not filters.errors:
        found = results(filters, page=page, before=before)
        context |= {
            "results": found,
            "entities": entities_called(filters.given.get("q", ""), most=BESIDE_RESULTS) if page == 1 else [],
            "meant": _meant(filters) if not found.found else None,
        }
    return render(request, "articles/search.html", context, status=filters.status)


def _meant(filters: SearchFilters) -> dict[str, str] | None:
    """Another spelling under which something would be found, with the query that asks for it."""
    words = meant(filters.given.get("q", ""))
    if not words:
        return None
    query = filters.query(q=words)
    instead = SearchFilters(QueryDict(query))
    return {"words": words, "query": query} if holding(instead.matching(), asked_by(words)).exists() else None


def _page(request: HttpRequest) -> int:
    """
    Raises:
        Http404: it is not one that a page of ours ever links to.
    """
    written = request.GET.get("page", "1")
    if not (written.isascii() and written.isdecimal() and 1 <= int(written[:4]) <= LAST_PAGE and len(written) <= 4):
        raise Http404("This page of the results does not exist.")
    return int(written)
