"""What will go is announced on every answer that depends on it, a year before."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from articles.api.articles import ArticleList
from newsroom.api.changelog import ENTRIES
from newsroom.api.deprecations import Deprecation
from newsroom.api.views import description, made_description

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles"
HEADERS = ("Deprecation", "Sunset")


@pytest.fixture
def will_go(monkeypatch):
    """Marks the list of articles, or a parameter of it."""

    def mark(**options) -> None:
        one = Deprecation(date(2026, 12, 1), date(2027, 12, 1), instead="Use /stories.", **options)
        monkeypatch.setattr(ArticleList, "deprecations", (one,), raising=False)
        made_description.cache_clear()

    yield mark
    made_description.cache_clear()


def test_nothing_is_deprecated_that_is_not_said_to_be(desk):
    desk.live()

    answer = Client().get(LIST)

    assert not [name for name in HEADERS if answer.has_header(name)]


def test_deprecated_operation_says_so_with_every_answer(will_go, desk):
    desk.live("First")
    desk.live("Second")
    will_go()
    first = Client().get(LIST, {"page_size": 1})
    answers = [first, Client().get(LIST, {"page_size": 1}, headers={"If-None-Match": first["ETag"]})]
    answers.append(Client().get(LIST, {"page_size": 0}))

    assert [answer.status_code for answer in answers] == [200, 304, 400]
    for answer in answers:
        assert answer["Deprecation"] == "@1796083200"
        assert answer["Sunset"] == "Wed, 01 Dec 2027 00:00:00 GMT"
        assert answer["Link"].endswith('/api/v1/changelog>; rel="deprecation"; type="text/html"')
    assert 'rel="next"' in first["Link"]
    assert b'"deprecated": true' in description()


def test_deprecated_parameter_says_so_where_it_is_given(will_go):
    will_go(parameter="section")

    with_it, without = Client().get(LIST, {"section": "sea"}), Client().get(LIST)

    assert [answer.has_header("Deprecation") for answer in (with_it, without)] == [True, False]
    assert b'"deprecated": true' not in description()


def test_less_than_a_year_is_no_notice():
    with pytest.raises(ValueError, match="365 days"):
        Deprecation(date(2026, 12, 1), date(2027, 11, 30), instead="Nothing.")


def test_changelog_is_a_page_and_a_document():
    document = Client().get("/api/v1/changelog")
    page = Client().get("/api/v1/changelog", headers={"Accept": "text/html"})

    assert document["Content-Type"] == "application/json"
    assert [entry["says"] for entry in document.json()["items"]] == [entry.says for entry in ENTRIES]
    assert page["Content-Type"].startswith("text/html")
    assert ENTRIES[0].says in page.content.decode()
    assert [entry.on for entry in ENTRIES] == sorted((entry.on for entry in ENTRIES), reverse=True)
