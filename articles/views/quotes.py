from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from articles.models import EditionQuote, Representation
from articles.views import statements
from articles.views.gone import gone, sealed
from articles.views.navigation import furniture
from articles.views.positions import Position
from articles.views.public_page import parameter, public_list, public_page
from entities.models import Country


@public_list
def quotes(request: HttpRequest) -> HttpResponse:
    """The archive of who said what, of all, of one name, or of the officials of one country."""
    speaker, code = parameter(request, "speaker"), parameter(request, "country", longest=2)
    country = Country.objects.select_related("entity").filter(alpha2=code).first() if code else None
    matching = _matching(speaker=speaker, country=country)
    page = statements.archive(matching, Position.read(request.GET.get("before")))
    filters = {"speaker": speaker} if speaker else {}
    if country:
        filters["country"] = country.alpha2
    context = {
        "furniture": furniture(),
        "current_page": "quotes",
        "archive": page,
        "speaker": speaker,
        "country": country,
        "newest": urlencode(filters),
        "older": urlencode(filters | {"before": page.older}) if page.older else "",
    }
    return render(request, "articles/quotes.html", context)


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


def _matching(*, speaker: str, country: Country | None) -> Q:
    matching = Q(speaker_name=speaker) if speaker else Q()
    return matching & Q(speaker_country=country) if country else matching
