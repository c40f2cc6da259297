"""What of the desk's stories a merge of two entities would show otherwise, for the page that asks before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.entity_stories import count_quotes, shared_stories, times_used

if TYPE_CHECKING:
    from entities.models import Entity


def merge_facts(entity: Entity, target: Entity) -> dict[str, Any]:
    """Counts of stories and quotations that join, and of stories that are tagged with both already."""
    coming, standing = _family(entity), _family(target)
    times = times_used(coming)
    facts = {
        "stories": times.stories,
        "live": times.live,
        "shared": shared_stories(coming, standing),
        "quotes": count_quotes(coming),
    }
    return {"facts": facts}


def _family(entity: Entity) -> list[int]:
    return [entity.pk, *entity.merged_from.values_list("pk", flat=True)]
