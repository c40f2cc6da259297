"""How often each name is found in stories, and how often people agreed: the measure of an alias.

A tag's verdict counts for every name that shows the tag in its story: who rejects a tag says so of the words
that led to it. Tags without a place in the text, such as those that a person added, count for no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Func, Min, Q, Value
from django.db.models.functions import Coalesce, Lower

from articles.models import Mention, Tag
from articles.models.verdict import Verdict
from entities.models import Entity, Name, Strength

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

# The signs that the gazetteer's search takes for one another (see articles.tagging.gazetteer.search).
SIGNS, PLAIN = "’‘ʼ‐‑–\u00a0", "'''--- "
# Fewer verdicts say nothing of a name, and a better one is good enough.
FEWEST_VERDICTS, POOR_PERCENT = 5, 70
MOST_POOR = 200


@dataclass(frozen=True, slots=True)
class Usage:
    """Stories in which a name, or an entity, stands, by what people said of the tag there."""

    stories: int = 0
    confirmed: int = 0
    rejected: int = 0
    undecided: int = 0

    @property
    def verdicts(self) -> int:
        return self.confirmed + self.rejected

    @property
    def percent(self) -> int | None:
        """The precision: confirmed of all verdicts, in whole per cent; None without a verdict."""
        return round(100 * self.confirmed / self.verdicts) if self.verdicts else None

    @property
    def is_poor(self) -> bool:
        return self.verdicts >= FEWEST_VERDICTS and 100 * self.confirmed < POOR_PERCENT * self.verdicts


@dataclass(frozen=True, slots=True)
class PoorName:
    """A name that people reject. `name` is the row that says how to read it; None: the entity's own name."""

    entity: Entity
    text: str
    name: Name | None
    usage: Usage


def spelling(column: str) -> Any:
    """A text as the search sees it: “U.S.” and “u.s” are one, so are “Su‑34” and “su-34”."""
    plain = Func(F(column), Value(SIGNS), Value(PLAIN), function="translate")
    return Func(Lower(plain), Value("."), function="rtrim")


def spelt(texts: Iterable[str]) -> list[str]:
    """`spelling` of texts that stand in no row yet, by the same rules of the database; one query."""
    wanted = list(texts)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rtrim(lower(translate(text, %s, %s)), '.') FROM unnest(%s::text[]) WITH ORDINALITY AS t (text, n)"
            " ORDER BY n",
            [SIGNS, PLAIN, wanted],
        )
        return [row[0] for row in cursor.fetchall()]


def usage_by_spelling(family: Collection[int]) -> dict[str, Usage]:
    """Of an entity and what was merged into it, by the spelling that stands in the text; one query."""
    mentions = Mention.objects.filter(tag__entity__in=family).order_by()
    rows = mentions.annotate(spelling=spelling("surface")).values("spelling").annotate(**_counts("tag__"))
    return {row["spelling"]: _usage(row) for row in rows}


def usage_by_entity(entities: Iterable[int]) -> dict[int, Usage]:
    """Of entities with what was merged into each, by the key of the entity; one query."""
    wanted = list(entities)
    tags = Tag.objects.filter(Q(entity__in=wanted) | Q(entity__merged_into__in=wanted)).order_by()
    owned = tags.annotate(owner=Coalesce("entity__merged_into_id", "entity_id"))
    rows = owned.values("owner").annotate(**_counts(""))
    return {row["owner"]: _usage(row) for row in rows}


def other_readings(texts: Collection[str], family: Collection[int]) -> dict[str, list[tuple[str, int]]]:
    """What each text stands for in stories beside these entities: {text: [(name of an entity, stories), …]}.

    The most frequent first; people's rejections do not count. Texts are written as `spelling` gives them.
    """
    mentions = Mention.objects.annotate(spelling=spelling("surface")).filter(spelling__in=list(texts))
    others = mentions.exclude(tag__entity__in=family).exclude(tag__verdict=Verdict.REJECTED).order_by()
    rows = others.values_list("spelling", "tag__entity__name").annotate(stories=Count("tag__article", distinct=True))
    found: dict[str, list[tuple[str, int]]] = {}
    for text, name, stories in rows.order_by("-stories", "tag__entity__name"):
        found.setdefault(text, []).append((name, stories))
    return found


