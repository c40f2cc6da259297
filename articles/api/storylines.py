"""Storylines: stories that tell one thing, in the order of the editors, as far as the asker may have them.

Joined at read (decision 45): they are no part of the change log, so their lists are tagged with the public's state as
well, which every change of a storyline raises.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.http.response import HttpResponseBase
from django_filters import FilterSet
from django_filters.filters import CharFilter, ChoiceFilter, UUIDFilter
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.filters import InstantFilter, Reference, keys_of, known_as
from articles.api.products import selection_of
from articles.api.shared import OF_STORY, shared_in_storylines
from articles.api.storyline_serializers import StorylineSerializer, StorylineWithStoriesSerializer
from articles.models import Representation, Storyline
from articles.public_notation import absolute, instant
from entities.api.base import GenericApiView
from entities.api.entities import COLUMNS as COLUMNS_OF_ENTITY
from entities.api.entities import entity_document
from entities.models import Entity

COLUMNS = ("id", "uuid", "slug", "title", "intro", "state", "version", "changed_at")
# Public, with an article that partners may have.
SHARED = Storyline.objects.filter(Exists(shared_in_storylines().filter(storyline=OuterRef("pk"))), is_public=True)


class StorylineFilter(FilterSet):
    state = ChoiceFilter(choices=Storyline.State.choices, help_text="Still being told, or told to the end.")
    entity = UUIDFilter(method="by_entity", help_text="Id of an entity or a country that it is about.")
    article = UUIDFilter(method="by_article", help_text="Id of an article that is in it.")
    q = CharFilter(field_name="title", lookup_expr="icontains", help_text="Part of the title.")
    changed_from = InstantFilter(
        field_name="changed_at", lookup_expr="gte", help_text="Changed by the editors then or later (RFC 3339)."
    )

    class Meta:
        model = Storyline
        fields: tuple[str, ...] = ()

    def references(self) -> list[Reference]:
        asked = self.form.cleaned_data
        found: list[Reference] = []
        if asked.get("entity"):
            found.append(("entity", str(asked["entity"]), known_as(asked["entity"])))
        return found

    def by_entity(self, queryset: QuerySet[Any], name: str, entity: UUID) -> QuerySet[Any]:
        named = Storyline.entities.through.objects.filter(storyline=OuterRef("pk"), entity__in=keys_of(entity))
        return queryset.filter(Exists(named))

    def by_article(self, queryset: QuerySet[Any], name: str, article: UUID) -> QuerySet[Any]:
        """Of an article that the asker may not have there are none, as of one that is in no storyline."""
        stories = stories_for(self.request).filter(**{f"{OF_STORY}__uuid": article})
        return queryset.filter(Exists(stories.filter(storyline=OuterRef("pk"))))


class StorylineList(GenericApiView):
    """Storylines that have an article for you, the one changed last first."""

    queryset = SHARED
    filterset_class = StorylineFilter
    columns = COLUMNS
    orders = {
        "-changed_at": ("-changed_at", "-id"),
        "changed_at": ("changed_at", "id"),
    }
    # What a list depends on beside the change log.
    is_of_public_state = True

    @extend_schema(operation_id="list_storylines", responses=StorylineSerializer(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.paginator.get_paginated_response(_documents(rows, request))


class StorylineDetail(GenericApiView):
    """One storyline with its articles, in the order in which the editors tell them."""

    queryset = SHARED
    pagination_class = None
    lookup_url_kwarg = "uuid"

    @extend_schema(operation_id="get_storyline", responses=StorylineWithStoriesSerializer)
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        row = self.filter_queryset(self.get_queryset()).filter(uuid=uuid).values(*COLUMNS).first()
        if row is None:
            raise NotFound("There is no storyline with this id that you may have.")
        (document,) = _documents([row], request)
        return Response(document | {"stories": _stories(row["id"], request)})


def stories_for(request: Request) -> QuerySet[Any]:
    """Rows of storylines whose article the asker may have."""
    selection = selection_of(request)
    rows = shared_in_storylines()
    return rows if selection is None else rows.filter(selection.condition(f"{OF_STORY}__facts"))


def _documents(rows: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    """In three statements at most, however many there are."""
    keys = [row["id"] for row in rows]
    entities, held = _entities(keys), _held(keys, request)
    return [_document(row, entities[row["id"]], held.get(row["id"], {})) for row in rows]


def _document(row: dict[str, Any], entities: list[dict[str, Any]], held: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["uuid"]),
        "slug": row["slug"],
        "title": row["title"],
        "intro": row["intro"],
        "state": row["state"],
        "version": row["version"],
        "changed_at": instant(row["changed_at"]),
        "entities": entities,
        "story_count": held.get("count", 0),
        "last_published_at": instant(held["newest"]) if held else None,
        "url": absolute(Storyline(slug=row["slug"]).get_absolute_url()),
        "api_url": absolute(f"/api/v1/storylines/{row['uuid']}"),
    }


def _held(keys: list[int], request: Request) -> dict[int, dict[str, Any]]:
    """Of each storyline how many articles the asker may have, and when the newest was published."""
    counted = stories_for(request).filter(storyline__in=keys).order_by().values("storyline")
    held = counted.annotate(count=Count("pk"), newest=Max(f"{OF_STORY}__published_at"))
    return {row["storyline"]: row for row in held}


def _entities(keys: list[int]) -> defaultdict[int, list[dict[str, Any]]]:
    """Of each storyline what it is about: of those merged the one that stands for them, once, and none hidden."""
    named = Storyline.entities.through.objects.filter(storyline__in=keys).values_list("storyline_id", "entity_id")
    pairs = list(named) if keys else []
    merged = Entity.objects.filter(pk__in={entity for _, entity in pairs}).values_list("pk", "merged_into_id")
    canonical = {entity: into or entity for entity, into in merged}
    shown = Entity.objects.public().filter(pk__in=set(canonical.values())).order_by("sort_name", "pk")
    documents = {row["pk"]: entity_document(row) for row in shown.values("pk", *COLUMNS_OF_ENTITY)}
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for pk, document in documents.items():
        for storyline in dict.fromkeys(storyline for storyline, entity in pairs if canonical[entity] == pk):
            found[storyline].append(document)
    return found


def _stories(key: int, request: Request) -> list[dict[str, Any]]:
    columns = ("note", *(f"{OF_STORY}__{name}" for name in ("uuid", "version", "headline", "path", "published_at")))
    rows = stories_for(request).filter(storyline=key).order_by("ordinal").values_list(*columns)
    return [
        {
            "ordinal": number,
            "note": note,
            "article": {
                "id": str(uuid),
                "version": version,
                "headline": headline,
                "url": absolute(Representation(path=path).get_absolute_url()),
                "api_url": absolute(f"/api/v1/articles/{uuid}"),
                "published_at": instant(published_at),
            },
        }
        for number, (note, uuid, version, headline, path, published_at) in enumerate(rows, start=1)
    ]
