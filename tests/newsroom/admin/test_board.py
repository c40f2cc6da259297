"""The board: what each person finds on it, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.assignment import assign, set_priority
from articles.day_precision import read_days
from articles.diary import save_entry
from articles.models import Article, Heartbeat, Notification, Tag, TaggingRun
from newsroom import broker
from newsroom.admin.board import board_of
from newsroom.celery import app
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner

BOARD = reverse("admin:index")


def piles(board) -> dict[str, list[str]]:
    every = (*board.mine, *board.desk, board.scheduled, board.live, board.failed)
    return {pile.name: [article.headline for article in pile.articles] for pile in every}


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
        "comments": [],
        "assigned": [],
        "drafts": [],
        "review": ["Waiting 0"],
        "ready": ["Ready 0"],
        "proposals": ["Waiting 0"],
        "scheduled": ["Scheduled 0"],
        "live": ["Live 0"],
        "failed": ["Live 0"],
        "reports": [],
    }


def test_board_of_the_author_begins_with_what_is_asked_of_them(desk, norway, journalist) -> None:
    fill(desk, norway, 1)

    board = board_of(journalist)

    assert {pile.name: [article.headline for article in pile.articles] for pile in board.mine} == {
        "changes": ["Asked 0"],
        "comments": [],
        "assigned": [],
        "drafts": ["Draft 0"],
    }
    assert {str(notification) for notification in board.notifications} >= {
        "editor asks for changes to “Asked 0”: Name the source."
    }


def test_board_of_a_reporter_holds_no_proposals_of_others(desk, norway, colleague) -> None:
    fill(desk, norway, 1)

    shown = piles(board_of(colleague))

    assert (shown["proposals"], "ready" in shown) == ([], False)


@pytest.mark.parametrize("rows", [1, 7])
def test_board_takes_as_many_queries_for_one_row_as_for_three(
    client: Client, desk, norway, editor, about_norway, django_assert_num_queries, rows: int
) -> None:
    fill(desk, norway, rows)
    for number in range(rows):
        make_key(Partner.objects.create(name=f"Partner {number}"), by=None, products=[about_norway])
    for number in range(rows):
        desk.killed(f"Killed {number}")
        assign(desk.draft(f"Assigned {number}"), to=editor, by=editor)
        Notification.objects.create(user=editor, article=desk.draft(), message="Look.")
        save_entry(by=editor, title=f"Vote {number}", days=read_days(f"{timezone.localdate()}"), assigned_to=editor)
    broker.install(connection)
    client.force_login(editor)
    client.get(BOARD)

    for address in (BOARD, reverse("admin:board")):
        with django_assert_num_queries(20):
            client.get(address)


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

    response = client.post(reverse("admin:articles_notification_read"), {"newest": first.pk, "from": "board"})

    assert response.headers["Location"] == BOARD

    unread = Notification.objects.filter(read_at=None)
    assert set(unread) == {second, other}


def test_board_lists_what_is_assigned_by_when_it_is_due(desk, editor, colleague) -> None:
    now = timezone.now()
    for headline, hours in (("Later", 5), ("Sooner", 2), ("Whenever", None)):
        article = desk.draft(headline)
        assign(article, to=colleague, by=editor)
        Article.objects.filter(pk=article.pk).update(due_at=hours and now + timedelta(hours=hours))

    shown = piles(board_of(colleague))

    assert (shown["assigned"], shown["drafts"]) == (["Sooner", "Later", "Whenever"], [])


def test_board_counts_all_and_shows_the_most_wanted_first(client: Client, desk, editor) -> None:
    for number in range(8):
        desk.in_review(f"Waiting {number}")
    wanted = desk.in_review("Breaking")
    set_priority(wanted, priority=4, by=editor)
    client.force_login(editor)

    review = next(pile for pile in board_of(editor).desk if pile.name == "review")
    page = client.get(BOARD).content.decode()

    assert (review.count, len(review.articles), review.articles[0].headline) == (9, 5, "Breaking")
    assert '<span class="count">9</span>' in page
    assert "work_state__exact=in_review" in page


def test_board_says_when_a_story_is_overdue(client: Client, desk, journalist) -> None:
    article = desk.draft("Late")
    Article.objects.filter(pk=article.pk).update(due_at=timezone.now() - timedelta(hours=1))
    client.force_login(journalist)

    assert "overdue since" in client.get(BOARD).content.decode()


def test_board_names_kills_with_their_number_in_the_feed(client: Client, desk, editor) -> None:
    article = desk.killed("Gone")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    client.force_login(editor)

    page = client.get(BOARD).content.decode()

    newest = article.changes.order_by("-sequence")[0].sequence
    assert f"No. {newest} in the feed" in page
    assert f"feed stands at No. {newest}" in page


def test_board_lets_the_tagger_run_again_and_says_so(client: Client, desk, journalist, colleague) -> None:
    article = desk.draft("Unreadable")
    TaggingRun.objects.create(revision=article.revision, status="failed", started_at=timezone.now())
    address = reverse("admin:articles_article_run_again", args=[article.pk])
    client.force_login(colleague)

    assert address not in client.get(BOARD).content.decode()
    assert client.post(address).status_code == 403
    client.force_login(journalist)
    assert address in client.get(BOARD).content.decode()
    assert client.get(address).status_code == 405
    again = client.post(address, follow=True).content.decode()

    assert "The tagger reads “Unreadable” again." in again
    assert TaggingRun.objects.get().status == "running"
    assert "has not given up" in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize(
    ("age", "words"), [(timedelta(seconds=30), "the oldest since"), (timedelta(minutes=10), "The worker is behind")]
)
def test_board_says_how_long_stories_wait_for_the_tagger(client: Client, desk, journalist, age, words) -> None:
    with time_machine.travel(timezone.now() - age):
        desk.draft("Unread")
    client.force_login(journalist)

    page = client.get(BOARD).content.decode()

    assert "1 story waits for the tagger" in page
    assert words in page


@pytest.mark.parametrize("queue", ["default", "clock"])
def test_queue_of_the_worker_tells_its_length_and_the_age_of_the_oldest_message(db: None, queue: str) -> None:
    broker.install(connection)
    broker.purge(connection)
    assert broker.state_of_workers_queues() == broker.QueueState(0, timedelta(0))

    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.send(%s, '{}')", [queue])
        cursor.execute("SELECT pgmq.send(%s, '{}', 60)", [queue])
        cursor.execute("SELECT pgmq.send('webhooks', '{}')")
        cursor.execute(f"UPDATE pgmq.q_{queue} SET enqueued_at = enqueued_at - interval '90 seconds'")
    state = broker.state_of_workers_queues()

    assert state.length == 1
    assert timedelta(seconds=89) < state.oldest < timedelta(seconds=200)


def test_board_says_that_the_worker_is_behind_with_what_the_clock_asked_for(client: Client, db, editor) -> None:
    broker.purge(connection)
    client.force_login(editor)
    alarm = "The worker is behind or stopped:"
    assert alarm not in client.get(BOARD).content.decode()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.send('clock', '{}')")
        cursor.execute("UPDATE pgmq.q_clock SET enqueued_at = enqueued_at - interval '3 minutes'")

    assert alarm in client.get(BOARD).content.decode()


def test_queue_that_lacks_one_of_its_tables_is_not_asked(db: None, monkeypatch) -> None:
    """As after an upgrade, before `install_queue` has run."""
    monkeypatch.setattr(broker, "_has_been_there", False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgmq.drop_queue('clock')")

    assert (broker.is_reachable(), broker.state_of_workers_queues(), broker.states_of_queues()) == (False, None, {})


def test_queue_of_another_broker_is_not_asked(db: None, monkeypatch) -> None:
    monkeypatch.setitem(app.conf, "broker_url", "redis://localhost/0")

    assert broker.state_of_workers_queues() is None


def test_part_of_the_board_is_for_the_desk_alone(client: Client, stranger, journalist) -> None:
    client.force_login(stranger)
    assert client.get(reverse("admin:board")).status_code == 302
    client.force_login(journalist)

    response = client.get(reverse("admin:board"))

    assert (response.status_code, "<html" in response.content.decode()) == (200, False)


def test_masthead_offers_writing_to_who_may_write(client: Client, journalist) -> None:
    client.force_login(journalist)

    page = client.get(BOARD).content.decode()

    assert all(words in page for words in ("New story", "New from text", "Search stories"))


def test_sign_in_page_is_ours_and_keeps_where_one_was_going(client: Client) -> None:
    page = client.get("/admin/login/?next=/admin/articles/article/").content.decode()

    assert "Sign in" in page
    assert 'name="next" value="/admin/articles/article/"' in page
