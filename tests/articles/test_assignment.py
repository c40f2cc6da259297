"""Assigning a story: who may, to whom, and who is told."""

import pytest

from articles.assignment import assign
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
