from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from articles.models import EditionQuote, Representation
from articles.views import statements
from articles.views.gone import gone
from articles.views.navigation import sections
from articles.views.positions import Position
from articles.views.public_page import parameter, public_page
from entities.models import Country

if TYPE_CHECKING:
    from django.db.models import QuerySet


@public_page
def quotes(request: HttpRequest) -> HttpResponse:
    """The archive of who said what, of all, of one name, or of the officials of one country."""
    speaker, code = parameter(request, "speaker"), parameter(request, "country", longest=2)
    country = Country.objects.select_related("entity").filter(alpha2=code).first() if code else None
    shown = _filtered(statements.live_quotes(), speaker=speaker, country=country)
    context = {
        "sections": sections(),
        "current_page": "quotes",
        "archive": statements.archive(shown, Position.read(request.GET.get("before"))),
        "speaker": speaker,
        "country": country,
        "filters": [("speaker", speaker)] * bool(speaker) + [("country", code)] * bool(country),
    }
    return render(request, "articles/quotes.html", context)


@public_page
def quote(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For life: to the passage in the current edition, or to the story where the passage is gone."""
    printed = EditionQuote.objects.filter(quote__uuid=uuid).order_by("-edition__version")
    latest = printed.select_related("edition").defer("edition__html", "edition__text").first()
    if latest is None:
        raise Http404("There is no such quotation.")
    shown = Representation.objects.only("path", "status", "edition", "public_note").get(
        article=latest.edition.article_id
    )
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    passage = f"#quote-{uuid}" if latest.edition_id == shown.edition_id else ""
    return HttpResponseRedirect(f"{shown.get_absolute_url()}{passage}")


def _filtered(
    shown: QuerySet[EditionQuote], *, speaker: str, country: Country | None
) -> QuerySet[EditionQuote]:
    if speaker:
        shown = shown.filter(speaker_name=speaker)
    if country:
        shown = shown.filter(speaker_country=country)
    return shown
