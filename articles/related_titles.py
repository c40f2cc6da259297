"""Titles under Related News as stories of ours: at the import, or later when the story has arrived."""

from __future__ import annotations

from typing import cast

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper
from django.utils import timezone

from articles.models import Article, Change, RelatedLink, Representation
from articles.models.verdict import Origin, Verdict
from articles.related_stories import find_candidates
from articles.states import PubState
from articles.tagging import Document
from articles.tagging.relating.related import match_title
from articles.tagging.relating.terms import terms
from articles.tagging.relating.vectors import number
from articles.term_frequencies import frequencies_for
from articles.transitions import lock

# So many of the newest publications are looked at every round, all of them at night.
NEWEST_PUBLICATIONS = 500


def story_titled(title: str) -> Article | None:
    """The live story with this headline, give or take spelling; None when none or two are like it."""
    exact = _stories_titled(title).first()
    if exact is not None:
        return exact.article
    words = terms(Document("", title=title))
    candidates = find_candidates(words, frequencies_for(map(number, words)), before=timezone.now())
    headlines = dict(_live().filter(article__in=[found.id for found in candidates]).values_list("article", "headline"))
    found = match_title(title, headlines)
    return Article.objects.get(pk=cast("int", found)) if found is not None else None


def with_arrived_titles(*, newest_only: bool) -> QuerySet[Article]:
    """Stories whose imported Related News name, word for word, a story that is live by now."""
    arrived = _live()
    if newest_only:
        publications = Change.objects.filter(kind=Change.Kind.PUBLISH).order_by("-sequence")
        arrived = arrived.filter(article__in=list(publications.values_list("article", flat=True)[:NEWEST_PUBLICATIONS]))
    others = _live().filter(headline__iexact=OuterRef("title")).exclude(article=OuterRef("article"))
    is_linked = RelatedLink.objects.filter(
        article=OuterRef("article"), target__representation__headline__iexact=OuterRef("title")
    ).exclude(origin=Origin.MACHINE, verdict=Verdict.PROPOSED)
    titles = (
        _bare_titles()
        .annotate(folded=Upper("title"))
        .filter(
            Exists(others), ~Exists(is_linked), folded__in=arrived.annotate(folded=Upper("headline")).values("folded")
        )
    )
    closed = (PubState.KILLED, PubState.SPIKED)
    return Article.objects.filter(pk__in=titles.values("article")).exclude(pub_state__in=closed).order_by("pk")


def link_arrived_titles(article: Article) -> int:
    """Link a story's imported titles to the stories that have arrived since; how many it was.

    As at the import, the title stays and no revision is made: readers see the link with the next edition. What
    the machine had proposed gives way to it; a person's link to the same story, or a verdict on it, stands.
    """
    locked = lock(article)
    links = locked.related_links
    linked = 0
    for link in _bare_titles().filter(article=locked):
        story = _stories_titled(link.title).exclude(article=locked).first()
        if story is None:
            continue
        links.filter(target=story.article_id, origin=Origin.MACHINE, verdict=Verdict.PROPOSED).delete()
        if not links.filter(target=story.article_id).exists():
            link.target_id = story.article_id
            link.save(update_fields=["target"])
            linked += 1
    return linked


def _bare_titles() -> QuerySet[RelatedLink]:
    return RelatedLink.objects.filter(target=None, url="", origin=Origin.IMPORT, verdict=Verdict.PROPOSED)


def _stories_titled(title: str) -> QuerySet[Representation]:
    return _live().filter(headline__iexact=title).order_by("-published_at").select_related("article")


def _live() -> QuerySet[Representation]:
    return Representation.objects.filter(status=Representation.Status.LIVE)