def other_owners(texts: Collection[str], family: Collection[int]) -> dict[str, list[Entity]]:
    """Which entities beside these are named so, by heading or by a name not forbidden; two queries.

    Texts are written as `spelling` gives them.
    """
    aliases = Name.objects.exclude(strength=Strength.FORBIDDEN).exclude(entity__in=family).exclude(entity=None)
    named = aliases.annotate(spelt=spelling("text")).filter(spelt__in=list(texts))
    owners = named.select_related("entity__merged_into")
    headed = Entity.objects.exclude(pk__in=family).annotate(spelt=spelling("name")).filter(spelt__in=list(texts))
    pairs = [(name.spelt, name.entity.canonical) for name in owners if name.entity]
    pairs += [(entity.spelt, entity.canonical) for entity in headed.select_related("merged_into")]
    found: dict[str, list[Entity]] = {}
    for text, entity in pairs:
        if entity.pk not in family and entity not in found.setdefault(text, []):
            found[text].append(entity)
    return {text: entities for text, entities in found.items() if entities}


def poor_names() -> list[PoorName]:
    """Names of which people rejected most, the most rejected first; three queries."""
    rows = list(_poor_rows()[:MOST_POOR])
    owners = Entity.objects.select_related("country__entity").in_bulk({row["owner"] for row in rows})
    of_owners = Q(entity__in=owners) | Q(entity__merged_into__in=owners)
    names = Name.objects.filter(of_owners).annotate(
        spelling=spelling("text"), owner=Coalesce("entity__merged_into_id", "entity_id")
    )
    written = {(name.owner, name.spelling): name for name in names}  # type: ignore[attr-defined]
    found = []
    for row in rows:
        name = written.get((row["owner"], row["spelling"]))
        text = name.text if name else row["shown"]
        found.append(PoorName(owners[row["owner"]], text, name, _usage(row)))
    return found


def _poor_rows() -> Any:
    """Groups of mentions by owner and spelling, as dictionaries. The stubs do not know what is annotated."""
    rejected = Tag.objects.filter(verdict=Verdict.REJECTED).order_by()
    # A name of an entity that nobody rejected is none of them, and those are nearly all.
    owners = rejected.annotate(owner=Coalesce("entity__merged_into_id", "entity_id")).values("owner").distinct()
    decided: Any = Mention.objects.exclude(tag__verdict=Verdict.PROPOSED).order_by()
    owned = decided.annotate(owner=Coalesce("tag__entity__merged_into_id", "tag__entity_id")).filter(owner__in=owners)
    grouped = owned.annotate(spelling=spelling("surface")).values("owner", "spelling")
    counted = grouped.annotate(shown=Min("surface"), **_counts("tag__"))
    verdicts = F("confirmed") + F("rejected")
    poor = counted.alias(verdicts=verdicts).filter(
        verdicts__gte=FEWEST_VERDICTS, confirmed__lt=verdicts * (POOR_PERCENT / 100)
    )
    return poor.order_by("-rejected", "spelling", "owner")


def _usage(row: Mapping[str, Any]) -> Usage:
    return Usage(row["stories"], row["confirmed"], row["rejected"], row["undecided"])


def _counts(tag: str) -> dict[str, Count]:
    """Stories in all and by verdict, where `tag` leads to the tag."""

    def stories(verdict: Verdict | None = None) -> Count:
        only = Q(**{f"{tag}verdict": verdict}) if verdict else None
        return Count(f"{tag}article", distinct=True, filter=only)

    return {
        "stories": stories(),
        "confirmed": stories(Verdict.CONFIRMED),
        "rejected": stories(Verdict.REJECTED),
        "undecided": stories(Verdict.PROPOSED),
    }
