"""What a server makes ready before it makes its processes."""

from __future__ import annotations

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.db.models import QuerySet

from articles import publishing
from articles.models import Representation
from newsroom import forking


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://news.example.org"])
@pytest.mark.parametrize("is_published", [True, False])
def test_what_is_rehearsed_is_answered_with_pages(settings, desk, address, is_published) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = address, ["127.0.0.1", "news.example.org"]
    settings.API_OPEN_READING = True
    story = desk.approved("Fleet returns")
    if is_published:
        publishing.publish(story, by=desk.editor)
    application, seen = get_wsgi_application(), []

    def noting(request, start):
        def note(status, headers, *rest):
            seen.append((request["PATH_INFO"], status))
            start(status, headers, *rest)

        return application(request, note)

    forking.rehearse(noting)

    expected = list(forking.REHEARSED)
    if is_published:
        expected += [f"/news/{Representation.objects.get().path}/", f"/api/v1/articles/{story.uuid}"]
    assert seen == [(path.partition("?")[0], "200 OK") for path in expected]


def test_nothing_is_asked_of_a_database_that_does_not_answer(monkeypatch, caplog) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("the server is starting")

    monkeypatch.setattr(QuerySet, "first", fail)

    forking.rehearse(lambda request, start: pytest.fail("a request was made"))

    assert "made ready before the start: the server is starting" in caplog.text


@pytest.mark.django_db
def test_a_page_that_breaks_stops_no_start(caplog) -> None:
    closed: list[str] = []

    class Answer:
        def __iter__(self):
            raise RuntimeError("a template is missing")

        def close(self):
            closed.append("closed")

    forking.rehearse(lambda request, start: Answer())

    assert len(closed) == len(caplog.records) == len(forking.REHEARSED)
    assert "/search/ could not be made ready before the start" in caplog.text


def test_memory_is_given_back_where_the_library_knows_how_and_else_left(monkeypatch) -> None:
    asked: list[tuple[str, tuple[int, ...]]] = []

    class Glibc:
        mallopt = staticmethod(lambda *said: asked.append(("mallopt", said)))
        malloc_trim = staticmethod(lambda *said: asked.append(("malloc_trim", said)))

    monkeypatch.setattr(forking.ctypes, "CDLL", lambda name: Glibc())
    forking._give_back()
    told = list(asked)
    monkeypatch.setattr(forking.ctypes, "CDLL", lambda name: object())
    forking._give_back()

    assert told == asked == [*(("mallopt", said) for said in forking.GIVEN_BACK.items()), ("malloc_trim", (0,))]
