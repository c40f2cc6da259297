"""The tagger's related stories as rows: ranked anew at every tagging, verdicts and editors' links left alone."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.utils import timezone

from articles.models import Article, RelatedLink, Revision, Tag
from articles.models.verdict import Origin, Verdict
from articles.planned_query import PlannedQuery
from articles.related_stories import StoryInHand, closest_stories
from articles.tagging import Document

PROPOSED = 5
# Of what a tag names, and of what that was merged into.
_NAMED = [f"entity__{path}{column}" for path in ("", "merged_into__") for column in ("pk", "name", "is_hidden")]
_STANDING = PlannedQuery(
    lambda article: (
        RelatedLink.objects.filter(article=article).order_by().values_list("pk", "origin", "verdict", "target_id")
    ),
    {"article": "bigint"},
)
_PUBLISHABLE = PlannedQuery(
    lambda article: Tag.objects.filter(article=article).publishable().values_list(*_NAMED), {"article": "bigint"}
)


def write_related(article: Article, revision: Revision) -> None:
    """Propose live stories, published before this one, that tell of the same things, the closest first.

    Links of a person or of the imported story stay, and so does every verdict; what was rejected or is linked
    already is not proposed. The tags of this run are already written.
    """
    standing = _STANDING.all(article=article.pk)
    obsolete = [pk for pk, *judged, _ in standing if judged == [Origin.MACHINE, Verdict.PROPOSED]]
    if obsolete:
        article.related_links.filter(pk__in=obsolete).delete()
    linked = [target for pk, _, _, target in standing if target is not None and pk not in obsolete]
    start = len(standing) - len(obsolete)
    closest = closest_stories(story_in_hand(article, revision, without=[article.pk, *linked]), limit=PROPOSED)
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
    for *own, canonical, its_name, is_it_hidden in _PUBLISHABLE.all(article=article.pk):
        pk, name, is_hidden = own if canonical is None else (canonical, its_name, is_it_hidden)
        if not is_hidden:
            entities[pk] = name
    return StoryInHand(
        Document(title=revision.headline, standfirst=revision.standfirst, text=revision.text),
        entities,
        before=article.published_at or timezone.now(),
        without=without,
    )
