"""A new version that waits for its time, and the end of a publication: kept by the clock's sweep."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import embargoes, plans, publishing, scheduled_updates, sweeping, workflow
from articles.models import Article, Correction, Notification
from articles.states import GuardFailed, NotAllowed, WrongState

HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(desk) -> Article:
    """A live story whose approved new version waits for one o'clock, so to speak."""
    article = desk.approve_again(desk.save(desk.live(), headline="Fleet stays at sea"))
    scheduled_updates.schedule_update(article, by=desk.editor, at=timezone.now() + HOUR)
    return desk.fresh(article)


def plan_of(article: Article) -> tuple[object, ...]:
    newest = Article.objects.get(pk=article.pk)
    return newest.update_at, newest.update_by, newest.update_kind, newest.update_notice


def messages(person) -> list[str]:
    return [str(told) for told in Notification.objects.filter(user=person).order_by("pk")]


def test_sweep_publishes_a_version_that_is_due_once(desk, waiting) -> None:
    with time_machine.travel(timezone.now() + 2 * HOUR):
        done = [sweeping.update_what_is_due(), sweeping.update_what_is_due()]

    newest = desk.fresh(waiting)
    last = newest.transitions.first()
    assert done == [1, 0]
    assert (newest.edition.headline, newest.edition.kind, newest.version) == ("Fleet stays at sea", "update", 2)
    assert (last.verb, last.by, last.reason) == ("publish_update", None, "Scheduled by editor.")
    assert plan_of(waiting) == (None, None, "", "")


def test_sweep_leaves_a_version_that_is_not_due(desk, waiting) -> None:
    assert sweeping.update_what_is_due() == 0
    assert desk.fresh(waiting).version == 1


def test_scheduled_correction_carries_its_notice(desk, waiting) -> None:
    scheduled_updates.schedule_update(
        waiting, by=desk.editor, at=timezone.now() + HOUR, kind="correction", notice=" He was right. ", position="foot"
    )

    with time_machine.travel(timezone.now() + 2 * HOUR):
        sweeping.update_what_is_due()

    correction = Correction.objects.get()
    assert (correction.notice, correction.kind, correction.position) == ("He was right.", "correction", "foot")
    assert desk.fresh(waiting).edition.kind == "correction"


def test_scheduled_minor_version_moves_no_time(desk, waiting) -> None:
    scheduled_updates.schedule_update(waiting, by=desk.editor, at=timezone.now() + HOUR, kind="minor")

    with time_machine.travel(timezone.now() + 2 * HOUR):
        sweeping.update_what_is_due()

    assert desk.fresh(waiting).updated_at == waiting.updated_at


def test_an_edit_takes_a_version_off_and_tells_who_scheduled_it(desk, waiting) -> None:
    desk.save(waiting, headline="Fleet goes home")

    assert plan_of(waiting) == (None, None, "", "")
    assert messages(desk.editor) == ["The new version of “Fleet goes home” is off the schedule: journalist edited it."]


def test_request_changes_takes_a_version_off_and_tells_who_scheduled_it(desk, waiting) -> None:
    workflow.request_changes(waiting, by=desk.chief, comment="Who says so?")

    assert plan_of(waiting) == (None, None, "", "")
    assert messages(desk.editor) == [
        "The new version of “Fleet stays at sea” is off the schedule: chief asks for changes: Who says so?"
    ]


@pytest.mark.parametrize("verb", ["publish_update", "correct", "withdraw", "kill", "unpublish_due"])
def test_what_overtakes_a_waiting_version_takes_it_off(desk, waiting, verb: str) -> None:
    if verb == "publish_update":
        publishing.publish_update(waiting, by=desk.editor)
    elif verb == "correct":
        publishing.correct(waiting, by=desk.editor, notice="We were wrong.")
    elif verb == "withdraw":
        publishing.withdraw(waiting, by=desk.editor, reason="Sent too early.")
    elif verb == "kill":
        desk.kill(waiting)
    else:
        Article.objects.filter(pk=waiting.pk).update(unpublish_at=timezone.now())
        publishing.unpublish_due(waiting)

    assert plan_of(waiting) == (None, None, "", "")


def test_clock_may_not_publish_a_version_before_its_time(desk, waiting) -> None:
    with pytest.raises(NotAllowed, match="a person must"):
        publishing.publish_update(waiting, by=None)


def test_version_that_is_blocked_meanwhile_stays_and_is_told_once(desk, waiting) -> None:
    Article.objects.filter(pk=waiting.pk).update(standfirst="")

    with time_machine.travel(timezone.now() + 2 * HOUR):
        done = [sweeping.update_what_is_due(), sweeping.update_what_is_due()]

    assert done == [0, 0]
    assert messages(desk.editor) == ["“Fleet stays at sea” is not ready: The standfirst is missing."]


def test_database_keeps_a_waiting_version_to_live_approved_stories(waiting) -> None:
    with pytest.raises(IntegrityError, match="article_update_waits"), transaction.atomic():
        Article.objects.filter(pk=waiting.pk).update(work_state="draft")


def test_end_is_kept_by_the_sweep(desk) -> None:
    article = desk.live()
    scheduled_updates.plan_withdrawal(article, by=desk.editor, at=timezone.now() + HOUR)

    with time_machine.travel(timezone.now() + 2 * HOUR):
        done = [sweeping.withdraw_what_has_ended(), sweeping.withdraw_what_has_ended()]

    newest = desk.fresh(article)
    assert done == [1, 0]
    assert (newest.pub_state, newest.unpublish_at, newest.transitions.first().by) == ("withdrawn", None, None)


