"""The history of a story in the admin: everything in one line of time, and one revision as it was."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import history, publishing, suggestions
from articles.assignment import assign
from articles.embargoes import set_embargo
from articles.history import LOGGED, SAID, history_page
from articles.models import Article
from articles.transitions import RULES


def history_of(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def revision_of(article: Article, number: int) -> str:
    return reverse("admin:articles_article_revision", args=[article.pk, number])


def says(page) -> list[str]:
    return [event.says for event in page.events]


def test_history_merges_saves_and_verbs_newest_first(client: Client, desk, editor) -> None:
    article = desk.approved()
    desk.save(article, headline="Fleet stays out")
    client.force_login(editor)

    response = client.get(history_of(article))

    assert says(response.context["page"]) == [
        "Reopened by an edit",
        "Revision 2",
        "Approved",
        "Submitted for review",
        "Revision 1",
    ]


def test_history_has_a_word_for_every_verb() -> None:
    assert set(RULES) <= set(SAID)


def test_history_tells_reasons_notices_and_seals(client: Client, desk, editor) -> None:
    article = desk.live()
    publishing.correct(article, by=editor, notice="It was Thursday.", seal=True)
    publishing.withdraw(article, by=editor, reason="A complaint.")
    client.force_login(editor)

    page = client.get(history_of(article)).content.decode()

    assert "<strong>Correction, above the story:</strong> It was Thursday." in page
    assert "The versions before it were sealed." in page
    assert page.count(">Sealed<") == 1
    assert "A complaint." in page


def test_history_logs_embargo_assignment_and_verdicts(client: Client, desk, editor, norway, finland) -> None:
    article = desk.draft()
    assign(article, to=editor, by=editor)
    set_embargo(article, by=editor, until=None, is_indefinite=True, note="From the ministry")
    suggestions.add_tag(article, norway, by=editor)
    suggestions.reject(suggestions.add_tag(article, finland, by=editor), by=editor)
    client.force_login(editor)

    response = client.get(history_of(article), {"kind": "log"})

    assert says(response.context["page"]) == [
        "Proposals decided: 1 confirmed, 1 rejected",
        "Embargo changed",
        "Assigned",
    ]
    assert "From the ministry" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("saves", ["Revision 2", "Revision 1"]),
        ("verbs", ["Reopened by an edit", "Approved", "Submitted for review"]),
        ("public", ["Published"]),
    ],
)
def test_history_shows_one_kind_alone(desk, kind: str, told: list[str]) -> None:
    article = desk.save(desk.live(), headline="Fleet stays out")

    assert says(history_page(article, kind=kind)) == told


def test_history_says_what_each_save_changed(client: Client, desk, editor) -> None:
    article = desk.draft(body="<p>A deal worth 2 billion dollars.</p>")
    desk.save(article, body="<p>A deal worth 2 billion euros, he said.</p>", dateline="GDYNIA")
    desk.save(article, body="<p>A deal worth 2 billion <strong>euros</strong>, he said.</p>")
    client.force_login(editor)

    page = client.get(history_of(article)).content.decode()

    saved = [event.saved for event in history_page(article).events]
    assert [(one.added, one.removed, list(one.fields), one.is_form_changed) for one in saved] == [
        (0, 0, [], True),
        (3, 1, ["Dateline"], False),
        (6, 0, [], False),
    ]
    assert '<span class="is-added">+3</span> <span class="is-removed">−1</span> words · Dateline' in page


def test_history_groups_by_the_newsrooms_day(client: Client, desk, editor, settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/Warsaw"
    with time_machine.travel(datetime(2026, 11, 16, 23, 30, tzinfo=UTC), tick=False):
        article = desk.draft("Late")
    with time_machine.travel(datetime(2026, 11, 17, 9, 0, tzinfo=UTC), tick=False):
        desk.save(article, headline="Later")
    with time_machine.travel(datetime(2026, 11, 18, 8, 0, tzinfo=UTC)):
        client.force_login(editor)
        response = client.get(history_of(article))

    page = response.content.decode()
    assert [label for label, _ in response.context["days"]] == ["Yesterday, Tuesday 17 November"]
    assert re.findall(r"<time [^>]*>(\d\d:\d\d)</time>", page) == ["10:00", "00:30"]


def test_history_shows_the_story_as_it_stood_on_a_day(client: Client, desk, editor) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        article = desk.draft("Old")
    yesterday = timezone.now() - timedelta(days=1)
    with time_machine.travel(yesterday):
        desk.save(article, headline="Of yesterday")
    desk.save(article, headline="Of today")
    client.force_login(editor)
    until = history.here(yesterday).date().isoformat()

    response = client.get(history_of(article), {"until": until})

    assert says(response.context["page"]) == ["Revision 2", "Revision 1"]


def test_history_of_yesterday_is_back_in_two_presses(client: Client, desk, journalist) -> None:
    article = desk.draft("First")
    article = desk.save(article, headline="Second")
    client.force_login(journalist)
    page = client.get(history_of(article)).content.decode()
    action = re.search(r'action="([^"]*/restore/1/)".*?name="lock_version" value="(\d+)"', page, re.DOTALL)

    client.post(action[1], {"lock_version": action[2]})

    article = desk.fresh(article)
    assert (article.headline, article.revision.number, article.work_state) == ("First", 3, "draft")


def test_history_pages_show_everything_once(desk, monkeypatch, norway) -> None:
    monkeypatch.setattr(history, "PAGE_SIZE", 4)
    article = desk.draft("Draft 1")
    suggestions.add_tag(article, norway, by=desk.editor)
    for number in range(2, 8):
        article = desk.save(article, headline=f"Draft {number}")
    desk.approve_again(article)

    pages = [history_page(article, number=number) for number in (1, 2, 3)]

    told = [event for page in pages for event in says(page)]
    assert [page.has_older for page in pages] == [True, True, False]
    assert sorted(told) == sorted(
        [*(f"Revision {n}" for n in range(1, 8)), "Submitted for review", "Approved", "Proposals decided: 1 confirmed"]
    )


@pytest.mark.parametrize("rows", [1, 30])
def test_history_takes_as_many_queries_for_one_revision_as_for_thirty(
    client: Client, desk, editor, norway, django_assert_num_queries, rows: int
) -> None:
    article = desk.live("Draft 1")
    suggestions.add_tag(article, norway, by=editor)
    for number in range(1, rows):
        article = desk.save(article, headline=f"Draft {number + 1}")
    client.force_login(editor)
    client.get(history_of(article))

    with django_assert_num_queries(9):
        client.get(history_of(article))


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "rumours"},
        {"until": "yesterday"},
        {"until": "2026-02-31"},
        {"until": "9999-12-31"},
        {"until": "0001-01-01"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "9" * 40},
        {"page": "①"},
    ],
)
def test_history_of_what_is_not_there_is_not_found(client: Client, desk, editor, query: dict[str, str]) -> None:
    article = desk.draft()
    client.force_login(editor)

    assert client.get(history_of(article), query).status_code == 404


@pytest.mark.parametrize("name", ["kind", "until", "page"])
def test_history_takes_a_zero_sign_for_nothing_or_refuses_it(client: Client, desk, editor, name: str) -> None:
    article = desk.draft()
    client.force_login(editor)

    assert client.get(history_of(article), {name: "\x00"}).status_code in (200, 404)


def test_revision_shows_what_was_written(client: Client, desk, editor) -> None:
    article = desk.draft("First", body="<p>The <strong>fleet</strong> left.</p>")
    desk.save(article, headline="Second")
    client.force_login(editor)

    page = client.get(revision_of(article, 1)).content.decode()

    assert '<h2 class="revision-headline">First</h2>' in page
    assert "The <strong>fleet</strong> left." in page
    assert 'aria-label="Restore revision 1"' in page
    assert "Compare with now" in page


def test_revision_offers_nothing_to_who_may_only_read(client: Client, desk, colleague) -> None:
    article = desk.draft("First")
    desk.save(article, headline="Second")
    client.force_login(colleague)

    page = client.get(revision_of(article, 1)).content.decode()

    assert "Restore" not in page
    assert "First" in page


def test_revision_shows_markup_as_text_and_runs_nothing(client: Client, desk, editor) -> None:
    article = desk.draft("<script>alert(1)</script>", body='<p onclick="x()">&lt;img src=x&gt;</p><script>x()</script>')
    client.force_login(editor)

    page = client.get(revision_of(article, 1)).content.decode()

    assert "<script>alert" not in page
    assert "onclick" not in page
    assert "&lt;img src=x&gt;" in page


def test_revision_that_is_not_there_is_not_found(client: Client, desk, editor) -> None:
    article = desk.draft()
    client.force_login(editor)

    assert client.get(revision_of(article, 9)).status_code == 404


def test_every_logged_verb_has_a_word() -> None:
    assert not set(LOGGED) & set(SAID)
