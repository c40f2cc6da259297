"""The keys of pages that name a storyline from now on: of stories that joined it, of what these name, and of what it is
about now. One that was opened again stands before the others that its stories are in: all of them join it anew.

A page that names a storyline has its key, and goes with it. One that does not know of it yet has not: so it is told by
comparison who joined since the caches were told last (`articles.shown_places`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles import surrogate_keys
from articles.models import Storyline, StorylineStory

if TYPE_CHECKING:
    from django.db.models import QuerySet

PREFIX = surrogate_keys.storyline("")
# Of stories by what they name, and of entities: who has more to tell of had better empty the cache.
ROWS_READ = 3_000


class Told(NamedTuple):
    """Of a storyline, the newest row of a story and of an entity, 0 where there is none; whether it is still told."""

    story: int = 0
    entity: int = 0
    is_open: bool = False


def keys_of_joined(before: Mapping[str, Sequence[Any]], now: Mapping[str, Sequence[Any]]) -> list[str]:
    """Each once, in two statements; none where nothing joined, and that of the whole site where more joined than is
    read. What left needs none: the pages that named it know."""
    stories, named = Q(pk__in=()), Q(pk__in=())
    known = _told(before)
    for slug, told in _told(now).items():
        since = known.get(slug, Told())
        if told.is_open and not since.is_open:
            since = Told()
        if told.story > since.story:
            stories |= Q(storyline__slug=slug, pk__gt=since.story)
        if told.entity > since.entity:
            named |= Q(storyline__slug=slug, pk__gt=since.entity)
    joined, about = list(_stories(stories)[:ROWS_READ]), list(_entities(named)[:ROWS_READ])
    if ROWS_READ in (len(joined), len(about)):
        return [surrogate_keys.SITE]
    return list(dict.fromkeys([*_keys_of_stories(joined), *(surrogate_keys.entity(*entity) for entity in about)]))


def standing(entity: str) -> tuple[Coalesce, Coalesce]:
    """Kind and slug of an entity that a path leads to, or of what it was merged into."""
    return (
        Coalesce(f"{entity}__merged_into__kind", f"{entity}__kind"),
        Coalesce(f"{entity}__merged_into__slug", f"{entity}__slug"),
    )


def _told(shown: Mapping[str, Sequence[Any]]) -> dict[str, Told]:
    """By slug. What was kept in an earlier form counts as closed."""
    known: dict[str, Told] = {}
    for key, told in shown.items():
        if key.startswith(PREFIX):
            _, story, entity, *_ = [*told, 0, 0]
            known[key.removeprefix(PREFIX)] = Told(story or 0, entity or 0, Storyline.State.OPEN in told)
    return known


def _stories(joined: Q) -> QuerySet[StorylineStory, Any]:
    """Path of each, with kind and slug of each entity that it names."""
    rows = StorylineStory.objects.live().filter(joined).order_by("pk")
    return rows.values_list("article__representation__path", *standing("article__listings__entity"))


def _entities(joined: Q) -> QuerySet[Any, Any]:
    rows = Storyline.entities.through.objects.filter(joined).order_by("pk")
    return rows.values_list(*standing("entity"))


def _keys_of_stories(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for path, *entity in rows:
        yield surrogate_keys.story(path)
        if all(entity):
            yield surrogate_keys.entity(*entity)
