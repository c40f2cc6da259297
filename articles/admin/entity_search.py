"""Search of entities by name and alias for the fields of the panel: who said it, and what to tag."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from articles import suggestions
from articles.admin.clean_queries import is_key, without_zero_signs
from articles.admin.proposals import done, refused, require_view
from articles.models import Article, Quote
from articles.models.tag import Role
from articles.states import GuardFailed, Refused
from entities.models import Entity, Kind, Name, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 8
LONGEST_QUERY = 80
MOST_WORDS = 5
SPEAKERS = (Kind.PERSON, Kind.ORGANISATION, Kind.ALLIANCE, Kind.UNIT, Kind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list: `detail` tells two of the same name apart, `kind` is what it is."""

    id: int | None
    name: str
    kind: str
    detail: str


@require_GET
def search_entities(request: HttpRequest, pk: int) -> HttpResponse:
    """Those whose names hold every word of `q`; with `speakers`, only who can speak, and who speaks in the story."""
    require_view(request)
    query = without_zero_signs(request.GET.get("q", ""))[:LONGEST_QUERY].strip()
    is_speaker = "speakers" in request.GET
    found: list[Found] = list(_of_story(pk, query)) if is_speaker else []
    if query:
        entities = Entity.objects.public()
        entities = entities.filter(kind__in=SPEAKERS) if is_speaker else entities
        found += [_line(entity) for entity in named(entities, query)[:MOST]]
    return JsonResponse({"found": [asdict(line) for line in found[:MOST]]})


@require_POST
def add_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Tag the story with an entity that the tagger did not find."""
    require_view(request)
    article = get_object_or_404(Article, pk=pk)
    key, role = request.POST.get("entity", ""), request.POST.get("role", "")
    entity = Entity.objects.select_related("merged_into").filter(pk=key).first() if is_key(key) else None
    try:
        if entity is None or role not in (*Role.values, ""):
            raise GuardFailed("Choose an entity from the list.")
        tag = suggestions.add_tag(article, entity, by=request.user, role=role)
    except Refused as refusal:
        return refused(request, refusal, str(pk))
    return done(request, article, card=f"tag-{tag.pk}")


def named(entities: QuerySet[Entity], query: str) -> QuerySet[Entity]:
    """Entities with every word in their name, or in an alias of them or of what was merged into them; first
    the one of exactly this name, then people, then those whose name begins with the query."""
    for word in query.split()[:MOST_WORDS]:
        aliases = Name.objects.filter(text__icontains=word, entity__isnull=False)
        owners = aliases.annotate(owner=Coalesce("entity__merged_into_id", "entity_id")).values("owner")
        entities = entities.filter(Q(name__icontains=word) | Q(pk__in=owners))
    rank = Case(
        When(name__iexact=query, then=Value(0)),
        When(kind=Kind.PERSON, name__icontains=query, then=Value(1)),
        When(name__istartswith=query, then=Value(2)),
        When(name__icontains=query, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    offices = Relation.objects.filter(kind=Relation.Kind.OFFICE_IN, valid_to=None).select_related("object")
    shown = entities.select_related("country__entity").prefetch_related(Prefetch("relations", offices, "offices"))
    return shown.order_by(rank, F("sort_name"), "pk")


def _line(entity: Entity) -> Found:
    offices = [office.role or str(office.object) for office in entity.offices]  # type: ignore[attr-defined]
    facts = [*offices[:1], "" if offices else entity.category, str(entity.country or "")]
    detail = ", ".join(fact for fact in facts if fact and fact != entity.name)
    return Found(entity.pk, entity.name, entity.get_kind_display(), detail)


def _of_story(pk: int, query: str) -> Iterable[Found]:
    """Who speaks in this story already and is not in the gazetteer."""
    quotes = Quote.objects.filter(article=pk, speaker_entity=None, speaker_name__icontains=query)
    rows = quotes.exclude(speaker_name="").order_by("speaker_name").values_list("speaker_name", "speaker_role")
    told = dict(sorted(rows))
    for name, role in list(told.items())[:3]:
        yield Found(None, name, "in this story", role)
