"""Two people save the same story at the same moment: exactly one wins, the other keeps every word."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from articles import revisions
from articles.models import Article, Revision
from articles.states import StaleArticle

ROUNDS = 20
WRITERS = 4


def save(article: Article, headline: str, by, start: threading.Barrier) -> str:
    """The headline when it was saved, else nothing."""
    try:
        start.wait()
        revisions.save_revision(article, expected_version=article.lock_version, by=by, headline=headline)
    except StaleArticle:
        return ""
    finally:
        connections.close_all()
    return headline


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_of_many_saves_at_once_exactly_one_wins(desk):
    article = desk.draft()

    for number in range(ROUNDS):
        article = desk.fresh(article)
        start = threading.Barrier(WRITERS)
        with ThreadPoolExecutor(WRITERS) as pool:
            tries = [
                pool.submit(save, article, f"Round {number}, writer {writer}", desk.editor, start)
                for writer in range(WRITERS)
            ]
        won = [headline for headline in (each.result() for each in tries) if headline]

        assert len(won) == 1
        assert desk.fresh(article).headline == won[0]

    numbers = Revision.objects.filter(article=article).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, ROUNDS + 2))
