"""What the desk can learn of its own work: whom it quotes, how often the tagger is right, which countries it covers.

Counted from what stands in the database when it is asked for: quotations and tags of live stories, and verdicts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from articles import officials
from articles.judging import JUDGED_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OFFICIAL, INDEPENDENT, UNNAMED = "official", "independent", "not named"
MOST_COUNTRIES, MOST_ALIASES, MOST_VERSIONS, MONTHS = 15, 30, 12, 12
# Hundredths of a chart: a column that stands for one story is seen.
LOWEST = 4
# Of what speaks for a state or for an alliance of states: these kinds, and organisations of these categories.
STATE_KINDS = ("country", "unit", "alliance")
STATE_CATEGORIES = ("ministry", "force", "agency")
# Of organisations that speak for themselves.
OTHER_CATEGORIES = ("company", "group")

_QUOTED = """
SELECT place.name, said.speaker_kind,
    CASE WHEN said.speaker_role = '' AND said.speaker_kind IN ('organisation', 'document')
        THEN coalesce(speaker.name, said.speaker_name) ELSE said.speaker_role END,
    speaker.kind, speaker.category,
    said.speaker_name <> '' OR said.speaker_entity_id IS NOT NULL,
    EXISTS (
        SELECT FROM entities_relation AS relation
        JOIN entities_entity AS holder ON holder.id = relation.object_id
        WHERE relation.subject_id = speaker.id AND relation.kind IN ('office_in', 'member_of')
            AND (
                holder.kind IN ('country', 'unit') OR holder.category = ANY (%(categories)s)
                OR holder.kind = 'alliance' AND relation.kind = 'office_in'
            )
            AND (relation.valid_from IS NULL OR relation.valid_from <= story.published_at::date)
            AND (relation.valid_to IS NULL OR relation.valid_to >= story.published_at::date)
    ),
    count(*)
FROM articles_representation AS story
JOIN articles_editionquote AS said USING (edition_id)
LEFT JOIN entities_country AS country ON country.entity_id = said.speaker_country_id
LEFT JOIN entities_entity AS place ON place.id = country.entity_id
LEFT JOIN entities_entity AS speaker ON speaker.id = said.speaker_entity_id
WHERE story.status = 'live' AND story.published_at >= %(since)s
    AND NOT EXISTS (SELECT FROM articles_correction_retracts AS taken WHERE taken.quote_id = said.quote_id)
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
# Names of organisations and countries that a role may have. A weak acronym is one where it stands as who somebody
# works for.
_AFFILIATIONS = """
SELECT text, bool_and(is_state) FROM (
    SELECT name.text,
        CASE WHEN entity.kind <> 'country'
            THEN entity.kind IN ('unit', 'alliance') OR entity.category = ANY (%(categories)s) END AS is_state
    FROM (
        SELECT text, entity_id FROM entities_name
        WHERE strength = 'strong' AND NOT needs_country
            OR strength = 'weak' AND form = 'acronym' AND length(text) > 2
        UNION ALL
        SELECT name, id FROM entities_entity
    ) AS name
    JOIN entities_entity AS entity ON entity.id = name.entity_id
    WHERE name.text = ANY (%(names)s)
        AND (entity.kind IN ('country', 'unit', 'alliance') OR entity.category = ANY (%(others)s)
            OR entity.category = ANY (%(categories)s))
) AS known
GROUP BY text HAVING bool_and(is_state) IS NOT DISTINCT FROM bool_or(is_state)
"""
_BY_ALIAS = f"""
SELECT surface, entity.id, entity.name,
    count(*) FILTER (WHERE verdict = 'confirmed') AS confirmed,
    count(*) FILTER (WHERE verdict = 'rejected') AS rejected,
    count(*) OVER () AS names
FROM ({JUDGED_NAMES}) AS judged
JOIN entities_entity AS entity ON entity.id = judged.entity_id
WHERE verdict_at >= %(since)s
GROUP BY surface, entity.id
ORDER BY rejected DESC, confirmed DESC, surface, entity.id
LIMIT %(most)s
"""  # noqa: S608 - a constant
_BY_VERSION = """
WITH judged AS (
    SELECT tag.verdict, tag.judged_version AS version FROM articles_tag AS tag
    WHERE tag.origin = 'machine' AND tag.verdict IN ('confirmed', 'rejected') AND tag.verdict_at >= %(since)s
    UNION ALL
    SELECT quote.verdict, quote.judged_version FROM articles_quote AS quote
    WHERE quote.origin = 'machine' AND quote.verdict IN ('confirmed', 'rejected') AND quote.verdict_at >= %(since)s
)
SELECT version, count(*) FILTER (WHERE verdict = 'confirmed'), count(*) FILTER (WHERE verdict = 'rejected'),
    count(*) OVER () AS versions
FROM judged WHERE version IS NOT NULL
GROUP BY version ORDER BY version DESC LIMIT %(most)s
"""
_COVERED = """
SELECT entity.id, entity.name, date_trunc('month', listing.published_at AT TIME ZONE 'UTC')::date, count(*)
FROM articles_listing AS listing
JOIN entities_country AS country ON country.entity_id = listing.entity_id
JOIN entities_entity AS entity ON entity.id = country.entity_id
WHERE listing.role = 'about' AND listing.published_at >= %(since)s AND NOT entity.is_hidden
GROUP BY 1, 2, 3
"""


