"""Sign-ins of long ago and ended sessions go; what was done to accounts stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.accounts import forgetting
from newsroom.accounts.models import AccountEvent
from newsroom.accounts.tasks import forget

pytestmark = pytest.mark.django_db

LONG = timedelta(days=400)
Verb = AccountEvent.Verb


def happened(verb, ago):
    return AccountEvent.objects.create(verb=verb, name="ana", address="192.0.2.7", at=timezone.now() - ago)


@pytest.mark.parametrize("verb", Verb.values)
def test_only_old_events_of_signing_in_are_forgotten(verb):
    old, young = happened(verb, LONG + timedelta(minutes=5)), happened(verb, LONG - timedelta(minutes=5))

    forget()

    gone = {old.pk} if verb in forgetting.OF_SIGN_INS else set()
    assert {old.pk, young.pk} - set(AccountEvent.objects.values_list("pk", flat=True)) == gone


@pytest.mark.parametrize("ago", [LONG - timedelta(minutes=5), LONG + timedelta(minutes=5)])
@pytest.mark.parametrize("verb", Verb.values)
def test_database_keeps_the_rest_whoever_asks(verb, ago):
    """Also from who deletes past our code."""
    event = happened(verb, ago)
    rows = AccountEvent.objects.filter(pk=event.pk)

    if verb in forgetting.OF_SIGN_INS and ago > LONG:
        assert rows.delete()[0] == 1
        return
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.delete()


def test_old_event_is_changed_by_nobody():
    event = happened(Verb.SIGNED_IN, LONG * 2)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AccountEvent.objects.filter(pk=event.pk).update(name="bo")


def test_much_is_forgotten_in_batches(monkeypatch):
    monkeypatch.setattr(forgetting, "FORGOTTEN_AT_ONCE", 2)
    for _ in range(3):
        happened(Verb.SIGN_IN_FAILED, LONG * 2)

    assert [forgetting.forget_old_sign_ins() for _ in range(3)] == [2, 1, 0]


def test_sessions_that_have_ended_are_forgotten(client, editor):
    client.force_login(editor)
    Session.objects.create(session_key="ended", session_data="", expire_date=timezone.now() - timedelta(minutes=1))

    forget()

    assert Session.objects.get().session_key == client.session.session_key
