"""The keys of pages that name a storyline from now on: of stories that joined it, of what these name, and of what it is
about now.

A page that names a storyline has its key, and goes with it. One that does not know of it yet has not: so it is told by
comparison who joined since the caches were told last (`articles.shown_places`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles import surrogate_keys
from articles.models import Storyline, StorylineStory

if TYPE_CHECKING:
    from django.db.models import QuerySet

PREFIX = surrogate_keys.storyline("")
# Of stories by what they name, and of entities: who has more to tell of had better empty the cache.
ROWS_READ = 3_000


def keys_of_joined(before: Mapping[str, Sequence[Any]], now: Mapping[str, Sequence[Any]]) -> list[str]:
    """Each once, in two statements; none where nothing joined, and that of the whole site where more joined than is
    read. What left needs none: the pages that named it know."""
    stories, named = Q(pk__in=()), Q(pk__in=())
    known = _newest(before)
    for slug, (story, entity) in _newest(now).items():
        known_story, known_entity = known.get(slug, (0, 0))
        if story > known_story:
            stories |= Q(storyline__slug=slug, pk__gt=known_story)
        if entity > known_entity:
            named |= Q(storyline__slug=slug, pk__gt=known_entity)
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


def _newest(shown: Mapping[str, Sequence[Any]]) -> dict[str, tuple[int, int]]:
    """The newest row of a story and of an entity by the slug of the storyline; 0 where there is none."""
    known = {key.removeprefix(PREFIX): [*told, 0, 0, 0] for key, told in shown.items() if key.startswith(PREFIX)}
    return {slug: (told[1] or 0, told[2] or 0) for slug, told in known.items()}


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
