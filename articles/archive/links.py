"""Verb: link stories of an archive to those of it that came in after them, from further on or in another share.

An edition is never changed: the link stands in the working copy, and readers see it with the story's next version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import F

from articles.archive.importing import Outcome
from articles.archive.story_format import external_id
from articles.models import Article, RelatedLink
from articles.models.verdict import Origin, Verdict
from articles.states import PubState

# Stories that are locked at once.
BATCH = 100


class LateLinks:
    """Notes which stories name some that were not here yet, and links them once all have come in."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._related: dict[str, tuple[str, ...]] = {}
        # Of stories that are new: that those of an earlier run lack links was told then.
        self._unknown: Counter[str] = Counter()

    def note(self, outcome: Outcome) -> None:
        """A story of an earlier run may lack links as well: that run was stopped, or worked beside another share."""
        if (
            outcome.refusal
            or outcome.withheld
            or outcome.has_other_words
            or (outcome.is_new and not outcome.unknown_links)
        ):
            return
        if outcome.story.related:
            self._related[outcome.story.id] = outcome.story.related
        if outcome.is_new:
            self._unknown[outcome.story.id] = outcome.unknown_links

    def add(self) -> tuple[int, int]:
        """Link them: how many links it was, and how many of new stories lead to what is still not here."""
        added: Counter[str] = Counter()
        waiting = iter(self._related)
        while step := list(islice(waiting, BATCH)):
            added += link_arrived({identifier: self._related[identifier] for identifier in step}, source=self._source)
        return added.total(), (self._unknown - added).total()


@transaction.atomic
def link_arrived(related: Mapping[str, Sequence[str]], *, source: str) -> Counter[str]:
    """Add what is missing of the links of some stories, given by their ids with those that they name; how many of each.

    Only a story that nobody has saved since its import is touched: what a person has taken out stays out. Doing it
    twice changes nothing. What the machine had proposed gives way; a person's link, or a verdict, stands.
    """
    ids = {external_id(source, identifier): identifier for identifier in related}
    named = {external_id(source, identifier): identifier for names in related.values() for identifier in names}
    live = Article.objects.filter(external_id__in=list(named), pub_state=PubState.LIVE)
    targets = {named[str(row)]: pk for row, pk in live.values_list("external_id", "pk")}
    untouched = (
        Article.objects.select_for_update(no_key=True, of=("self",))
        .filter(external_id__in=list(ids), revision__number=1, pub_state=PubState.LIVE)
        .only("external_id")
        .order_by("pk")
    )
    linked: Counter[str] = Counter()
    standing = _standing(list(untouched))
    for article in untouched:
        identifier = ids[str(article.external_id)]
        wanted = [targets[name] for name in related[identifier] if name in targets and targets[name] != article.pk]
        if missing := [target for target in wanted if target not in standing[article.pk]]:
            _link(article, missing)
            linked[identifier] = len(missing)
    return linked


def _standing(articles: Sequence[Article]) -> dict[int, set[int | None]]:
    """To which stories each is linked by now, or may not be: of what the machine proposes, only what was judged."""
    standing: dict[int, set[int | None]] = {article.pk: set() for article in articles}
    links = RelatedLink.objects.filter(article__in=standing).exclude(origin=Origin.MACHINE, verdict=Verdict.PROPOSED)
    for article, target in links.values_list("article", "target"):
        standing[article].add(target)
    return standing


def _link(article: Article, targets: Sequence[int]) -> None:
    article.related_links.filter(target__in=targets).delete()
    behind = article.related_links.editorial().count()
    RelatedLink.objects.bulk_create(
        RelatedLink(article=article, ordinal=behind + place, target_id=target, origin=Origin.IMPORT)
        for place, target in enumerate(targets)
    )
    # Whoever has the story open does not write over links that they have not seen.
    Article.objects.filter(pk=article.pk).update(lock_version=F("lock_version") + 1)
