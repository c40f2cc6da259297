"""The tagger's related stories as rows: ranked anew at every tagging, verdicts and editors' links left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from articles.models import Article, Listing, RelatedLink, Representation, Revision
from articles.models.verdict import Origin, Verdict
from articles.tagging import Document
from articles.tagging.related import Features, Frequencies, rank
from articles.tagging.terms import phrases, terms

if TYPE_CHECKING:
    from articles.models import Tag

PROPOSED = 5
NEWEST_OF_AN_ENTITY = 40
CANDIDATES = 60


def write_related(article: Article, revision: Revision, tags: dict[int, Tag]) -> None:
    """Propose live stories that share entities with this one, the closest first.

    Links of a person or of the imported story stay, and so does every verdict; what was rejected or is linked
    already is not proposed.
    """
    links = article.related_links
    links.filter(origin=Origin.MACHINE, verdict=Verdict.PROPOSED).delete()
    linked = set(links.filter(target__isnull=False).values_list("target_id", flat=True))
    shared = [entity_id for entity_id, tag in tags.items() if tag.verdict != Verdict.REJECTED]
    candidates = _candidates(article, shared, without=linked)
    document = Document(title=revision.headline, standfirst=revision.standfirst, text=revision.text)
    names = _names(tags[entity_id] for entity_id in shared)
    story = Features(id=article.pk, terms=terms(document, names), phrases=phrases(document, names))
    closest = rank(story, candidates, frequencies=_frequencies([story, *candidates]), limit=PROPOSED)
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


def _candidates(article: Article, entity_ids: Iterable[int], *, without: set[int]) -> list[Features]:
    """The newest live stories under the same entities, as the ranker's features."""
    listed: dict[int, None] = {}
    for entity_id in entity_ids:
        newest = Listing.objects.filter(entity_id=entity_id).order_by("-published_at", "-article_id")
        listed.update(dict.fromkeys(newest.values_list("article_id", flat=True)[:NEWEST_OF_AN_ENTITY]))
    wanted = [pk for pk in listed if pk != article.pk and pk not in without]
    rows = Representation.objects.filter(article__in=wanted, status=Representation.Status.LIVE)
    newest_first = list(
        rows.order_by("-published_at", "-article_id").values_list(
            "article_id", "headline", "standfirst", "edition__text"
        )[:CANDIDATES]
    )
    entities: dict[int, list[int]] = {}
    listings = Listing.objects.filter(article__in=[row[0] for row in newest_first])
    for article_id, entity_id in listings.values_list("article_id", "entity_id"):
        entities.setdefault(article_id, []).append(entity_id)
    return [
        Features(
            id=article_id,
            terms=terms(Document(title=headline, standfirst=standfirst, text=text), entities.get(article_id, ())),
        )
        for article_id, headline, standfirst, text in newest_first
    ]


def _frequencies(stories: Sequence[Features]) -> Frequencies:
    """How common terms and entities are among the stories that share something with this one."""
    return Frequencies.counted(len(stories), Counter(term for story in stories for term in story.terms))


def _names(tags: Iterable[Tag]) -> dict[object, str]:
    return {tag.entity_id: tag.entity.name for tag in tags}
