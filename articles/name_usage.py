"""How often each name is found in stories, and how often people agreed: the measure of an alias.

A verdict on a tag that the machine proposed counts for every name that stood there when it was judged: who rejects a
tag says so of the words that led to it, also where the tagger no longer finds them. What nobody has judged counts for
the names of the newest reading. A tag that a person added, or that came with an import, says nothing of the tagger: its
names count as stories alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Func, Q, Value
from django.db.models.functions import Coalesce

from articles.judging import JUDGED_NAMES
from articles.models import Mention, Tag
from articles.models.verdict import Origin, Verdict
from entities.models import Entity, Name, Strength

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# The signs that the gazetteer's search takes for one another (see articles.tagging.gazetteer.search).
SIGNS, PLAIN = "’‘ʼ‐‑–\u00a0", "'''--- "
# Fewer verdicts say nothing of a name, and a better one is good enough.
FEWEST_VERDICTS, POOR_PERCENT = 5, 70
MOST_POOR = 200

_FOLDED = "rtrim(lower(translate(%(expressions)s)), '.')"
_SPELLING = _FOLDED % {"expressions": "surface, %(signs)s, %(plain)s"}
_SPELT = _FOLDED % {"expressions": "text, %(signs)s, %(plain)s"}
_READ_AS = f"SELECT {_SPELT} FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS t (text, n) ORDER BY n"  # noqa: S608 - constants
# Names as they were judged, and as they stand in stories today.
_USED = f"""
SELECT coalesce(entity.merged_into_id, entity.id), {_SPELLING}, count(DISTINCT article_id),
    count(DISTINCT article_id) FILTER (WHERE verdict = 'confirmed'),
    count(DISTINCT article_id) FILTER (WHERE verdict = 'rejected'),
    count(DISTINCT article_id) FILTER (WHERE verdict = 'proposed')
FROM (
    SELECT article_id, entity_id, verdict, surface FROM ({JUDGED_NAMES}) AS judged
    UNION ALL
    SELECT tag.article_id, tag.entity_id, CASE WHEN tag.verdict = 'proposed' THEN tag.verdict ELSE '' END, surface
    FROM articles_mention AS mention JOIN articles_tag AS tag ON tag.id = mention.tag_id
) AS named JOIN entities_entity AS entity ON entity.id = named.entity_id
WHERE named.entity_id = ANY (%(entities)s)
    AND (%(spellings)s::text[] IS NULL OR {_SPELLING} = ANY (%(spellings)s::text[]))
GROUP BY 1, 2
"""  # noqa: S608 - constants
# A name that nobody rejected is none of them, and those are nearly all.
_POOR = f"""
WITH judged AS ({JUDGED_NAMES}), owned AS (
    SELECT coalesce(entity.merged_into_id, entity.id) AS owner, {_SPELLING} AS spelling, surface, article_id, verdict
    FROM judged JOIN entities_entity AS entity ON entity.id = judged.entity_id
), counted AS (
    SELECT owner, spelling, min(surface) AS shown,
        count(DISTINCT article_id) FILTER (WHERE verdict = 'confirmed') AS confirmed,
        count(DISTINCT article_id) FILTER (WHERE verdict = 'rejected') AS rejected
    FROM owned WHERE (owner, spelling) IN (SELECT owner, spelling FROM owned WHERE verdict = 'rejected')
    GROUP BY owner, spelling
)
SELECT owner, ARRAY(SELECT id FROM entities_entity WHERE merged_into_id = owner), spelling, shown FROM counted
WHERE confirmed + rejected >= %(fewest)s AND 100 * confirmed < %(percent)s * (confirmed + rejected)
ORDER BY rejected DESC, spelling, owner LIMIT %(most)s
"""  # noqa: S608 - constants
# What is counted of tags, in the order of Usage.
_COUNTED_TAGS = {
    "stories": None,
    "confirmed": Q(origin=Origin.MACHINE, verdict=Verdict.CONFIRMED),
    "rejected": Q(origin=Origin.MACHINE, verdict=Verdict.REJECTED),
    "undecided": Q(verdict=Verdict.PROPOSED),
}


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
    return Func(F(column), Value(SIGNS), Value(PLAIN), template=_FOLDED)


def spelt(texts: Iterable[str]) -> list[str]:
    """`spelling` of texts that stand in no row yet, by the same rules of the database; one query."""
    wanted = list(texts)
    if not wanted:
        return []
    return [row[0] for row in _rows(_READ_AS, texts=wanted)]


def usage_by_spelling(family: Collection[int]) -> dict[str, Usage]:
    """Of an entity and what was merged into it, by the spelling that stands in the text; one query."""
    return {text: usage for (_, text), usage in _used(family).items()}


def usage_by_entity(entities: Iterable[int]) -> dict[int, Usage]:
    """Of entities with what was merged into each, by the key of the entity; one query."""
    wanted = list(entities)
    tags = Tag.objects.filter(Q(entity__in=wanted) | Q(entity__merged_into__in=wanted)).order_by()
    owned = tags.annotate(owner=Coalesce("entity__merged_into_id", "entity_id"))
    stories = {name: Count("article", distinct=True, filter=only) for name, only in _COUNTED_TAGS.items()}
    rows = owned.values("owner").annotate(**stories).values_list("owner", *stories)
    return {owner: Usage(*counts) for owner, *counts in rows}


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
    """Names of which people rejected most, the most rejected first; four queries."""
    rows = _rows(_POOR, fewest=FEWEST_VERDICTS, percent=POOR_PERCENT, most=MOST_POOR)
    owners = Entity.objects.select_related("country__entity").in_bulk({owner for owner, *_ in rows})
    families = {key for owner, merged, *_ in rows for key in (owner, *merged)}
    usage = _used(families, {text for *_, text, _ in rows})
    of_owners = Q(entity__in=owners) | Q(entity__merged_into__in=owners)
    names = Name.objects.filter(of_owners).annotate(
        spelling=spelling("text"), owner=Coalesce("entity__merged_into_id", "entity_id")
    )
    written = {(name.owner, name.spelling): name for name in names}  # type: ignore[attr-defined]
    found = []
    for owner, _, text, shown in rows:
        name = written.get((owner, text))
        found.append(PoorName(owners[owner], name.text if name else shown, name, usage[owner, text]))
    return found


def _used(entities: Collection[int], spellings: Collection[str] | None = None) -> dict[tuple[int, str], Usage]:
    """Of these entities, by the one that each was merged into and by spelling: by all, or by these alone."""
    wanted = None if spellings is None else list(spellings)
    rows = _rows(_USED, entities=list(entities), spellings=wanted)
    return {(owner, text): Usage(*counts) for owner, text, *counts in rows}


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"signs": SIGNS, "plain": PLAIN, **parameters})
        return list(cursor.fetchall())
