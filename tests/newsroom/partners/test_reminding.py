"""Who has not confirmed a kill in time is written to, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from newsroom.partners.models import KillReminder, Partner
from newsroom.partners.reminding import remind_of_kills
from newsroom.partners.tasks import remind_of_kills as task

pytestmark = pytest.mark.django_db


@pytest.fixture
def kill(desk, keys, nordic, numbered):
    """A kill that Nordic Wire must confirm."""
    Partner.objects.filter(pk=nordic.pk).update(contact="night@nordic.invalid")
    keys.make()
    article = desk.killed("Secret headline")
    numbered()
    return article.changes.get(kind="kill")


def after(**since):
    return time_machine.travel(timezone.now() + timedelta(**since))


def test_partner_is_written_to_after_a_quarter_of_an_hour_and_once(kill, chief):
    chief.email = "chief@newsroom.invalid"
    chief.save()
    sent = []

    for minutes in (14, 16, 17):
        with after(minutes=minutes):
            sent.append(remind_of_kills())

    assert sent == [0, 1, 0]
    (letter,) = mail.outbox
    assert (letter.to, letter.bcc) == (["night@nordic.invalid"], ["chief@newsroom.invalid"])
    assert f"No. {kill.sequence}, Nordic Wire" in letter.subject
    assert f'{{"sequence": {kill.sequence}}}' in letter.body
    assert "Secret headline" not in letter.body + letter.subject


def test_who_confirmed_is_left_alone(kill, keys):
    keys.client().post("/api/v1/acknowledgements", {"sequence": kill.sequence}, content_type="application/json")

    with after(minutes=16):
        assert remind_of_kills() == 0


def test_chiefs_are_written_to_where_nobody_else_can_be(kill, chief):
    Partner.objects.update(contact="")
    with after(minutes=16):
        nobody = remind_of_kills()
    chief.email = "chief@newsroom.invalid"
    chief.save()
    with after(minutes=16):
        remind_of_kills()

    assert (nobody, [letter.to for letter in mail.outbox]) == (0, [["chief@newsroom.invalid"]])


def test_mail_that_is_refused_is_tried_again(kill, settings, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    with after(minutes=16), monkeypatch.context() as broken:
        broken.setattr("newsroom.partners.reminding.EmailMessage.send", refuse)
        refused = remind_of_kills()
    kept = KillReminder.objects.count()
    with after(minutes=17):
        task()

    assert (refused, kept, len(mail.outbox)) == (0, 0, 1)


def test_kill_of_the_day_before_yesterday_is_not_written_of(kill):
    with after(days=2):
        assert remind_of_kills() == 0
