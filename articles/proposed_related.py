"""The tagger's related stories as rows: ranked anew at every tagging, verdicts and editors' links left alone."""

from __future__ import annotations

from typing import cast

from django.utils import timezone

from articles.models import Article, RelatedLink, Revision
from articles.models.verdict import Origin, Verdict
from articles.related_stories import closest_stories
from articles.tagging import Document
from articles.tagging.related import Features
from articles.tagging.terms import phrases, terms

PROPOSED = 5


def write_related(article: Article, revision: Revision) -> None:
    """Propose live stories, published before this one, that tell of the same things, the closest first.

    Links of a person or of the imported story stay, and so does every verdict; what was rejected or is linked
    already is not proposed. The tags of this run are already written.
    """
    links = article.related_links
    links.filter(origin=Origin.MACHINE, verdict=Verdict.PROPOSED).delete()
    linked = links.filter(target__isnull=False).values_list("target_id", flat=True)
    closest = closest_stories(
        features_of(article, revision),
        before=article.published_at or timezone.now(),
        without=[pk for pk in linked if pk is not None],
        limit=PROPOSED,
    )
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


def features_of(article: Article, revision: Revision) -> Features:
    """The terms of a story in hand: its newest words, and the tags that would go out with them."""
    document = Document(title=revision.headline, standfirst=revision.standfirst, text=revision.text)
    names: dict[object, str] = {}
    for tag in article.tags.publishable().select_related("entity__merged_into"):
        entity = tag.entity.canonical
        if not entity.is_hidden:
            names[entity.pk] = entity.name
    return Features(id=article.pk, terms=terms(document, names), phrases=phrases(document, names))
