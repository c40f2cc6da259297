"""The tagger's unknown names as rows: sightings replaced story by story, counts kept, verdicts left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.copying import copy_in
from articles.models import Article, NewName, Revision, Sighting
from articles.tagging.gazetteer.search import fold
from articles.updating import update_in
from entities.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.tagging import Analysis, EntityFinding

# A "name" longer than a name may be is none.
LONGEST_NAME = 200
# A story that names more is a list, or no text; the names that it repeats most are kept.
MOST_NAMES = 200
COUNTS = ("story_count", "mention_count")

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A name of one story: the first finding of it, and how often all its spellings stand there."""

    finding: EntityFinding
    count: int


def write_names(article: Article, revision: Revision, analysis: Analysis) -> None:
    """Replace the sightings of an article whose row is locked, and keep the counts of the names concerned.

    New names are inserted in the order of their keys, then all rows are locked in the order of their ids: two
    workers on stories that share names wait for each other, and never in a circle.
    """
    found = _found(analysis)
    standing = {sighting.new_name_id: sighting for sighting in article.sightings.all()}
    names = {(name.kind, name.key): name for name in _locked(_numbers(found) | set(standing))}
    for name in names.values():
        if name.pk in standing:
            name.story_count -= 1
            name.mention_count -= standing[name.pk].count
    for identity, name in names.items():
        if identity in found:
            name.story_count += 1
            name.mention_count += found[identity].count
    article.sightings.all().delete()
    copy_in(Sighting, (_sighting(article, revision, names[identity], found[identity]) for identity in sorted(found)))
    update_in(NewName, names.values(), COUNTS)


def key_of(name: str) -> str:
    """What all spellings of a name share: capitals, curly marks and wider spaces do not count."""
    return " ".join(fold(name).split())


def _found(analysis: Analysis) -> dict[Identity, Found]:
    found: dict[Identity, Found] = {}
    for finding in analysis.entities:
        if not _is_name(finding):
            continue
        identity = finding.kind, key_of(finding.name)
        earlier = found.get(identity)
        count = len(finding.mentions) + (earlier.count if earlier else 0)
        found[identity] = Found(earlier.finding if earlier else finding, count)
    most = sorted(found, key=lambda identity: -found[identity].count)[:MOST_NAMES]
    return {identity: found[identity] for identity in most}


def _is_name(finding: EntityFinding) -> bool:
    """Whether the desk can decide it: of a kind that it has, and with a letter or a digit that can be seen."""
    is_written = any(sign.isalnum() for sign in finding.name) and len(finding.name) <= LONGEST_NAME
    return finding.is_new_name and finding.kind in Kind.values and is_written


def _new(identity: Identity, finding: EntityFinding) -> NewName:
    kind, key = identity
    return NewName(
        kind=kind,
        key=key,
        name=" ".join(finding.name.split()),
        category=finding.category[:40],
        country_code=(finding.country or "")[:2],
    )


def _numbers(found: dict[Identity, Found]) -> set[int]:
    """Of the rows of the names found, made where there are none yet."""
    known = _known(found)
    if missing := sorted(found.keys() - known.keys()):
        new = [_new(identity, found[identity].finding) for identity in missing]
        NewName.objects.bulk_create(new, ignore_conflicts=True)
        known = _known(found)
    return set(known.values())


def _known(found: Iterable[Identity]) -> dict[Identity, int]:
    wanted = set(found)
    rows = NewName.objects.filter(key__in={key for _, key in wanted}).values_list("pk", "kind", "key")
    return {(kind, key): pk for pk, kind, key in rows if (kind, key) in wanted}


def _locked(numbers: set[int]) -> list[NewName]:
    """In the order of their ids."""
    return list(NewName.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))


def _sighting(article: Article, revision: Revision, name: NewName, found: Found) -> Sighting:
    place = found.finding.mentions[0]
    return Sighting(
        article=article,
        new_name=name,
        revision=revision,
        count=found.count,
        field=place.field,
        start=place.start,
        end=place.end,
    )
