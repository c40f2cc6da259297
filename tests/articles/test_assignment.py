"""Assigning a story: who may, to whom, and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.assignment import assign, set_due, set_priority
from articles.models import Notification
from articles.roles import may_edit
from articles.states import GuardFailed, NotAllowed


def test_assign_lets_the_assignee_edit_and_tells_them(desk, editor, colleague) -> None:
    article = desk.draft()

    transition = assign(article, to=colleague, by=editor)

    told = Notification.objects.get(user=colleague)
    assert transition is not None
    assert (transition.verb, transition.reason) == ("assign", "To colleague")
    assert told.message == "editor assigned “Fleet returns to port” to you."
    assert may_edit(desk.fresh(article), colleague)


def test_assign_again_changes_nothing(desk, editor, colleague) -> None:
    article = desk.draft()
    assign(article, to=colleague, by=editor)

    assert assign(article, to=colleague, by=editor) is None
    assert Notification.objects.filter(user=colleague).count() == 1


def test_assign_to_nobody_takes_the_story_away(desk, editor, colleague) -> None:
    article = desk.draft()
    assign(article, to=colleague, by=editor)

    assign(article, to=None, by=editor)

    assert desk.fresh(article).assigned_to is None


def test_assign_is_for_editors(desk, journalist, colleague) -> None:
    article = desk.draft()

    with pytest.raises(NotAllowed):
        assign(article, to=colleague, by=journalist)


def test_assign_refuses_somebody_without_a_role(desk, editor, stranger) -> None:
    article = desk.draft()

    with pytest.raises(NotAllowed, match="may not write stories"):
        assign(article, to=stranger, by=editor)


def test_assign_refuses_a_killed_story(desk, editor, colleague) -> None:
    article = desk.killed()

    with pytest.raises(GuardFailed):
        assign(article, to=colleague, by=editor)


def test_due_time_and_priority_make_no_revision_and_are_in_the_history(desk, editor) -> None:
    article = desk.approved()
    due = timezone.now() + timedelta(hours=2)

    set_due(article, at=due, by=editor)
    set_priority(article, priority=3, by=editor)

    fresh = desk.fresh(article)
    assert (fresh.due_at, fresh.priority) == (due, 3)
    assert (fresh.lock_version, fresh.work_state) == (article.lock_version, "approved")
    assert [row.verb for row in article.transitions.all()[:2]] == ["priority", "due"]


def test_due_time_set_twice_is_told_once(desk, editor, colleague) -> None:
    article = desk.draft()
    assign(article, to=colleague, by=editor)
    due = timezone.now() + timedelta(hours=2)

    done = [set_due(article, at=due, by=editor) is not None for _ in range(2)]

    assert done == [True, False]
    assert Notification.objects.filter(user=colleague, message__contains="wants").count() == 1


def test_due_time_that_has_passed_is_refused(desk, editor) -> None:
    with pytest.raises(GuardFailed, match="has passed"):
        set_due(desk.draft(), at=timezone.now() - timedelta(minutes=1), by=editor)


def test_priority_that_does_not_exist_is_refused(desk, editor) -> None:
    with pytest.raises(GuardFailed, match="no such priority"):
        set_priority(desk.draft(), priority=9, by=editor)


@pytest.mark.parametrize(
    "verb", [lambda a, by: set_due(a, at=None, by=by), lambda a, by: set_priority(a, priority=4, by=by)]
)
def test_arrangements_are_for_editors_and_open_stories(desk, journalist, editor, verb) -> None:
    with pytest.raises(NotAllowed):
        verb(desk.draft(), journalist)
    with pytest.raises(GuardFailed):
        verb(desk.killed("Gone"), editor)
