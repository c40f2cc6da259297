"""Queries and CPU of the desk's pages, each asked as a browser asks it, through every layer of the server."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Article, Tag
from entities.models import Entity
from tests.desk import Desk

from .big_story import PROPOSALS, form_of, write_big_story

ROWS, TIMES, WARM_UP = 100, 20, 3
JSON = {"Accept": "application/json"}
BOARD, LIST = reverse("admin:index"), reverse("admin:articles_article_changelist")
Figures = Iterator[tuple[str, float]]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def answered(response: Any) -> Any:
    """The response; raises AssertionError where it is a refusal, whose cost says nothing."""
    assert response.status_code in (HTTPStatus.OK, HTTPStatus.FOUND), (response.status_code, response.content[:500])
    return response


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        answered(ask())
    return len(captured)


def cpu_ms(ask: Callable[[], Any]) -> float:
    """The median of CPU milliseconds of this process, once it is warm."""
    for _ in range(WARM_UP):
        answered(ask())
    spent = []
    for _ in range(TIMES):
        began = time.process_time()
        answered(ask())
        spent.append(1000 * (time.process_time() - began))
    return statistics.median(spent)


def beat(client: Client, article: Article, person: User, *, stamp: str) -> Any:
    """A heartbeat as the editing page sends it."""
    said = {"tab": "audit", "user": person.pk, "stamp": stamp, "lock_version": article.lock_version, "is_saved": True}
    address = reverse("admin:articles_article_heartbeat", args=[article.pk])
    return client.post(address, json.dumps(said), content_type="application/json", headers=JSON)


def lists_and_board(desk: Desk) -> Figures:
    """With one story, and with a hundred in five states."""
    client = signed_in(desk.editor)
    entity = Entity.objects.all()[0]
    make = (desk.in_review, desk.live, desk.draft, desk.scheduled, desk.approved)
    by_rows = {}
    for number in range(ROWS):
        Tag.objects.create(article=make[number % len(make)](f"Story {number}"), entity=entity, score=0.5)
        if number + 1 in (1, ROWS):
            rows = f"{number + 1} row" + ("s" if number else "")
            by_rows[number + 1] = _again(lambda: client.get(LIST))
            yield f"story_list_queries_with_{rows.replace(' ', '_')}", by_rows[number + 1]
            yield f"board_queries_with_{rows.replace(' ', '_')}", _again(lambda: client.get(BOARD))
    yield "story_list_queries_more_with_100_rows", by_rows[ROWS] - by_rows[1]


def _again(ask: Callable[[], Any]) -> int:
    """Queries of the second time: what a process asks once in its life does not count."""
    answered(ask())
    return queries(ask)


def story_page(desk: Desk) -> Figures:
    """Reading, saving and publishing the big story; its own editing page as its writer sees it."""
    article = write_big_story(desk)
    client = signed_in(desk.journalist)
    shown = answered(client.get(page_of(article))).content.decode().count(" data-card ")
    assert shown >= PROPOSALS, f"The page shows {shown} proposals."
    yield "edit_page_queries", _again(lambda: client.get(page_of(article)))
    yield "edit_page_cpu_ms", cpu_ms(lambda: client.get(page_of(article)))
    yield "heartbeat_queries", _again(lambda: beat(client, article, desk.journalist, stamp=""))
    yield "save_queries", _save(desk, client, article, queries)
    yield "save_cpu_ms", _save(desk, client, article, _one_cpu_ms)
    yield "publish_queries", _publish(desk, article)


def _save(desk: Desk, client: Client, article: Article, cost: Callable[[Callable[[], Any]], float]) -> float:
    """The cost of a save that changes words of the body."""
    fresh = desk.fresh(article)
    data = form_of(fresh, body=f"{fresh.body}<p>Take {fresh.lock_version} ends here.</p>") | {
        "tab": "audit",
        "typed_by": desk.journalist.pk,
    }
    found = cost(lambda: client.post(page_of(article), data, headers=JSON))
    assert desk.fresh(article).lock_version == fresh.lock_version + 1
    return found


def _one_cpu_ms(ask: Callable[[], Any]) -> float:
    began = time.process_time()
    answered(ask())
    return 1000 * (time.process_time() - began)


def _publish(desk: Desk, article: Article) -> int:
    workflow.submit(article, by=desk.journalist)
    workflow.approve(article, by=desk.editor)
    fresh = desk.fresh(article)
    address = reverse("admin:articles_article_verb", args=[article.pk, "publish"])
    client = signed_in(desk.editor)
    data = {"lock_version": fresh.lock_version, "confirmed": "on"}
    found = queries(lambda: client.post(address, data, headers={"X-Newsroom-Dialog": "1"}))
    assert desk.fresh(article).is_live
    return found
