"""The board: what each person finds on it, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Heartbeat, Notification, Tag, TaggingRun
from newsroom.admin.board import board_of

BOARD = reverse("admin:index")


def piles(board) -> dict[str, list[str]]:
    every = (*board.mine, *board.desk, board.scheduled, board.live, board.failed)
    return {pile.name: [article.headline for article in pile.shown] for pile in every}


def fill(desk, norway, rows: int) -> None:
    """One story of each kind that the board shows, `rows` times."""
    for number in range(rows):
        desk.draft(f"Draft {number}")
        asked = desk.in_review(f"Asked {number}")
        workflow.request_changes(asked, by=desk.editor, comment="Name the source.")
        proposed = desk.in_review(f"Waiting {number}")
        Tag.objects.create(article=proposed, entity=norway, score=0.5)
        desk.approved(f"Ready {number}")
        desk.scheduled(f"Scheduled {number}")
        failed = desk.live(f"Live {number}")
        TaggingRun.objects.create(revision=failed.revision, status="failed", started_at=timezone.now())


def test_board_puts_each_story_where_it_waits(desk, norway, editor) -> None:
    fill(desk, norway, 1)

    assert piles(board_of(editor)) == {
        "changes": [],
        "drafts": [],
        "review": ["Waiting 0"],
        "ready": ["Ready 0"],
        "proposals": ["Waiting 0"],
        "scheduled": ["Scheduled 0"],
        "live": ["Live 0"],
        "failed": ["Live 0"],
    }


def test_board_of_the_author_begins_with_what_is_asked_of_them(desk, norway, journalist) -> None:
    fill(desk, norway, 1)

    board = board_of(journalist)

    assert {pile.name: [article.headline for article in pile.shown] for pile in board.mine} == {
        "changes": ["Asked 0"],
        "drafts": ["Draft 0"],
    }
    assert [str(notification) for notification in board.notifications] == [
        "editor asks for changes to “Asked 0”: Name the source."
    ]


def test_board_of_a_reporter_holds_no_proposals_of_others(desk, norway, colleague) -> None:
    fill(desk, norway, 1)

    shown = piles(board_of(colleague))

    assert (shown["proposals"], "ready" in shown) == ([], False)


@pytest.mark.parametrize("rows", [1, 3])
def test_board_takes_as_many_queries_for_one_row_as_for_three(
    client: Client, desk, norway, journalist, django_assert_num_queries, rows: int
) -> None:
    fill(desk, norway, rows)
    client.force_login(journalist)
    client.get(BOARD)

    with django_assert_num_queries(20):
        client.get(BOARD)


def test_bare_board_offers_a_beginning(client: Client, journalist) -> None:
    client.force_login(journalist)

    page = client.get(BOARD).content.decode()

    assert "Nothing is on the desk yet" in page


def test_board_says_whether_the_newsrooms_clock_runs(client: Client, journalist) -> None:
    client.force_login(journalist)
    said = []
    for age in (None, timedelta(seconds=5), timedelta(hours=1)):
        if age is not None:
            Heartbeat.objects.update_or_create(name=Heartbeat.SWEEP, defaults={"at": timezone.now() - age})
        page = client.get(BOARD).content.decode()
        said.append([words for words in ("Nothing has been heard", "clock runs", "clock stopped") if words in page])

    assert said == [["Nothing has been heard"], ["clock runs"], ["clock stopped"]]


def test_reading_notifications_leaves_those_that_came_since(client: Client, desk, journalist, colleague) -> None:
    article = desk.draft()
    first, second = (Notification.objects.create(user=journalist, article=article, message=m) for m in ("One", "Two"))
    other = Notification.objects.create(user=colleague, article=article, message="Not mine")
    client.force_login(journalist)

    client.post(reverse("admin:read_notifications"), {"newest": first.pk})

    unread = Notification.objects.filter(read_at=None)
    assert set(unread) == {second, other}


def test_masthead_offers_writing_to_who_may_write(client: Client, journalist) -> None:
    client.force_login(journalist)

    page = client.get(BOARD).content.decode()

    assert all(words in page for words in ("New story", "New from text", "Search stories"))


def test_sign_in_page_is_ours_and_keeps_where_one_was_going(client: Client) -> None:
    page = client.get("/admin/login/?next=/admin/articles/article/").content.decode()

    assert "Sign in" in page
    assert 'name="next" value="/admin/articles/article/"' in page
