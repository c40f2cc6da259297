"""The promises of /changes, with 16 writers that publish stories linking to each other, and real commits.

`NEWSROOM_FEED_PUBLISHES` sets how many editions are published: 300 in `make test-all`, 2,000 in `make feed-audit`.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from articles import publishing, revisions, workflow
from articles.documents import document_of
from articles.models import Article, Change, ChangeCounter, PublicAddress, Representation
from articles.states import PubState, Refused
from tests.desk import Desk

PUBLISHES = int(os.environ.get("NEWSROOM_FEED_PUBLISHES", "300"))
WRITERS = 16
PAGE = 50
# Few headlines, so that addresses collide, too.
HEADLINES = ("Fleet returns to port", "Brigade moves north", "Radar site reopens", "Budget passes")

pytestmark = [pytest.mark.promise, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1_800)]


@dataclass
class Audit:
    """What the threads share: how much is still to be published, and what went wrong."""

    left: int = PUBLISHES
    stories: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    done: threading.Event = field(default_factory=threading.Event)

    def take(self) -> bool:
        """One edition more to be published, where any is left."""
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def some_stories(self, dice: random.Random, most: int) -> list[int]:
        with self.lock:
            return dice.sample(self.stories, min(len(self.stories), dice.randint(0, most)))


class Writer:
    """Publishes, updates, withdraws and kills stories at random until enough is published."""

    def __init__(self, number: int, audit: Audit, desk: Desk) -> None:
        self.dice = random.Random(number)
        self.audit, self.desk = audit, desk

    def run(self) -> None:
        while self.audit.take():
            try:
                self.dice.choices((self.publish, self.update, self.take_down), weights=(6, 5, 2))[0]()
            except Refused:
                # Another writer was faster at the same story; that is what the desk would read, too.
                self.publish()

    def publish(self) -> None:
        related = [{"target": Article.objects.get(pk=pk)} for pk in self.audit.some_stories(self.dice, 2)]
        article = self.desk.approved(self.dice.choice(HEADLINES), related=related)
        with self.audit.lock:
            self.audit.stories.append(article.pk)
        publishing.publish(article, by=self.desk.editor)

    def update(self) -> None:
        article = self.one_of_ours(PubState.LIVE)
        headline = f"{self.dice.choice(HEADLINES)}, {self.dice.randint(1, 9_999)}"
        revisions.save_revision(article, expected_version=article.lock_version, by=self.desk.editor, headline=headline)
        publishing.publish_minor_update(article, by=self.desk.editor)

    def take_down(self) -> None:
        """Withdraw and publish again, or kill."""
        article = self.one_of_ours(PubState.LIVE)
        if self.dice.random() < 0.3:
            self.desk.kill(article)
            return
        publishing.withdraw(article, by=self.desk.editor, reason="Sent too early.")
        article = self.desk.fresh(article)
        if article.work_state != "approved":
            workflow.submit(article, by=self.desk.editor)
            workflow.approve(article, by=self.desk.chief)
        publishing.publish(article, by=self.desk.editor)

    def one_of_ours(self, state: PubState) -> Article:
        for pk in self.audit.some_stories(self.dice, 20):
            article = Article.objects.select_related("edition").get(pk=pk)
            if article.pub_state == state:
                return article
        raise Refused("No such story yet.")


class Follower:
    """A partner that follows /changes from the beginning and applies each by the rule of the guide."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.items: list[dict[str, Any]] = []
        self.held: dict[str, int] = {}

    def run(self) -> None:
        client, after = Client(), ""
        while True:
            was_done = self.audit.done.is_set()
            answer = client.get("/api/v1/changes", {"limit": 50} | ({"after": after} if after else {})).json()
            for item in answer["items"]:
                self.apply(item)
            after = answer["next_after"]
            if not answer["has_more"] and was_done:
                return
            time.sleep(0.03)

    def apply(self, item: dict[str, Any]) -> None:
        self.items.append(item)
        if item["action"] == "upsert":
            self.held[item["object_id"]] = item["version"]
        else:
            self.held.pop(item["object_id"], None)


