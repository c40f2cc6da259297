"""Comparison and restoring in the admin."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.models import Article


def history_of(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def compare_of(article: Article) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk])


def restore(client: Client, article: Article, number: int, *, seen: int | None = None):
    data = {"lock_version": article.lock_version if seen is None else seen}
    return client.post(reverse("admin:articles_article_restore", args=[article.pk, number]), data)


def test_compare_shows_what_changed_in_words(client: Client, desk, editor) -> None:
    article = desk.draft(body="<p>A deal worth 2 billion dollars.</p>")
    desk.save(article, body="<p>A deal worth 2 billion euros.</p>", dateline="GDYNIA")
    client.force_login(editor)

    response = client.get(compare_of(article), {"from": 1, "to": 2})

    page = response.content.decode()
    assert "billion <del>dollars</del><ins>euros</ins>." in page
    assert [part.label for part in response.context["differences"].parts] == ["Dateline"]


def test_compare_puts_the_older_first_whichever_way_it_was_asked(client: Client, desk, editor) -> None:
    article = desk.draft()
    desk.save(article, headline="Newer")
    client.force_login(editor)

    response = client.get(compare_of(article), {"from": 2, "to": 1})

    assert (response.context["older"].number, response.context["newer"].number) == (1, 2)


def test_compare_shows_markup_as_text(client: Client, desk, editor) -> None:
    article = desk.draft()
    desk.save(article, headline="<script>alert(1)</script>", body="<p>&lt;img src=x onerror=alert(1)&gt;</p>")
    client.force_login(editor)

    page = client.get(compare_of(article), {"from": 1, "to": 2}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_compare_says_when_only_the_form_differs(client: Client, desk, editor) -> None:
    article = desk.draft(body="<p>The fleet left.</p>")
    desk.save(article, body="<p>The <strong>fleet</strong> left.</p>")
    client.force_login(editor)

    response = client.get(compare_of(article), {"from": 1, "to": 2})

    assert "only their form differs" in response.content.decode()


@pytest.mark.parametrize(
    "query", [{}, {"from": "1", "to": "x"}, {"from": "1", "to": "99"}, {"from": "1" * 40, "to": "1"}]
)
def test_compare_of_what_is_not_there_is_not_found(client: Client, desk, editor, query: dict[str, str]) -> None:
    article = desk.draft()
    client.force_login(editor)

    assert client.get(compare_of(article), query).status_code == 404


def test_restore_brings_the_earlier_text_back_as_a_new_revision(client: Client, desk, journalist) -> None:
    article = desk.draft("First")
    article = desk.save(article, headline="Second")
    client.force_login(journalist)

    response = restore(client, article, 1)

    newest = desk.fresh(article)
    assert response.status_code == 302
    assert (newest.headline, newest.revision.number, newest.revision.note) == ("First", 3, "Restored revision 1")


def test_restore_after_a_save_of_somebody_else_is_refused_with_nothing_lost(client: Client, desk, journalist) -> None:
    article = desk.draft("First")
    article = desk.save(article, headline="Second")
    desk.save(article, by=desk.editor, headline="Third")
    client.force_login(journalist)

    response = restore(client, article, 1, seen=article.lock_version)

    assert response.status_code == 409
    assert [str(m).split(" while")[0] for m in get_messages(response.wsgi_request)] == ["Somebody saved “Third”"]
    assert desk.fresh(article).headline == "Third"


def test_restore_is_closed_to_who_may_not_edit(client: Client, desk, colleague) -> None:
    article = desk.draft("First")
    article = desk.save(article, headline="Second")
    client.force_login(colleague)

    page = client.get(history_of(article)).content.decode()
    response = restore(client, article, 1)

    assert "Restore" not in page
    assert response.status_code == 403
    assert desk.fresh(article).headline == "Second"


def test_restore_needs_a_press(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = client.get(reverse("admin:articles_article_restore", args=[article.pk, 1]))

    assert response.status_code == 405