def test_end_of_a_scheduled_story_outlives_its_publication(desk) -> None:
    article = desk.scheduled()
    end = timezone.now() + 3 * HOUR
    scheduled_updates.plan_withdrawal(article, by=desk.editor, at=end)

    with time_machine.travel(timezone.now() + 2 * HOUR):
        sweeping.publish_what_is_due()

    assert (desk.fresh(article).pub_state, desk.fresh(article).unpublish_at) == ("live", end)


def test_plan_changes_everything_in_one_transaction(desk) -> None:
    article = desk.approved()
    start, end = timezone.now() + 2 * HOUR, timezone.now() + 5 * HOUR

    plans.change_plan(article, by=desk.editor, embargo_until=timezone.now() + HOUR, publish_at=start, unpublish_at=end)

    newest = desk.fresh(article)
    verbs = list(newest.transitions.order_by("id").values_list("verb", flat=True))
    assert (newest.pub_state, newest.publish_at, newest.unpublish_at) == ("scheduled", start, end)
    assert verbs == ["submit", "approve", "embargo", "schedule"]


def test_plan_that_is_refused_in_its_last_part_leaves_nothing(desk) -> None:
    article = desk.approved()

    with pytest.raises(GuardFailed, match="schedule it after that"):
        plans.change_plan(
            article,
            by=desk.editor,
            embargo_until=timezone.now() + 2 * HOUR,
            publish_at=timezone.now() + HOUR,
        )

    newest = desk.fresh(article)
    assert (newest.embargo_until, newest.pub_state, newest.transitions.count()) == (None, "never", 2)


def test_plan_moves_a_publication_by_both_verbs(desk) -> None:
    article = desk.scheduled()
    later = timezone.now() + 4 * HOUR

    plans.change_plan(article, by=desk.chief, publish_at=later)

    newest = desk.fresh(article)
    verbs = list(newest.transitions.order_by("id").values_list("verb", flat=True))[-2:]
    assert (verbs, newest.publish_at, newest.scheduled_by) == (["deschedule", "schedule"], later, desk.chief)


def test_plan_publishes_now_and_lifts_the_embargo_with_a_line_of_its_own(desk) -> None:
    article = desk.approved()
    embargoes.set_embargo(article, by=desk.editor, until=None, is_indefinite=True)

    plans.change_plan(article, by=desk.chief, publish_now=True, reason="The ministry published early.")

    newest = desk.fresh(article)
    trail = list(newest.transitions.order_by("id").values_list("verb", "reason"))[-2:]
    assert trail == [
        ("lift_embargo", "The ministry published early."),
        ("publish", "The ministry published early."),
    ]
    assert (newest.pub_state, newest.is_under_embargo) == ("live", False)


def test_plan_publishes_a_scheduled_story_now_and_keeps_its_end(desk) -> None:
    article = desk.scheduled()
    end = timezone.now() + 5 * HOUR
    scheduled_updates.plan_withdrawal(article, by=desk.editor, at=end)

    plans.change_plan(desk.fresh(article), by=desk.editor, publish_now=True, publish_at=None)

    newest = desk.fresh(article)
    verbs = list(newest.transitions.order_by("id").values_list("verb", flat=True))[-2:]
    assert (verbs, newest.pub_state, newest.unpublish_at) == (["deschedule", "publish"], "live", end)


def test_plan_as_it_is_does_nothing(desk) -> None:
    article = desk.scheduled()

    assert not plans.change_plan(article, by=desk.editor, publish_at=article.publish_at, unpublish_at=None)


def test_embargo_takes_an_earlier_publication_off_the_schedule(desk, journalist) -> None:
    article = desk.scheduled()

    embargoes.set_embargo(article, by=desk.chief, until=timezone.now() + 3 * HOUR)

    newest = desk.fresh(article)
    assert (newest.pub_state, newest.publish_at) == ("never", None)
    assert "is off the schedule: chief set an embargo until" in messages(desk.editor)[0]


@pytest.mark.parametrize("state", ["live", "killed"])
def test_embargo_is_refused_where_it_would_bind_nothing(desk, state: str) -> None:
    with pytest.raises(GuardFailed):
        embargoes.set_embargo(getattr(desk, state)(), by=desk.chief, until=None, is_indefinite=True)


def test_embargo_is_lifted_by_the_chief_alone_and_logged(desk) -> None:
    article = desk.draft()
    embargoes.set_embargo(article, by=desk.editor, until=None, is_indefinite=True, note="From the ministry")

    with pytest.raises(NotAllowed):
        embargoes.lift_embargo(article, by=desk.editor, reason="Everybody has it.")
    with pytest.raises(GuardFailed):
        embargoes.lift_embargo(article, by=desk.chief, reason=" ")
    embargoes.lift_embargo(article, by=desk.chief, reason="Published in Oslo.")

    newest = desk.fresh(article)
    last = newest.transitions.first()
    assert (last.verb, last.by, last.reason) == ("lift_embargo", desk.chief, "Published in Oslo.")
    assert (newest.is_under_embargo, newest.embargo_note) == (False, "")


def test_schedule_update_needs_an_approved_live_story(desk) -> None:
    for article in (desk.approved(), desk.save(desk.live(), headline="Changed")):
        with pytest.raises(WrongState):
            scheduled_updates.schedule_update(article, by=desk.editor, at=timezone.now() + HOUR)


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise
def test_sweep_passes_over_a_story_that_somebody_holds(desk) -> None:
    article, free = desk.scheduled("Held"), desk.scheduled("Free")
    Article.objects.update(publish_at=timezone.now())
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Article.objects.select_for_update(no_key=True).get(pk=article.pk)
            held.set()
            done.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    while_held = sweeping.publish_what_is_due()
    done.set()
    holder.join()

    assert while_held == 1
    assert desk.fresh(free).pub_state == "live"
    assert (sweeping.publish_what_is_due(), desk.fresh(article).pub_state) == (1, "live")
