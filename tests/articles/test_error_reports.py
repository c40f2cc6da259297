from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import error_reports
from articles.error_reports import TooManyReports, reject, reopen, report_error, resolve
from articles.models import ErrorReport, Notification
from articles.states import GuardFailed, NotAllowed, WrongState


def say(article, message="The ship has two masts.", *, sender="one", **words):
    return report_error(article, version=1, message=message, sender=sender, **words)


def test_report_error_keeps_what_was_said_and_tells_the_author(desk):
    article = desk.live()

    report = say(article, "  It was\x00 Friday.\n\nNot\u200b Monday. ", passage="by\nFriday", contact="a@b.example")

    kept = (report.message, report.passage, report.contact, report.state)
    assert kept == ("It was Friday.\n\nNot Monday.", "by Friday", "a@b.example", "open")
    told = Notification.objects.get(kind="reported")
    assert told.user == desk.journalist
    assert "It was Friday. Not Monday." in told.message


def test_report_error_tells_of_a_story_once_a_day(desk):
    article = desk.live()

    say(article, "One.")
    say(article, "Two.", sender="two")

    assert Notification.objects.filter(kind="reported").count() == 1
    assert ErrorReport.objects.count() == 2


def test_report_error_pressed_twice_is_kept_once(desk):
    article = desk.live()

    assert say(article) == say(article)


@pytest.mark.parametrize(
    "words", [{"message": " \x00\n"}, {"message": "a" * 3001}, {"passage": "a" * 501}, {"contact": "a" * 201}]
)
def test_report_error_refuses_nothing_and_too_much(desk, words):
    with pytest.raises(GuardFailed):
        say(desk.live(), **({"message": "Wrong."} | words))

    assert not ErrorReport.objects.exists()


def test_report_error_takes_five_an_hour_from_one_sender(desk):
    article = desk.live()
    for number in range(5):
        say(article, f"Wrong {number}.")

    with pytest.raises(TooManyReports):
        say(article, "Wrong again.")

    assert say(article, "Wrong again.", sender="two").is_open
    ErrorReport.objects.update(at=timezone.now() - timedelta(hours=2))
    assert say(article, "Wrong again.").is_open


def test_report_error_takes_a_number_an_hour_from_all(desk, monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_OF_ALL", 3)
    article = desk.live()
    for number in range(3):
        say(article, sender=str(number))

    with pytest.raises(TooManyReports):
        say(article, sender="another")


@pytest.mark.parametrize(("verb", "state"), [(resolve, "resolved"), (reject, "rejected")])
def test_handling_names_who_did_it_and_can_be_taken_back(desk, verb, state):
    report = say(desk.live())

    done = verb(report, by=desk.editor, note=" Put right. ")

    assert (done.state, done.handled_by, done.note) == (state, desk.editor, "Put right.")
    with pytest.raises(WrongState):
        verb(report, by=desk.editor)
    assert reopen(done, by=desk.editor).is_open


def test_handling_is_for_editors_and_the_storys_author(desk, colleague, stranger):
    report = say(desk.live())

    for person in (colleague, stranger):
        with pytest.raises(NotAllowed):
            resolve(report, by=person)

    assert resolve(report, by=desk.journalist).state == "resolved"


def test_a_report_is_not_handled_by_nobody(desk):
    report = say(desk.live())

    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReport.objects.filter(pk=report.pk).update(state="resolved")


def test_forget_senders_keeps_what_was_said(desk):
    report = say(desk.live(), contact="a@b.example")
    resolve(report, by=desk.editor)
    assert ErrorReport.objects.forget_senders() == 0

    then = timezone.now() - timedelta(days=91)
    ErrorReport.objects.update(at=then, handled_at=then)

    assert ErrorReport.objects.forget_senders() == 2
    report.refresh_from_db()
    assert (report.contact, report.sender, report.message) == ("", "", "The ship has two masts.")
