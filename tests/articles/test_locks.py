"""A lock that was waited for gives what it was waited for, and nothing of before."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from articles import revisions
from articles.archive.importing import import_archive
from articles.archive.story_format import read_archive_story
from articles.models import Article, Image, Representation, Section
from articles.transitions import lock
from tests.articles.archive.test_importing import line
from tests.services import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def while_another_waits(act: Callable[[], object]) -> threading.Thread:
    """Starts to act in a transaction of its own, which it commits once somebody waits for it; returns when it acted."""
    acted = threading.Event()

    def run() -> None:
        with transaction.atomic():
            act()
            acted.set()
            wait_until(somebody_waits, what="somebody waits for the lock")
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert acted.wait(30)
    return thread


def test_lock_gives_the_revision_that_was_saved_meanwhile(desk):
    article = desk.draft()
    air = Section.objects.create(slug="air", name="Air")

    def save() -> None:
        revisions.save_revision(
            article, expected_version=article.lock_version, by=desk.journalist, headline="Saved meanwhile", section=air
        )

    saving = while_another_waits(save)
    with transaction.atomic():
        locked = lock(article)
        found = (locked.headline, locked.newest_revision.number, locked.newest_revision.headline, locked.section)
    saving.join()

    assert found == ("Saved meanwhile", 2, "Saved meanwhile", air)


def test_lock_gives_none_where_there_is_none(desk, picture):
    article = desk.draft(image=picture)

    def take_out() -> None:
        Article.objects.filter(pk=article.pk).update(image=None)

    taking = while_another_waits(take_out)
    with transaction.atomic():
        locked = lock(article)
    taking.join()

    assert Image.objects.exists()
    assert (locked.image_id, locked.image) == (None, None)


def test_an_archive_shows_nothing_of_a_story_that_was_killed_meanwhile(desk, norway, finland):
    story = {"tags": [], "quotes": []}
    (outcome,) = import_archive([read_archive_story(line("wp-1", **story))], source="old-site", by=desk.chief)
    first = Article.objects.get(pk=outcome.article_id)

    killing = while_another_waits(lambda: desk.kill(first))
    linking = read_archive_story(line("wp-2", related=["wp-1"], **story))
    (outcome,) = import_archive([linking], source="old-site", by=desk.chief)
    killing.join()

    shown = bytes(Representation.objects.get(article=outcome.article_id).json).decode()
    assert first.headline not in shown


def test_two_imports_that_link_to_one_story_do_not_wait_for_each_other(desk, norway, finland):
    plain = {"tags": [], "quotes": []}
    import_archive([read_archive_story(line("wp-1", **plain))], source="old-site", by=desk.chief)
    both = threading.Barrier(2)
    made: list[bool] = []

    def bring(identifier: str) -> None:
        with transaction.atomic():
            story = read_archive_story(line(identifier, related=["wp-1"], **plain))
            (outcome,) = import_archive([story], source="old-site", by=desk.chief)
            # Neither gets past here unless both have written.
            both.wait(30)
            made.append(outcome.is_new)
        connection.close()

    threads = [threading.Thread(target=bring, args=(identifier,)) for identifier in ("wp-2", "wp-3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [True, True]
