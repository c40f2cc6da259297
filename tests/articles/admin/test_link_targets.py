"""The door of the link dialog: who may ask, what it answers, and what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.linkable import link_targets


def ask(client: Client, asked: str):
    return client.get(reverse("admin:articles_article_linkable"), {"q": asked})


def test_answer_has_what_the_dialog_shows(client: Client, desk, journalist) -> None:
    article = desk.live("Minehunter leaves")
    client.force_login(journalist)

    (story,) = ask(client, "minehunter").json()["stories"]

    assert story == {
        "headline": "Minehunter leaves",
        "address": article.edition.get_absolute_url(),
        "state": "live",
        "date": f"{article.published_at:%-d %b %Y}",
    }


def test_question_is_closed_to_strangers(client: Client, desk, stranger) -> None:
    desk.live("Minehunter leaves")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert ask(client, "minehunter").status_code == 403


@pytest.mark.parametrize("asked", ["\x00minehunter", "x" * 100_000, "<script>", "\u202eabc"])
def test_hostile_questions_are_answered(client: Client, desk, journalist, asked) -> None:
    client.force_login(journalist)

    assert ask(client, asked).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_question_costs_two_queries(client: Client, desk, django_assert_num_queries, count) -> None:
    for number in range(count):
        desk.live(f"Minehunter {number}")

    with django_assert_num_queries(2):
        assert len(link_targets("minehunter")) == count


def test_door_adds_no_question_of_its_own(client: Client, desk, journalist) -> None:
    desk.live("Minehunter leaves")
    client.force_login(journalist)

    with CaptureQueriesContext(connection) as captured:
        ask(client, "minehunter")

    own = [query["sql"] for query in captured if "articles_article" in query["sql"] and "auth_" not in query["sql"]]
    assert len(own) == 2