class Hundredths(int):
    """Of a whole, to draw and to print: none only of nothing, and a hundred only of all of it."""

    says: str

    @classmethod
    def of(cls, part: int, whole: int) -> Hundredths:
        near = round(100 * part / whole) if whole else 0
        least, most = int(part > 0), 100 - int(part < whole)
        found = cls(min(max(near, least), most))
        found.says = f"{'< ' if near < least else '> ' if near > most else ''}{found} %"
        return found


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: its count, and its hundredths of the whole."""

    label: str
    count: int
    percent: Hundredths


@dataclass(frozen=True, slots=True)
class Quoted:
    """How many quotations, by voice, by kind of speaker and by the speaker's country."""

    count: int
    voices: Sequence[Share]
    kinds: Sequence[Share]
    countries: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Precision:
    """What people have said of proposals."""

    label: str
    confirmed: int
    rejected: int
    entity_id: int | None = None
    entity: str = ""

    @property
    def judged(self) -> int:
        return self.confirmed + self.rejected

    @property
    def percent(self) -> Hundredths:
        """Of those that were judged, how many were right."""
        return Hundredths.of(self.confirmed, self.judged)


@dataclass(frozen=True, slots=True)
class Covered:
    """A country with its stories of each month, the oldest first, and the heights of their columns in hundredths."""

    name: str
    counts: Sequence[int]
    heights: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


def quoted(days: int) -> Quoted:
    """Of the stories that were first published in the last days and are live."""
    voices: Counter[str] = Counter({OFFICIAL: 0, INDEPENDENT: 0, UNNAMED: 0})
    kinds: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    nowhere = 0
    found = _rows(_QUOTED, {"since": _since(days), "categories": list(STATE_CATEGORIES)})
    known = _affiliations({row[2] for row in found})
    for place, kind, role, speaker_kind, category, is_named, is_in_office, count in found:
        is_state = is_in_office or speaker_kind in STATE_KINDS or category in STATE_CATEGORIES
        is_office = category not in OTHER_CATEGORIES and officials.is_office(role, known)
        voices[voice_of(is_named=is_named and kind != "unnamed", is_official=is_state or is_office)] += count
        kinds[kind or "unnamed"] += count
        if place:
            countries[place] += count
        else:
            nowhere += count
    total = voices.total()
    return Quoted(
        total,
        voices=shares(voices.items()),
        kinds=shares(kinds.most_common()),
        countries=shares([*_largest(countries), *([("No country", nowhere)] if nowhere else [])]),
    )


def voice_of(*, is_named: bool, is_official: bool) -> str:
    if not is_named:
        return UNNAMED
    return OFFICIAL if is_official else INDEPENDENT


def _affiliations(roles: Iterable[str]) -> dict[str, bool | None]:
    """Of names in these roles, whether they are of a state's organisation, None of a country. Names of both sorts are
    left out."""
    names = {name for role in roles for name in officials.names_in(role)}
    if not names:
        return {}
    named = {"names": sorted(names), "categories": list(STATE_CATEGORIES), "others": list(OTHER_CATEGORIES)}
    return dict(_rows(_AFFILIATIONS, named))


def precision_by_alias(days: int) -> tuple[list[Precision], int]:
    """Of each name that a story had, for each entity that it was taken for: those most often rejected first, and how
    many there are with those left out."""
    found = _rows(_BY_ALIAS, {"since": _since(days), "most": MOST_ALIASES})
    names = found[0][-1] if found else 0
    return [Precision(surface, right, wrong, key, name) for surface, key, name, right, wrong, _ in found], names


def precision_by_version(days: int) -> tuple[list[Precision], int]:
    """Of tags and quotations, by the version of the gazetteer that they were proposed with: the newest versions, the
    oldest of them first, and how many there are with those left out."""
    found = _rows(_BY_VERSION, {"since": _since(days), "most": MOST_VERSIONS})
    versions = found[0][-1] if found else 0
    return [Precision(str(version), right, wrong) for version, right, wrong, _ in reversed(found)], versions


def covered(today: date) -> tuple[list[date], list[Covered], int]:
    """The last twelve months, this one too, the countries that most stories were about in them, and how many countries
    there are with those left out."""
    months = last_months(today)
    first = datetime(months[0].year, months[0].month, 1, tzinfo=UTC)
    counts: dict[str, Counter[date]] = {}
    names: dict[str, str] = {}
    for key, name, month, count in _rows(_COVERED, {"since": first}):
        counts.setdefault(key, Counter())[month] += count
        names[key] = name
    most = sorted(counts, key=lambda key: (-counts[key].total(), names[key]))[:MOST_COUNTRIES]
    highest = max((max(counts[key].values()) for key in most), default=1)
    return months, [_covered(names[key], counts[key], months, highest) for key in most], len(counts)


def last_months(today: date) -> list[date]:
    """The first days of twelve months, the oldest first."""
    year, month, found = today.year, today.month, []
    for _ in range(MONTHS):
        found.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found[::-1]


def shares(counted: Iterable[tuple[str, int]]) -> list[Share]:
    """Label and count of each part of a whole."""
    parts = list(counted)
    whole = sum(count for _, count in parts)
    return [Share(label, count, Hundredths.of(count, whole)) for label, count in parts]


def _largest(countries: Counter[str]) -> list[tuple[str, int]]:
    """As many as are told by name, and the others together; one alone is told by name too."""
    if len(countries) <= MOST_COUNTRIES + 1:
        return countries.most_common()
    told = countries.most_common(MOST_COUNTRIES)
    others = countries.total() - sum(count for _, count in told)
    return [*told, (f"{len(countries) - MOST_COUNTRIES} other countries", others)]


def _covered(name: str, counts: Counter[date], months: Sequence[date], highest: int) -> Covered:
    own = [counts[month] for month in months]
    return Covered(name, own, [max(round(100 * count / highest), LOWEST) if count else 0 for count in own])


def _since(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
