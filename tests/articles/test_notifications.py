"""Who is told of what, once, and by which way."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from articles import publishing, reminders, workflow
from articles.assignment import assign, set_due, set_priority
from articles.mailing import mail_notification
from articles.models import Article, Author, MailChoice, Notification, TaggingRun
from articles.notifications import notify
from articles.sweeping import sweep

Kind = Notification.Kind


def told(user) -> list[tuple[str, str]]:
    return [(row.kind, row.message) for row in Notification.objects.filter(user=user).order_by("id")]


def unread(user) -> list[str]:
    return [row.kind for row in Notification.objects.filter(user=user, read_at=None).order_by("id")]


@pytest.fixture
def mailed(journalist) -> None:
    """The journalist has an address and wants urgent messages there."""
    journalist.email = "journalist@newsroom.invalid"
    journalist.save()
    MailChoice.objects.create(user=journalist, when=MailChoice.When.URGENT)


def test_notify_tells_each_once_and_not_who_did_it(desk, journalist, editor, colleague) -> None:
    article = desk.draft()

    notify([journalist, editor, journalist, None], article, "Look.", kind=Kind.NOTE, by=editor, place="comment-3")

    row = Notification.objects.get()
    assert (row.user, row.by, row.place, row.read_at) == (journalist, editor, "comment-3", None)


def test_notify_leaves_out_who_has_left_the_desk(desk, journalist) -> None:
    article = desk.draft()
    journalist.is_active = False

    notify([journalist], article, "Look.", kind=Kind.NOTE)

    assert not Notification.objects.exists()


def test_notify_tells_of_an_occasion_once(desk, journalist) -> None:
    article = desk.draft()

    for _ in range(2):
        notify([journalist], article, "Due.", kind=Kind.DUE_SOON, occasion="due_soon:1")

    assert Notification.objects.count() == 1


def test_notify_of_a_known_occasion_leaves_what_is_unread(desk, journalist) -> None:
    article = desk.draft()

    for _ in range(2):
        notify([journalist], article, "Act now.", kind=Kind.NOT_DONE, occasion="once")

    assert unread(journalist) == ["not_done"]


def test_verbs_tell_the_storys_people_and_newer_news_takes_the_place_of_older(desk, journalist, editor, chief) -> None:
    article = desk.approved("Fleet")
    publishing.publish(article, by=editor)
    publishing.withdraw(desk.fresh(article), by=editor, reason="Sent too early.")

    assert told(journalist) == [
        ("approved", "editor approved “Fleet”."),
        ("published", "editor published “Fleet”."),
        ("withdrawn", "editor withdrew “Fleet”: Sent too early."),
    ]
    assert unread(journalist) == ["withdrawn"]
    assert told(editor) == []


def test_verbs_tell_the_account_behind_a_byline(desk, editor, colleague) -> None:
    author = Author.objects.create(name="Co League", slug="co-league", user=colleague)

    desk.approved("Shared", authors=[author])

    assert told(colleague) == [("approved", "editor approved “Shared”.")]


def test_deschedule_tells_who_scheduled_it(desk, editor, chief) -> None:
    article = desk.scheduled("Late night")

    publishing.deschedule(article, by=chief)

    assert told(editor) == [("descheduled", "chief took “Late night” off the schedule.")]


def test_publishing_an_archive_tells_nobody(desk, journalist, editor) -> None:
    article = desk.approved("Old")
    Notification.objects.all().delete()

    publishing.publish(article, by=editor, published_at=timezone.now() - timedelta(days=400))

    assert told(journalist) == []


def test_request_changes_tells_the_comment(desk, journalist, editor) -> None:
    workflow.request_changes(desk.in_review("Fleet"), by=editor, comment="Name the source.")

    assert told(journalist) == [("changes_requested", "editor asks for changes to “Fleet”: Name the source.")]


def test_priority_breaking_is_told_but_not_others(desk, journalist, editor) -> None:
    article = desk.draft("Fleet")
    set_priority(article, priority=3, by=editor)
    set_priority(article, priority=4, by=editor)

    assert told(journalist) == [("assigned", "“Fleet” is breaking news.")]


def test_remind_tells_of_each_due_time_once(desk, journalist, editor) -> None:
    soon, late, filed = desk.draft("Soon"), desk.draft("Late"), desk.in_review("Filed")
    now = timezone.now()
    for article, hours in ((soon, 0.5), (late, -2), (filed, -2)):
        Article.objects.filter(pk=article.pk).update(due_at=now + timedelta(hours=hours))

    rounds = [reminders.remind() for _ in range(2)]

    assert rounds == [2, 0]
    assert set(told(journalist)) == {
        ("due_soon", "“Soon” is due within the hour."),
        ("overdue", "“Late” is overdue."),
    }


def test_remind_tells_again_of_a_new_due_time(desk, journalist, editor) -> None:
    article = desk.draft("Soon")
    assign(article, to=journalist, by=editor)
    set_due(article, at=timezone.now() + timedelta(minutes=20), by=editor)
    reminders.remind()
    set_due(article, at=timezone.now() + timedelta(minutes=40), by=editor)
    reminders.remind()

    assert [kind for kind, _ in told(journalist)].count("due_soon") == 2


def test_overdue_rule_is_the_same_for_one_and_for_many(desk) -> None:
    from articles import desk_lists

    now = timezone.now()
    made = [desk.draft(), desk.in_review(), desk.live(), desk.withdrawn(), desk.killed()]
    made.append(desk.save(desk.live("Edited after"), headline="Edited after its time"))
    made.append(desk.save(desk.live("To be updated"), headline="Due after its publication"))
    for article in made:
        Article.objects.filter(pk=article.pk).update(due_at=now - timedelta(hours=1))
    Article.objects.filter(pk=made[-1].pk).update(updated_at=now - timedelta(hours=2))

    many = set(desk_lists.overdue(Article.objects.all()))

    assert many == {article for article in Article.objects.all() if article.is_overdue}
    assert {article.headline for article in many} == {"Fleet returns to port", "Due after its publication"}


def test_tagging_given_up_is_told_to_the_author(desk, journalist, monkeypatch) -> None:
    from articles import proposing

    article = desk.draft("Unreadable")
    monkeypatch.setattr(proposing, "analyse", lambda *_: 1 / 0)
    for _ in range(TaggingRun.MAXIMUM_FAILURES):
        with pytest.raises(ZeroDivisionError):
            proposing.suggest(article.revision_id)

    assert [kind for kind, _ in told(journalist)] == ["tagging_failed"]


def test_mail_goes_out_once_and_only_for_what_is_urgent(
    desk, journalist, editor, mailed, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    sent = []
    monkeypatch.setattr("articles.notifications.current_app.send_task", lambda name, args: sent.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        article = desk.approved("Calm")
        workflow.request_changes(desk.fresh(article), by=editor, comment="Who says so?\nName them.")
    row = Notification.objects.get(kind=Kind.CHANGES_REQUESTED)

    assert [(name, args) for name, args in sent if name != "articles.tag_revision"] == [
        ("articles.mail_notification", [row.pk])
    ]
    assert [mail_notification(row.pk), mail_notification(row.pk)] == [True, False]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["journalist@newsroom.invalid"], "[Newsroom] editor asks for changes to “Calm”: Who says so? Name them.")
    ]
    assert f"/admin/articles/article/{article.pk}/change/" in mail.outbox[0].body


def test_mail_is_not_sent_of_what_was_read_meanwhile(desk, journalist, mailed) -> None:
    notify([journalist], desk.draft(), "Killed.", kind=Kind.KILLED)
    Notification.objects.all().read()

    assert [mail_notification(row.pk) for row in Notification.objects.all()] == [False]
    assert (mail.outbox, Notification.objects.to_mail().count()) == ([], 0)


def test_mail_of_a_breaking_story_is_always_urgent(desk, journalist, editor, mailed) -> None:
    article = desk.draft()
    Article.objects.filter(pk=article.pk).update(priority=4)

    notify([journalist], desk.fresh(article), "Approved.", kind=Kind.APPROVED, by=editor)

    assert Notification.objects.to_mail().count() == 1


def test_mail_is_not_asked_for_where_none_is_configured(desk, journalist, mailed, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    notify([journalist], desk.draft(), "Killed.", kind=Kind.KILLED)

    assert Notification.objects.to_mail().count() == 0


def test_sweep_makes_up_for_mail_that_was_not_sent(desk, journalist, mailed, monkeypatch) -> None:
    notify([journalist], desk.draft(), "Killed.", kind=Kind.KILLED)
    row = Notification.objects.get()
    sent = []
    monkeypatch.setattr("articles.reminders.current_app.send_task", lambda name, args: sent.append((name, args)))

    assert reminders.mail_what_was_not_sent() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        sweep()

    assert ("articles.mail_notification", [row.pk]) in sent


def test_notifications_read_long_ago_are_forgotten(desk, journalist) -> None:
    article = desk.draft()
    now = timezone.now()
    ages = {"Old": 91, "Young": 89}
    for message, days in ages.items():
        Notification.objects.create(
            user=journalist, article=article, message=message, read_at=now - timedelta(days=days)
        )
    unread = Notification.objects.create(user=journalist, article=article, message="Unread")
    Notification.objects.filter(pk=unread.pk).update(at=now - timedelta(days=400))

    assert reminders.forget_old_notifications() == 1
    assert {message for _, message in told(journalist)} == {"Young", "Unread"}
