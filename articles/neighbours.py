"""Articles whose public form shows another article's headline, locked together without deadlock."""

from __future__ import annotations

from django.db import transaction

from articles.models import Article
from articles.planned_query import planned_rows

TRIES = 50
# What the working copy links to and what any edition showed; and the live stories whose current edition shows us. Asked
# by each publication, so the connection keeps the plan.
_NEIGHBOURS = """
SELECT target_id AS id, FALSE AS shows_us
FROM articles_relatedlink WHERE article_id = %(article)s::bigint AND target_id IS NOT NULL
UNION
SELECT shown.target_id, FALSE
FROM articles_edition AS edition JOIN articles_editionrelated AS shown ON shown.edition_id = edition.id
WHERE edition.article_id = %(article)s::bigint AND shown.target_id IS NOT NULL
UNION
SELECT dependant.id, TRUE
FROM articles_editionrelated AS shown JOIN articles_article AS dependant USING (edition_id)
WHERE shown.target_id = %(article)s::bigint AND dependant.pub_state = 'live' AND dependant.id <> %(article)s::bigint
"""
_LOCK = f"""
SELECT id FROM articles_article
WHERE id IN (SELECT %(article)s::bigint UNION SELECT id FROM ({_NEIGHBOURS}) AS neighbour)
ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608 - constants


class _Grown(Exception):
    """Somebody linked to us between looking and locking."""


def lock_with_neighbours(article: Article) -> list[int]:
    """Lock the article, the stories it links to and the live stories that link to it, in the order of their ids; the
    latter are `dependant_ids`, and stay them as long as the locks are held.

    Two publications of stories that link to each other then wait for one another instead of deadlocking, and
    each shows the other's newest headline. When a neighbour joins between looking and locking, the locks go
    back with a savepoint and the next try takes them all.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                locked = {pk for (pk,) in planned_rows(_LOCK, {"article": article.pk})}
                neighbours = planned_rows(_NEIGHBOURS, {"article": article.pk})
                if not {pk for pk, _ in neighbours} <= locked:
                    raise _Grown
        except _Grown:
            continue
        return sorted(pk for pk, shows_us in neighbours if shows_us)
    raise RuntimeError(f"The neighbours of article {article.pk} changed {TRIES} times while they were locked.")


def try_lock_with_neighbours(article: Article) -> bool:
    """Lock the same rows without waiting for anybody (SKIP LOCKED); False where somebody holds one of them."""
    wanted = {article.pk, *neighbour_ids(article)}
    free = Article.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=wanted).order_by("pk")
    return set(free.values_list("pk", flat=True)) == wanted


def neighbour_ids(article: Article) -> set[int]:
    """The stories that this one links to or shows, and those that show it; in one statement."""
    return {pk for pk, _ in planned_rows(_NEIGHBOURS, {"article": article.pk})}


def dependant_ids(article: Article) -> list[int]:
    """Live articles whose current edition lists this one under Related News, in the order of their ids."""
    return sorted(pk for pk, shows_us in planned_rows(_NEIGHBOURS, {"article": article.pk}) if shows_us)
