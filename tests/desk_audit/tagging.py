"""From a save to its proposals in the panel: a worker of its own, and a page that asks as ours does."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article
from newsroom import broker
from tests.desk import Desk
from tests.services import CeleryWorker

from .big_story import FILLER, WORDS, form_of
from .costs import JSON, answered, beat, page_of, signed_in

SAVES, PATIENCE = 7, 60.0
# As the page asks: heartbeat.js.
SWIFT, SWIFT_TIME, QUICK = 0.4, 3.0, 1.0
# Takes data-stamp="4-draft-never-1" of the page.
STAMP = re.compile(r'data-stamp="([^"]*)"')
NAMED = (
    "Norway and Finland sent frigates to Gdynia on day {day}, the German navy said. “We will be there by Friday,” "
    "Norwegian Defence Minister Ida Berg said in Oslo. The US Department of State called the plan “a good one”."
)


def save_to_proposals(desk: Desk) -> Iterator[tuple[str, float]]:
    """Seconds by the clock from sending the save to having the panel with its proposals; the first save warms up."""
    broker.purge(connection)
    article = desk.draft("Frigates in the north", body=_body(0))
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        worker = CeleryWorker(Path(folder) / "worker.log").start()
        try:
            client = signed_in(desk.journalist)
            seconds = [_seconds(desk, client, article, number) for number in range(SAVES + 1)][1:]
        finally:
            worker.stop()
    yield "save_to_proposals_seconds", statistics.median(seconds)
    yield "save_to_proposals_seconds_at_worst", max(seconds)


def _body(day: int) -> str:
    """As long as the big story, with names and quotations that the tagger finds."""
    paragraph = f"<p>{NAMED.format(day=day)} {FILLER}</p>"
    return paragraph * (WORDS // len(paragraph.split()) + 1)


def _seconds(desk: Desk, client: Client, article: Article, number: int) -> float:
    stamp = STAMP.findall(client.get(page_of(article)).content.decode())[0]
    fresh = desk.fresh(article)
    data = form_of(fresh, body=_body(number + 1)) | {"tab": "audit", "typed_by": desk.journalist.pk}
    began = time.monotonic()
    answered(client.post(page_of(article), data, headers=JSON))
    fresh.refresh_from_db(fields=["lock_version"])
    while True:
        answer = answered(beat(client, fresh, desk.journalist, stamp=stamp)).json()
        if answer["is_panel_stale"]:
            panel = _panel(client, article, stamp)
            stamp = panel["stamp"]
            if not panel["is_tagging"]:
                break
        assert time.monotonic() < began + PATIENCE, "The worker has not tagged the story."
        time.sleep(SWIFT if time.monotonic() < began + SWIFT_TIME else QUICK)
    took = time.monotonic() - began
    assert "data-card" in panel["panel"], "The panel shows no proposal."
    return took


def _panel(client: Client, article: Article, stamp: str) -> dict[str, Any]:
    address = reverse("admin:articles_article_panel", args=[article.pk])
    answer: dict[str, Any] = answered(client.get(address, {"stamp": stamp}, headers=JSON)).json()
    return answer
