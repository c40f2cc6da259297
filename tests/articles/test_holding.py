"""A story that is held back goes out by no way, and is told why; a live one may be mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, scheduled_updates, workflow
from articles.holding import free, hold
from articles.models import Article, Notification
from articles.publish_checks import publish_checks
from articles.sittings import standing_of
from articles.states import GuardFailed
from articles.sweeping import publish_what_is_due

pytestmark = pytest.mark.django_db

WHY = "The agency has killed this story: take out its words."


def test_held_story_is_approved_by_nobody(desk, editor, chief):
    article = desk.in_review()

    transition = hold(article, by=editor, reason=WHY)

    assert (transition.verb, transition.reason, transition.by) == ("hold", WHY, editor)
    assert publish_checks(desk.fresh(article)).blockers == (WHY,)
    with pytest.raises(GuardFailed, match="take out its words"):
        workflow.approve(desk.fresh(article), by=chief)


def test_held_story_that_was_approved_before_goes_out_by_no_way(desk, editor, chief):
    article = desk.approved()
    hold(article, by=editor, reason=WHY)

    for publish in (
        lambda: publishing.publish(article, by=chief, reason="Now."),
        lambda: publishing.schedule(article, by=chief, publish_at=timezone.now() + timedelta(hours=1)),
    ):
        with pytest.raises(GuardFailed, match="take out its words"):
            publish()

    assert (desk.fresh(article).pub_state, desk.fresh(article).version) == ("never", 0)


def test_held_story_comes_off_the_schedule_and_who_put_it_there_is_told_why(desk, editor, chief):
    article = desk.scheduled()

    hold(article, by=chief, reason=WHY)

    assert (desk.fresh(article).pub_state, desk.fresh(article).publish_at) == ("never", None)
    told = Notification.objects.get(user=editor, kind="descheduled")
    assert told.message == f"“{article}” is off the schedule: {WHY}"


def test_clock_publishes_nothing_that_is_held_and_says_so(desk, editor):
    """Whatever else put it there: a schedule alone does not free a story."""
    article = desk.scheduled()
    Article.objects.filter(pk=article.pk).update(hold_reason=WHY, publish_at=timezone.now() - timedelta(minutes=1))

    for _ in range(2):
        assert publish_what_is_due() == 0

    assert desk.fresh(article).pub_state == "scheduled"
    assert WHY in Notification.objects.get(user=editor, kind="not_done").message


def test_held_story_is_not_public_again_after_a_withdrawal(desk, editor, chief):
    article = desk.withdrawn()
    hold(article, by=editor, reason=WHY)

    with pytest.raises(GuardFailed, match="take out its words"):
        publishing.publish(article, by=chief)


def test_live_story_that_is_held_may_be_mended_and_is_warned_of(desk, editor, chief):
    article = desk.live()
    hold(article, by=editor, reason=WHY)

    article = desk.approve_again(desk.save(article, body="<p>Without the agency's words.</p>"))
    checks = publish_checks(article)
    publishing.publish_update(article, by=chief)

    assert (checks.blockers, WHY in checks.warnings, desk.fresh(article).version) == ((), True, 2)


def test_new_version_of_a_held_story_comes_off_the_schedule(desk, editor, chief):
    article = desk.approve_again(desk.save(desk.live(), body="<p>More of the agency's words.</p>"))
    scheduled_updates.schedule_update(article, by=editor, at=timezone.now() + timedelta(hours=1))

    hold(article, by=chief, reason=WHY)

    assert (desk.fresh(article).pub_state, desk.fresh(article).update_at) == ("live", None)
    assert "is off the schedule" in Notification.objects.get(user=editor, kind="descheduled").message


def test_pages_that_are_open_learn_that_the_story_is_held(desk, editor, journalist):
    article = desk.draft()
    before = standing_of(article.pk, by=journalist).stamp

    hold(article, by=editor, reason=WHY)

    assert standing_of(article.pk, by=journalist).stamp != before


def test_freed_story_goes_out_again(desk, editor, chief):
    article = desk.approved()
    hold(article, by=editor, reason=WHY)

    transition = free(article, by=editor, reason="Dealt with.")
    publishing.publish(article, by=chief)

    assert (transition.verb, transition.reason, desk.fresh(article).pub_state) == ("free", "Dealt with.", "live")


def test_holding_and_freeing_record_nothing_where_nothing_changes(desk, editor):
    article = desk.draft()

    assert free(article, by=editor, reason="Nothing held it.") is None
    hold(article, by=editor, reason=WHY)
    assert hold(article, by=editor, reason=WHY) is None
    assert hold(desk.killed(), by=editor, reason=WHY) is None
    assert [row.verb for row in article.transitions.all()] == ["hold"]


def test_story_that_is_held_again_comes_off_the_schedule_it_was_put_on_since(desk, editor, chief):
    article = desk.live()
    hold(article, by=chief, reason=WHY)
    desk.approve_again(desk.save(desk.fresh(article), body="<p>Our own words.</p>"))
    scheduled_updates.schedule_update(desk.fresh(article), by=editor, at=timezone.now() + timedelta(hours=1))

    assert hold(desk.fresh(article), by=chief, reason=WHY) is not None

    assert desk.fresh(article).update_at is None
    assert Notification.objects.filter(user=editor, kind="descheduled").count() == 1
    assert hold(desk.fresh(article), by=chief, reason=WHY) is None
