"""The tagger's countries and entities as rows: evidence replaced, verdicts left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from articles.models import Article, Mention, Revision, Tag
from articles.models.verdict import Origin, Verdict
from articles.planned_query import PlannedQuery, planned_rows
from articles.updating import update_in

if TYPE_CHECKING:
    from articles.desk_gazetteer import DeskGazetteer
    from articles.tagging import Analysis, CountryFinding, EntityFinding

_STANDING = PlannedQuery(lambda article: Tag.objects.filter(article=article).order_by("pk"), {"article": "bigint"})
_DELETE_MENTIONS = """
DELETE FROM articles_mention
WHERE tag_id IN (SELECT id FROM articles_tag WHERE article_id = %(article)s::bigint)
"""
PROMINENT_FIELDS = frozenset({"headline", "standfirst"})
MACHINE_COLUMNS = (
    "score",
    "is_primary",
    "is_accepted",
    "is_found",
    "is_prominent",
    "mention_count",
    "reason",
)


def write_tags(article: Article, revision: Revision, analysis: Analysis, gazetteer: DeskGazetteer) -> dict[int, Tag]:
    """Replace the machine's tags and mentions of an article whose row is locked; tags found, by entity row.

    A tag that is no longer found goes, unless a person has judged or added it: then it stays without evidence.
    """
    standing = {tag.entity_id: tag for tag in _STANDING.all(article=article.pk)}
    found: dict[int, Tag] = {}
    mentions: list[tuple[Tag, Sequence[Mention]]] = []
    findings: tuple[CountryFinding | EntityFinding, ...] = (*analysis.countries, *analysis.entities)
    for finding in findings:
        entity_id = gazetteer.primary_keys.get(finding.id or "")
        if entity_id is None:
            continue
        tag = standing.get(entity_id) or Tag(article=article, entity_id=entity_id, origin=Origin.MACHINE)
        _fill(tag, finding)
        found[entity_id] = tag
        mentions.append((tag, _evidence(finding, revision)))
    _drop_lost(standing, found)
    _keep_choice((*standing.values(), *found.values()))
    Tag.objects.bulk_create([tag for tag in found.values() if tag.pk is None])
    update_in(Tag, standing.values(), MACHINE_COLUMNS)
    _replace_mentions(article, mentions)
    return found


def _fill(tag: Tag, finding: CountryFinding | EntityFinding) -> None:
    tag.score = min(1.0, max(0.0, finding.score))
    tag.is_primary = bool(getattr(finding, "primary", False))
    tag.is_accepted = finding.accepted
    tag.is_found = True
    tag.is_prominent = any(mention.field in PROMINENT_FIELDS for mention in finding.mentions)
    tag.mention_count = len(finding.mentions)
    # Of one that came in as a proposal it says what its archive held of it.
    if tag.origin != Origin.IMPORT or tag.verdict != Verdict.PROPOSED:
        tag.reason = finding.reason[:500]


def _drop_lost(standing: dict[int, Tag], found: dict[int, Tag]) -> None:
    """Delete undecided tags of the machine that it no longer finds; keep the others, without evidence."""
    lost = [entity_id for entity_id in standing if entity_id not in found]
    gone = []
    for entity_id in lost:
        tag = standing[entity_id]
        if tag.verdict == Verdict.PROPOSED and tag.origin == Origin.MACHINE:
            gone.append(standing.pop(entity_id).pk)
            continue
        tag.is_found = tag.is_primary = tag.is_accepted = tag.is_prominent = False
        tag.score, tag.mention_count = 0.0, 0
    if gone:
        Tag.objects.filter(pk__in=gone).delete()


def _keep_choice(tags: Sequence[Tag]) -> None:
    """A person's choice of the primary country stands, whatever the engine found."""
    if any(tag.is_primary_by_person for tag in tags):
        for tag in tags:
            tag.is_primary = tag.is_primary_by_person


def _evidence(finding: CountryFinding | EntityFinding, revision: Revision) -> list[Mention]:
    return [
        Mention(
            revision=revision,
            field=mention.field,
            start=mention.start,
            end=mention.end,
            surface=mention.text[:300],
            form=mention.form,
            reason=mention.reason[:300],
        )
        for mention in finding.mentions
    ]


def _replace_mentions(article: Article, mentions: Iterable[tuple[Tag, Sequence[Mention]]]) -> None:
    planned_rows(_DELETE_MENTIONS, {"article": article.pk})
    rows = []
    for tag, evidence in mentions:
        for mention in evidence:
            mention.tag = tag
            rows.append(mention)
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
