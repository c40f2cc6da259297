"""Nothing of an answer stays behind in the server's memory, not even until Python looks for rings."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from rest_framework.views import APIView

from articles.publishing import publish
from entities.api.base import ApiView, GenericApiView
from newsroom.wsgi import application

BY_OTHERS = {"SpectacularSwaggerSplitView", "Documentation"}
RESOURCES = ("articles", "quotes", "countries", "entities", "storylines", "search", "openapi.json")


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Without Python's own look for what holds each other; in the connection of the test, as its client does it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    for signal in signals:
        signal.connect(close_old_connections)


def ask(path: str) -> bytes:
    address, _, query = path.partition("?")
    request: dict[str, Any] = {"PATH_INFO": address, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1"}
    setup_testing_defaults(request)
    answer: Any = application(request, lambda *_: None)
    body = b"".join(answer)
    answer.close()
    return body


def left() -> Counter[str]:
    """Answers and views of the API that are still there, by their names."""
    return Counter(
        type(thing).__name__ for thing in gc.get_objects() if issubclass(type(thing), HttpResponseBase | APIView)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("resource", [*RESOURCES, "articles?page_size=1", "articles/{story.uuid}", "articles/none"])
def test_nothing_of_an_answer_stays(desk, norway, resource, uncollected):
    story = desk.approved("Fleet returns")
    publish(story, by=desk.editor)
    path = f"/api/v1/{resource.format(story=story)}"
    ask(path)
    before = left()

    ask(path)

    assert left() - before == Counter()


def test_every_view_of_the_api_leaves_nothing():
    def views(patterns: list[Any]) -> Iterator[type]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from views(pattern.url_patterns)
            elif issubclass(kind := getattr(pattern.callback, "cls", type), APIView):
                yield kind

    found = [kind for kind in views(get_resolver().url_patterns) if kind.__name__ not in BY_OTHERS]

    assert len(found) > 20
    assert [kind.__name__ for kind in found if not issubclass(kind, ApiView | GenericApiView)] == []
