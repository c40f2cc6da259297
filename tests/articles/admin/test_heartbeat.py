"""The page's heartbeat: it keeps words, says who is here and whether the page is still right, and is cheap."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import assignment, proposing, suggestions
from articles.models import Article, Sitting, Tag
from tests.articles.admin.test_editing import page_of


def beat(client: Client, article: Article, person, **said: Any):
    """What a page of this person sends; whatever is given is said instead."""
    body = {"tab": "tab-one", "user": person.pk, "stamp": "", "lock_version": article.lock_version, "is_saved": True}
    return client.post(
        reverse("admin:articles_article_heartbeat", args=[article.pk]),
        json.dumps(body | said),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


TYPED = {"is_saved": False, "has_typed": True, "typed": [["headline", "Typed"], ["authors", "1"], ["authors", "2"]]}


def test_heartbeat_keeps_what_is_typed(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = beat(client, article, journalist, **TYPED)

    sitting = Sitting.objects.get()
    assert response.status_code == 200
    assert (sitting.user, sitting.tab, sitting.base_version) == (journalist, "tab-one", article.lock_version)
    assert sitting.fields == {"headline": ["Typed"], "authors": ["1", "2"]}
    assert desk.fresh(article).headline == article.headline


def test_heartbeat_keeps_only_fields_of_the_story(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    entries = [["csrfmiddlewaretoken", "x"], ["lock_version", "9"], ["work_state", "approved"], ["body", "<p>B</p>"]]

    beat(client, article, journalist, is_saved=False, typed=entries)

    assert Sitting.objects.get().fields == {"body": ["<p>B</p>"]}


def test_heartbeat_tells_whether_the_panel_is_still_right(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    first = beat(client, article, journalist).json()
    second = beat(client, article, journalist, stamp=first["stamp"]).json()
    proposing.suggest(article.revision_id)
    third = beat(client, article, journalist, stamp=first["stamp"]).json()

    page = client.get(page_of(article)).context["panel"]
    assert [first["is_panel_stale"], second["is_panel_stale"], third["is_panel_stale"]] == [True, False, True]
    assert (first["is_tagging"], third["is_tagging"], third["seconds_behind"]) == (True, False, 0)
    assert third["stamp"] == page.stamp


def test_heartbeat_tells_of_a_colleague_s_verdict_and_of_taking_it_back(
    client: Client, desk, journalist, norway
) -> None:
    article = desk.draft()
    tag = Tag.objects.create(article=article, entity=norway, score=0.5)
    client.force_login(journalist)
    before = beat(client, article, journalist).json()["stamp"]

    suggestions.confirm_tag(tag, by=desk.editor)
    confirmed = beat(client, article, journalist, stamp=before).json()
    suggestions.reject(Tag.objects.get(pk=tag.pk), by=desk.editor)
    rejected = beat(client, article, journalist, stamp=confirmed["stamp"]).json()
    suggestions.reconsider(Tag.objects.get(pk=tag.pk), by=desk.editor)
    again = beat(client, article, journalist, stamp=rejected["stamp"]).json()

    stale = [answer["is_panel_stale"] for answer in (confirmed, rejected, again)]
    assert (stale, again["stamp"]) == ([True, True, True], before)


def test_heartbeat_tells_of_an_assignment(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    before = beat(client, article, journalist).json()["stamp"]

    assignment.assign(article, to=journalist, by=desk.editor)
    after = beat(client, article, journalist, stamp=before).json()

    assert after["is_panel_stale"]
    assert after["stamp"] == client.get(page_of(article)).context["panel"].stamp


def test_heartbeat_tells_who_saved_a_newer_version(client: Client, desk, journalist, editor) -> None:
    article = desk.draft()
    client.force_login(journalist)

    own = beat(client, article, journalist).json()
    desk.save(article, by=editor, headline="Newer")
    theirs = beat(client, article, journalist).json()

    assert (own["saved_by"], own["lock_version"]) == ("You", article.lock_version)
    assert (theirs["saved_by"], theirs["lock_version"]) == ("editor", article.lock_version + 1)


def test_heartbeat_tells_who_is_here_in_words(client: Client, desk, journalist, editor, chief, colleague) -> None:
    article = desk.draft()
    editor.first_name = "Ana"
    editor.save()
    for person, said in ((editor, {"has_typed": True}), (chief, {}), (colleague, TYPED)):
        other = Client()
        other.force_login(person)
        beat(other, article, person, **said)
    Sitting.objects.filter(user=editor).update(seen_at=timezone.now() - timedelta(seconds=20))
    gone = timezone.now() - timedelta(minutes=10)
    Sitting.objects.filter(user=colleague).update(seen_at=gone, kept_at=gone.replace(hour=11, minute=5))
    client.force_login(journalist)
    beat(client, article, journalist, tab="tab-two")

    people = [person["says"] for person in beat(client, article, journalist).json()["people"]]

    assert people[0] == "Ana is editing this, last seen 20 s ago"
    assert people[1] == "chief is reading this"
    assert people[2].startswith("colleague left unsaved changes at 1")
    assert people[3] == "You have this open in another tab"


def test_heartbeat_shows_no_word_of_anothers_buffer(client: Client, desk, journalist, editor) -> None:
    article = desk.draft()
    other = Client()
    other.force_login(editor)
    beat(other, article, editor, is_saved=False, typed=[["headline", "A secret"], ["body", "<p>A secret</p>"]])
    client.force_login(journalist)

    response = beat(client, article, journalist)

    assert "secret" not in response.content.decode()
    assert "secret" not in client.get(page_of(article)).content.decode()
    assert response.json()["unsaved"] == []
    assert response.json()["people"][0]["says"] == "editor is editing this and has unsaved changes"


def test_heartbeat_offers_own_words_of_other_tabs(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    beat(client, article, journalist, tab="tab-old", is_saved=False, typed=[["body", "<p>Three words here.</p>"]])

    offers = beat(client, article, journalist, was="tab-old").json()["unsaved"]

    assert [(offer["tab"], offer["words"], offer["is_outdated"]) for offer in offers] == [("tab-old", 3, False)]
    assert Sitting.objects.get(tab="tab-old").seen_at is None


def test_heartbeat_takes_restored_words_over_once_they_are_kept(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    beat(client, article, journalist, tab="tab-old", **TYPED)

    beat(client, article, journalist, tab="tab-new", restored="tab-old", is_saved=False)
    before = set(Sitting.objects.with_words().values_list("tab", flat=True))
    beat(client, article, journalist, tab="tab-new", restored="tab-old", **TYPED)

    assert before == {"tab-old"}
    assert set(Sitting.objects.with_words().values_list("tab", flat=True)) == {"tab-new"}


@pytest.mark.parametrize("said", [{}, TYPED], ids=["calm", "typing"])
@pytest.mark.parametrize("company", [1, 3])
def test_heartbeat_stays_within_six_queries(client: Client, desk, journalist, editor, chief, said, company) -> None:
    article = desk.draft()
    for person in (editor, chief, desk.journalist)[:company]:
        other = Client()
        other.force_login(person)
        beat(other, article, person, tab="tab-two", **TYPED)
    client.force_login(journalist)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        beat(client, article, journalist, **said)

    assert len(queries) == 6, "\n".join(query["sql"][:200] for query in queries)


def test_heartbeat_refuses_anothers_page(client: Client, desk, journalist, editor) -> None:
    article = desk.draft()
    client.force_login(editor)

    response = beat(client, article, journalist, **TYPED)

    assert (response.status_code, response.json()["code"]) == (409, "other_person")
    assert Sitting.objects.count() == 0


def test_heartbeat_is_closed_to_who_may_see_no_stories(client: Client, desk, stranger) -> None:
    article = desk.draft()
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    response = beat(client, article, stranger)

    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")
    assert Sitting.objects.count() == 0


def test_heartbeat_sends_who_is_signed_out_to_the_door(client: Client, desk, journalist) -> None:
    response = beat(client, desk.draft(), journalist)

    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]


def test_heartbeat_wants_a_token(desk, journalist) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(journalist)

    assert beat(client, desk.draft(), journalist).status_code == 403


def test_heartbeat_is_no_page(client: Client, desk, journalist) -> None:
    client.force_login(journalist)

    assert client.get(reverse("admin:articles_article_heartbeat", args=[desk.draft().pk])).status_code == 405


HOSTILE: list[tuple[dict[str, Any], int]] = [
    ({"tab": "a\x00b"}, 400),
    ({"tab": ["x"]}, 400),
    ({"tab": "<script>"}, 413),
    ({"stamp": "x" * 1000}, 400),
    ({"was": "\x00"}, 400),
    ({"typed": "words"}, 400),
    ({"typed": [["headline"]]}, 400),
    ({"typed": [["headline", 5]]}, 400),
    ({"typed": [["headline", "x"]], "lock_version": "1"}, 400),
    ({"typed": [["headline", "x"]], "lock_version": -1}, 400),
    ({"typed": [["headline", "x"]], "lock_version": 2**40}, 400),
    ({"typed": [["body", "x" * 2_100_000]]}, 413),
]


@pytest.mark.parametrize(("said", "status"), HOSTILE)
def test_heartbeat_answers_hostile_pages_in_words(client: Client, desk, journalist, said, status) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = beat(client, article, journalist, **said)

    assert response.status_code == status
    assert response.json()["message"]
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"tab": NaN}'])
def test_heartbeat_answers_what_is_no_heartbeat(client: Client, desk, journalist, body: bytes) -> None:
    client.force_login(journalist)

    response = client.post(
        reverse("admin:articles_article_heartbeat", args=[desk.draft().pk]), body, content_type="application/json"
    )

    assert response.status_code == 400


def test_heartbeat_keeps_words_with_characters_that_no_database_takes(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)

    response = beat(client, article, journalist, is_saved=False, typed=[["headline", "a\x00b \ud800 \u202e"]])

    assert response.status_code == 200
    assert Sitting.objects.get().fields == {"headline": ["ab  \u202e"]}


def test_heartbeat_of_no_story_is_not_found(client: Client, desk, journalist) -> None:
    article = desk.draft()
    client.force_login(journalist)
    article.pk = 999_999

    assert beat(client, article, journalist).status_code == 404
