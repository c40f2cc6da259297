"""Articles whose public form shows another article's headline, locked together without deadlock."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.models import Article, EditionRelated, RelatedLink
from articles.states import PubState

TRIES = 50


class _Grown(Exception):
    """Somebody linked to us between looking and locking."""


def lock_with_neighbours(article: Article) -> None:
    """Lock the article, the stories it links to and the live stories that link to it, in the order of their ids.

    Two publications of stories that link to each other then wait for one another instead of deadlocking, and
    each shows the other's newest headline. When a neighbour joins between looking and locking, the locks go
    back with a savepoint and the next try takes them all.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                wanted = Q(pk=article.pk) | Q(pk__in=_neighbours(article))
                rows = Article.objects.select_for_update(no_key=True).filter(wanted).order_by("pk")
                locked = set(rows.values_list("pk", flat=True))
                if not neighbour_ids(article) <= locked:
                    raise _Grown
        except _Grown:
            continue
        return
    raise RuntimeError(f"The neighbours of article {article.pk} changed {TRIES} times while they were locked.")


def try_lock_with_neighbours(article: Article) -> bool:
    """Lock the same rows without waiting for anybody (SKIP LOCKED); False where somebody holds one of them."""
    wanted = {article.pk, *neighbour_ids(article)}
    free = Article.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=wanted).order_by("pk")
    return set(free.values_list("pk", flat=True)) == wanted


def neighbour_ids(article: Article) -> set[int]:
    """The stories that this one links to or shows, and those that show it; in one statement."""
    return set(_neighbours(article))


def _neighbours(article: Article) -> QuerySet[Any, int]:
    links = RelatedLink.objects.filter(article=article, target__isnull=False)
    shown = EditionRelated.objects.filter(edition__article=article, target__isnull=False)
    return (
        links.order_by()
        .values_list("target_id", flat=True)
        .union(
            shown.order_by().values_list("target_id", flat=True),
            _dependants(article).order_by().values_list("pk", flat=True),
        )
    )


def dependant_ids(article: Article) -> list[int]:
    """Live articles whose current edition lists this one under Related News, in the order of their ids."""
    return list(_dependants(article).order_by("pk").values_list("pk", flat=True).distinct())


def _dependants(article: Article) -> QuerySet[Article]:
    return Article.objects.filter(pub_state=PubState.LIVE, edition__related__target=article).exclude(pk=article.pk)
