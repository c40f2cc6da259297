from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from articles.counting import count_each
from articles.models import EditionQuote, Representation
from articles.page_metadata import FeedOf, of_list
from articles.views import statements
from articles.views.gone import gone, sealed
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import public_list, public_page
from articles.views.quote_export import MOST
from articles.views.quote_filters import QuoteFilters, speaking_countries, speaking_organisations

# Nobody reads on in a list of a thousand.
MOST_COUNTED = 1000


@public_list
def quotes(request: HttpRequest) -> HttpResponse:
    """The archive of who said what, narrowed by any filters."""
    filters = QuoteFilters(request.GET)
    position = Position.read(request.GET.get("before"))
    heading = _heading(filters)
    context = {
        "metadata": of_list(
            title=heading,
            description="Quotations from our stories, each confirmed by an editor, with speaker and source.",
            path=request.path,
            filters=filters.given,
            before=position,
            feeds=[FeedOf("Who said what", "feed-quotes")],
            steps=[("Who said what", request.path)],
        ),
        "furniture": furniture(),
        "current_page": "quotes",
        "filters": filters,
        "heading": heading,
        "countries": speaking_countries(),
        "organisations": speaking_organisations(),
    }
    if not filters.errors:
        context |= _found(filters, position)
    return render(request, "articles/quotes.html", context, status=filters.status)


def _found(filters: QuoteFilters, position: Position | None) -> dict[str, Any]:
    matching = filters.matching()
    page = statements.archive(matching, position)
    (found,) = count_each([statements.live_words(matching)], most=MOST_COUNTED + 1)
    return {
        "archive": page,
        "found": min(found, MOST_COUNTED),
        "is_capped": found > MOST_COUNTED,
        "older": filters.query(before=page.older) if page.older else "",
        "exported": filters.query(),
        "most_exported": MOST,
    }


def _heading(filters: QuoteFilters) -> str:
    """Whose words these are, where one speaker, organisation or country is all that was asked for."""
    asked = filters.active
    if len(asked) != 1 or filters.errors:
        return "Who said what"
    (name,) = filters.given
    one = asked[0].value
    headings = {"speaker": one, "entity": one, "organisation": one, "country": f"Statements from {one}"}
    return headings.get(name, "Who said what")


@public_page
def quote(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For life: to the passage in the current edition, or to the story where the passage is gone. What stood in
    sealed editions only answers with their notice."""
    printed = EditionQuote.objects.filter(quote__uuid=uuid).order_by(
        F("edition__sealed_at").desc(nulls_first=True), "-edition__version"
    )
    latest = printed.select_related("edition").defer("edition__html", "edition__text").first()
    if latest is None:
        raise Http404("There is no such quotation.")
    shown = Representation.objects.only("path", "status", "edition", "public_note").get(
        article=latest.edition.article_id
    )
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    if latest.edition.sealed_at is not None:
        return sealed(request, shown, latest.edition)
    passage = f"#quote-{uuid}" if latest.edition_id == shown.edition_id else ""
    return HttpResponseRedirect(f"{shown.get_absolute_url()}{passage}")