class Lister:
    """Reads the first page of a list again and again."""

    def __init__(self, audit: Audit, query: str) -> None:
        self.audit, self.query = audit, query
        self.pages: list[dict[str, Any]] = []

    def run(self) -> None:
        client = Client()
        while not self.audit.done.is_set():
            page = client.get(f"/api/v1/articles?fields=id,version&page_size={PAGE}{self.query}").json()
            self.pages.append(page)
            time.sleep(0.1)


def in_thread(run: Callable[[], None], audit: Audit) -> threading.Thread:
    def guarded() -> None:
        try:
            run()
        except Exception as error:
            audit.errors.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread


def test_feed_misses_nothing_and_tears_nothing(desk: Desk, settings: Any) -> None:
    # Three readers at one address ask more often than one may.
    settings.API_ANONYMOUS_PER_MINUTE = 0
    audit = Audit()
    follower = Follower(audit)
    listers = [Lister(audit, ""), Lister(audit, "&order=updated_at")]

    readers = [in_thread(reader.run, audit) for reader in (follower, *listers)]
    writers = [in_thread(Writer(number, audit, desk).run, audit) for number in range(WRITERS)]
    for thread in writers:
        thread.join()
    audit.done.set()
    for thread in readers:
        thread.join()

    assert audit.errors == [], "\n".join(audit.errors)
    assert deadlocks() == 0
    log = list(Change.objects.order_by("sequence").values_list("sequence", "article__uuid", "version", "action"))
    assert len([entry for entry in log if entry[3] == "upsert"]) >= PUBLISHES * 0.9
    assert [entry[0] for entry in log] == list(range(1, ChangeCounter.objects.get().sequence + 1))
    assert [as_read(item) for item in follower.items] == [(*row[:1], str(row[1]), *row[2:]) for row in log]
    assert_versions_rise(follower.items)
    assert follower.held == dict(everything())
    assert_pages_are_whole([page for lister in listers for page in lister.pages], follower.items)
    assert_nothing_is_stale()


def as_read(item: dict[str, Any]) -> tuple[int, str, int, str]:
    return item["sequence"], item["object_id"], item["version"], item["action"]


def assert_versions_rise(items: list[dict[str, Any]]) -> None:
    newest: dict[str, int] = {}
    for item in items:
        assert item["version"] > newest.get(item["object_id"], 0), item
        newest[item["object_id"]] = item["version"]


def assert_pages_are_whole(pages: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
    """A page with sequence s shows exactly what the changes up to s made."""
    made: dict[str, int] = {}
    reached = 0
    for page in sorted(pages, key=lambda page: page["sequence"]):
        for item in items[reached : page["sequence"]]:
            if item["action"] == "upsert":
                made[item["object_id"]] = item["version"]
            else:
                made.pop(item["object_id"], None)
        reached = page["sequence"]
        shown = {item["id"]: item["version"] for item in page["items"]}
        assert shown == {key: made.get(key) for key in shown}
        assert len(shown) == min(len(made), PAGE)
        assert page["has_more"] == (len(made) > PAGE)


def everything() -> Iterator[tuple[str, int]]:
    """Every article of the list, page by page."""
    client, cursor = Client(), ""
    while cursor is not None:
        query = {"fields": "id,version", "page_size": PAGE} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/articles", query).json()
        yield from ((item["id"], item["version"]) for item in page["items"])
        cursor = page["next_cursor"]


def assert_nothing_is_stale() -> None:
    """Each stored document is what it would be if it were built now, related headlines and address included."""
    for shown in Representation.objects.filter(status="live").select_related("article__edition"):
        assert json.loads(bytes(shown.json)) == document_of(shown.article), shown
        assert PublicAddress.objects.get(article=shown.article, is_current=True).path == shown.path


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
