"""The page of an entity above its form: what it is, how it is named and how each name fares, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import cached_property

from articles.entity_stories import Times, newest_quotes, newest_stories, times_used
from articles.name_usage import Usage, other_owners, spelling, usage_by_spelling
from entities.models import Entity, Kind, Name, Relation, Strength

if TYPE_CHECKING:
    from articles.models import Article

CHANGES_SHOWN = 12
REGIONAL_A = 0x1F1E6
HEADINGS = {
    Strength.STRONG: ("Strong", "Tagged wherever it stands."),
    Strength.WEAK: ("Weak", "Only with one of its words or its country, and always as a proposal."),
    Strength.FORBIDDEN: ("Forbidden", "Never read as this."),
}


@dataclass(frozen=True, slots=True)
class Keyed:
    """A name with the spelling that stories are counted by, and the key of the entity it came with."""

    text: str
    name: Name | None
    key: str
    owner: int


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name with how it fared. `name` is None for the heading, which is always read, too."""

    text: str
    name: Name | None
    usage: Usage
    also: tuple[Entity, ...]
    came_with: Entity | None


@dataclass(frozen=True, slots=True)
class NameGroup:
    strength: str
    title: str
    says: str
    lines: tuple[NameLine, ...]


class EntityPage:
    """All that the page shows of one entity, in a number of queries that no row changes."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity

    @cached_property
    def merged(self) -> list[Entity]:
        """What was merged into it."""
        return list(self.entity.merged_from.order_by("sort_name", "id"))

    @cached_property
    def family(self) -> dict[int, Entity]:
        return {entity.pk: entity for entity in (self.entity, *self.merged)}

    @cached_property
    def code(self) -> str:
        """Of the country that it is or belongs to: “NO”."""
        if self.entity.kind == Kind.COUNTRY:
            return self.entity.country_facts.alpha2 if hasattr(self.entity, "country_facts") else ""
        return self.entity.country.alpha2 if self.entity.country else ""

    @property
    def flag(self) -> str:
        return "".join(chr(REGIONAL_A + ord(letter) - ord("A")) for letter in self.code)

    @cached_property
    def names(self) -> list[NameGroup]:
        lines = self._lines()
        return [
            NameGroup(strength, title, says, tuple(line for line in lines if _strength(line) == strength))
            for strength, (title, says) in HEADINGS.items()
            if any(_strength(line) == strength for line in lines)
        ]

    @cached_property
    def stories(self) -> list[Article]:
        return newest_stories(self.family)

    @cached_property
    def times(self) -> Times:
        return times_used(self.family)

    @cached_property
    def quotes(self) -> list[Any]:
        return newest_quotes(self.family)

    @cached_property
    def relations(self) -> list[Relation]:
        """Facts about it, from either side."""
        either = Q(subject__in=self.family) | Q(object__in=self.family)
        return list(Relation.objects.filter(either).select_related("subject", "object").order_by("kind", "id"))

    @cached_property
    def changes(self) -> list[LogEntry]:
        of_entity = ContentType.objects.get_for_model(Entity)
        logged = LogEntry.objects.filter(content_type=of_entity, object_id__in=[str(key) for key in self.family])
        return list(logged.select_related("user").order_by("-action_time", "-id")[:CHANGES_SHOWN])

    @cached_property
    def _usage(self) -> dict[str, Usage]:
        return usage_by_spelling(self.family)

    @cached_property
    def _keyed(self) -> list[Keyed]:
        """The heading, those of merged entities, and the names; each with the spelling that stories are counted by."""
        names = Name.objects.filter(entity__in=self.family).annotate(spelt=spelling("text")).order_by("text", "id")
        listed = [Keyed(name.text, name, name.spelt, name.entity_id) for name in names]  # type: ignore[attr-defined, arg-type]
        standing = {keyed.text for keyed in listed}
        headings = (
            Entity.objects.filter(pk__in=self.family)
            .annotate(spelt=spelling("name"))
            .values_list("pk", "name", "spelt")
        )
        implied = [Keyed(name, None, key, pk) for pk, name, key in headings if name not in standing]
        return sorted(implied, key=lambda keyed: keyed.owner != self.entity.pk) + listed

    def _lines(self) -> list[NameLine]:
        also = other_owners([keyed.key for keyed in self._keyed], self.family)
        return [
            NameLine(
                text=keyed.text,
                name=keyed.name,
                usage=self._usage.get(keyed.key, Usage()),
                also=tuple(also.get(keyed.key, ())),
                came_with=None if keyed.owner == self.entity.pk else self.family[keyed.owner],
            )
            for keyed in self._keyed
        ]


def _strength(line: NameLine) -> str:
    return line.name.strength if line.name else Strength.STRONG
