from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from articles import surrogate_keys
from articles.models import EditionRelated, Representation
from articles.views.gone import gone
from articles.views.navigation import furniture_beside
from articles.views.public_page import key_under, public_page

NEXT_STORIES = 3
# Some may stand under Related News already.
NEXT_STORIES_READ = 8
PAGE_COLUMNS = (
    "uuid",
    "status",
    "path",
    "headline",
    "standfirst",
    "html",
    "head",
    "card",
    "published_at",
    "updated_at",
)


@public_page
def article(request: HttpRequest, path: str) -> HttpResponse:
    """The stored middle of the page, with navigation, related and next stories joined in one statement."""
    shown = _page_at(path)
    if shown is None:
        return _lead_on(request, path)
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    context = {
        "story": shown,
        "furniture": shown.furniture,
        "next_stories": _not_yet_linked(shown),
        "current_section": shown.card["section"]["slug"],
    }
    response = render(request, "articles/article.html", context)
    # A story that is named here takes this page with it when it is changed or taken down.
    named = [path, *(entry["path"] for entry in (*shown.related, *context["next_stories"]) if entry["path"])]
    key_under(response, map(surrogate_keys.story, named))
    return response


def _page_at(path: str) -> Representation | None:
    return (
        Representation.objects.filter(path=path)
        .only(*PAGE_COLUMNS, "public_note")
        .annotate(furniture=furniture_beside(), related=_related(), next_stories=_next_stories())
        .first()
    )


def _related() -> ArraySubquery:
    """Related News of the edition: our live stories under today's headline and address, and bare titles."""
    live_or_title = Q(target=None) | Q(target__representation__status=Representation.Status.LIVE)
    entry = JSONObject(
        headline=Coalesce(F("target__representation__headline"), F("title")),
        path="target__representation__path",
        url="url",
    )
    entries = EditionRelated.objects.filter(live_or_title, edition=OuterRef("edition")).order_by("ordinal")
    return ArraySubquery(entries.values(entry=entry))


def _next_stories() -> ArraySubquery:
    """The stories before this one in its section."""
    older = Q(published_at__lt=OuterRef("published_at"))
    same_moment = Q(published_at=OuterRef("published_at"), article_id__lt=OuterRef("article_id"))
    stories = Representation.objects.filter(
        older | same_moment, status=Representation.Status.LIVE, section=OuterRef("section")
    ).order_by("-published_at", "-article_id")
    entry = JSONObject(headline="headline", standfirst="standfirst", path="path")
    return ArraySubquery(stories.values(entry=entry)[:NEXT_STORIES_READ])


def _not_yet_linked(shown: Representation) -> list[dict[str, str]]:
    linked = {entry["path"] for entry in shown.related}
    return [entry for entry in shown.next_stories if entry["path"] not in linked][:NEXT_STORIES]


def _lead_on(request: HttpRequest, path: str) -> HttpResponse:
    """From an earlier address to the current one, or to the notice of what became of the story."""
    shown = Representation.objects.filter(article__addresses__path=path).only(*PAGE_COLUMNS, "public_note").first()
    if shown is None:
        raise Http404("There is no story at this address.")
    if shown.status == Representation.Status.LIVE:
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    return gone(request, shown)
