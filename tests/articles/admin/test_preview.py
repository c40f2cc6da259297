"""The doors of the preview: nothing is written, errors in words, and who may share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import embargoes
from articles.admin.forms import ArticleForm
from articles.models import PreviewLink, Revision
from articles.preview_links import share_preview


def door(name: str, article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def typed(article, **fields: object) -> dict[str, object]:
    form = ArticleForm(instance=article)
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (values | fields).items() if value is not False}


def test_preview_shows_what_is_typed_and_saves_nothing(client, desk):
    article = desk.draft()
    client.force_login(desk.journalist)
    before = (article.lock_version, Revision.objects.count())

    answer = client.post(door("preview", article), typed(article, headline="Typed now", body="<p>New.</p>"))

    html = answer.json()["html"]
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert ("Typed now" in html, "New.</p>" in html, "Fleet returns" in html) == (True, True, False)
    assert (desk.fresh(article).lock_version, Revision.objects.count()) == before
    assert "<script" not in html


def test_preview_shows_a_reader_the_saved_story_whatever_is_sent(client, desk, colleague):
    article = desk.draft()
    client.force_login(colleague)

    html = client.post(door("preview", article), {"headline": "Typed now"}).json()["html"]

    assert ("Typed now" in html, "Fleet returns to port" in html) == (False, True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"headline": "x" * 251}, "headline"),
        ({"headline": "a\x00b"}, "headline"),
        ({"related": "#999999 Gone"}, "related news"),
        ({"section": "999"}, "section"),
    ],
)
def test_preview_says_which_field_it_waits_for(client, desk, fields, words):
    article = desk.draft()
    client.force_login(desk.journalist)

    answer = client.post(door("preview", article), typed(article, **fields))

    assert answer.status_code == 422
    assert words in answer.json()["message"]


def test_preview_leaves_nothing_that_runs(client, desk):
    article = desk.draft()
    client.force_login(desk.journalist)
    evil = (
        '<p onclick="x()">A</p><script>x()</script><img src=x onerror=x()><a href="javascript:x()">l</a><base href=//e>'
    )

    html = client.post(door("preview", article), typed(article, headline="<script>x()</script>", body=evil)).json()[
        "html"
    ]

    assert not any(sign in html for sign in ("<script", "onerror", "onclick", "javascript:", "//e"))


def test_preview_keeps_its_budget_of_queries(client, desk, django_assert_max_num_queries):
    others = [desk.live(f"Story {number}") for number in range(4)]
    article = desk.draft(related=[{"target": other} for other in others])
    client.force_login(desk.journalist)
    sent = typed(article)

    with django_assert_max_num_queries(30):
        assert client.post(door("preview", article), sent).status_code == 200


def test_preview_is_asked_by_post_alone(client, desk):
    article = desk.draft()
    client.force_login(desk.journalist)

    assert [client.get(door(name, article)).status_code for name in ("preview", "share", "revoke")] == [405] * 3


def test_share_gives_an_address_that_works_without_a_session(client, desk):
    article = desk.draft()
    client.force_login(desk.journalist)

    answer = client.post(door("share", article)).json()
    client.logout()
    page = client.get(answer["address"].partition(":8000")[2])

    assert (page.status_code, answer["open_links"]) == (200, 1)
    assert answer["until"].endswith(" UTC")


def test_share_of_a_story_under_embargo_warns_first(client, desk):
    article = desk.draft()
    embargoes.set_embargo(
        article, by=desk.editor, until=timezone.now() + timedelta(days=1), is_indefinite=False, note=""
    )
    client.force_login(desk.journalist)

    warned = client.post(door("share", article))
    shared = client.post(door("share", article), {"knows_of_embargo": "1"})

    assert (warned.status_code, warned.json()["code"]) == (409, "under_embargo")
    assert (shared.status_code, PreviewLink.objects.count()) == (200, 1)


def test_revoke_ends_the_links(client, desk):
    article = desk.draft()
    share_preview(article, by=desk.journalist)
    client.force_login(desk.journalist)

    assert client.post(door("revoke", article)).json() == {"ended": 1, "open_links": 0}


def test_share_and_revoke_are_for_who_may_edit(client, desk, colleague):
    article = desk.draft()
    client.force_login(colleague)

    answers = [client.post(door(name, article)) for name in ("share", "revoke")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert PreviewLink.objects.count() == 0


@pytest.mark.parametrize("name", ["preview", "share", "revoke"])
def test_doors_are_closed_to_who_has_no_role(client, stranger, desk, name):
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.post(door(name, desk.draft())).status_code == 403
    assert client.post(door(name, desk.draft()).replace("/article/", "/article/9")).status_code in (403, 404)
