"""The tagger's related stories as rows: ranked anew at every tagging, verdicts and editors' links left alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.utils import timezone

from articles.models import Article, RelatedLink, Revision
from articles.models.verdict import Origin, Verdict
from articles.related_stories import StoryInHand, closest_stories
from articles.tagging import Document

PROPOSED = 5


def write_related(article: Article, revision: Revision) -> None:
    """Propose live stories, published before this one, that tell of the same things, the closest first.

    Links of a person or of the imported story stay, and so does every verdict; what was rejected or is linked
    already is not proposed. The tags of this run are already written.
    """
    links = article.related_links
    links.filter(origin=Origin.MACHINE, verdict=Verdict.PROPOSED).delete()
    linked = links.filter(target__isnull=False).values_list("target_id", flat=True)
    story = story_in_hand(article, revision, without=[article.pk, *(pk for pk in linked if pk is not None)])
    closest = closest_stories(story, limit=PROPOSED)
    start = links.count()
    RelatedLink.objects.bulk_create(
        RelatedLink(
            article=article,
            target_id=cast("int", ranked.id),
            ordinal=start + place,
            score=min(1.0, ranked.score),
            reason=ranked.reason[:500],
            origin=Origin.MACHINE,
        )
        for place, ranked in enumerate(closest)
    )


def story_in_hand(article: Article, revision: Revision, *, without: Collection[int]) -> StoryInHand:
    """A story's newest words, with the tags that would go out with them."""
    entities: dict[object, str] = {}
    for tag in article.tags.publishable().select_related("entity__merged_into"):
        entity = tag.entity.canonical
        if not entity.is_hidden:
            entities[entity.pk] = entity.name
    return StoryInHand(
        Document(title=revision.headline, standfirst=revision.standfirst, text=revision.text),
        entities,
        before=article.published_at or timezone.now(),
        without=without,
    )
