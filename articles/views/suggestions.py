"""Entities that somebody may mean who types into the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse

from articles.models import Listing
from articles.search_words import cleaned
from articles.views.public_page import public_page
from entities.models import Entity, Name, Strength

if TYPE_CHECKING:
    from django.db.models import QuerySet

FEWEST_LETTERS = 2
SUGGESTED = 8
BESIDE_RESULTS = 3


def entities_called(text: str, *, most: int) -> list[Entity]:
    """Public entities with stories, of which a name begins with the text; one that is called so comes first.

    An entity without a live story is not suggested: its name may be all that an embargo hides.
    """
    text = cleaned(text)
    if len(text) < FEWEST_LETTERS:
        return []
    # Names of entities that were merged lead to the one they were merged into.
    names = Name.objects.exclude(strength=Strength.FORBIDDEN).exclude(entity=None)
    owner = Coalesce("entity__merged_into", "entity")
    beginning = Q(name__istartswith=text) | Q(name__icontains=f" {text}")
    exact = Q(name__iexact=text) | Q(pk__in=names.filter(text__iexact=text).values(owner_id=owner))
    called = beginning | Q(pk__in=names.filter(text__istartswith=text).values(owner_id=owner))
    closeness = Case(
        When(exact, then=Value(0)),
        When(name__istartswith=text, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = with_stories(Entity.objects.public().filter(called)).annotate(closeness=closeness)
    return list(found.order_by("closeness", F("newest").desc(nulls_last=True), "sort_name", "id")[:most])


def with_stories(entities: QuerySet[Entity]) -> QuerySet[Entity]:
    """Those with a live story, also under an entity that was merged into them, with the time of the newest."""
    own = Listing.objects.filter(entity=OuterRef("pk"))
    merged = Listing.objects.filter(entity__merged_into=OuterRef("pk"))
    newest = own.order_by("-published_at").values("published_at")[:1]
    return entities.filter(Q(Exists(own)) | Q(Exists(merged))).annotate(newest=Subquery(newest))


@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    """For the box's own script; the page works without it."""
    text = cleaned(request.GET.get("q", ""))
    suggestions = [
        {
            "name": entity.name,
            "kind": entity.get_kind_display(),
            "summary": entity.summary,
            "url": entity.get_absolute_url(),
        }
        for entity in entities_called(text, most=SUGGESTED)
    ]
    return JsonResponse({"q": text, "suggestions": suggestions})
