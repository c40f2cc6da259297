from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.states import GuardFailed, NotAllowed, WrongState
from newsroom.partners.keys import change_key, make_key, revoke_key, rotate_key
from newsroom.partners.models import AccessEvent, Acknowledgement, ApiKey

pytestmark = pytest.mark.django_db


def events() -> list[tuple[str, str | None]]:
    return list(AccessEvent.objects.order_by("id").values_list("verb", "by__username"))


def test_make_key_keeps_only_a_hash(nordic, chief):
    key, written = make_key(nordic, by=chief, name="website")

    stored = ApiKey.objects.filter(pk=key.pk).values().get()
    assert written.text not in str(stored)
    assert (stored["hash"], stored["prefix"]) == (written.hash, written.prefix)
    assert stored["scopes"] == ["read", "changes", "acknowledge", "webhooks"]
    assert events() == [("made_key", "chief")]


@pytest.mark.parametrize("role", ["journalist", "editor", "stranger"])
def test_keys_are_for_the_chief(request, nordic, keys, role):
    person, (key, _) = request.getfixturevalue(role), keys.make()
    AccessEvent.objects.all()
    verbs = (
        lambda: make_key(nordic, by=person),
        lambda: rotate_key(key, by=person, overlap=timedelta(0)),
        lambda: revoke_key(key, by=person, reason="x"),
        lambda: change_key(key, by=person, name="", scopes=["read"], products=[], per_minute=1, per_day=1),
    )

    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()

    assert ApiKey.objects.count() == 1
    assert events() == [("made_key", None)]


def test_make_key_refuses_what_could_do_nothing(nordic, chief):
    for options in ({"scopes": []}, {"scopes": ["delete"]}, {"expires_at": timezone.now()}):
        with pytest.raises(GuardFailed):
            make_key(nordic, by=chief, **options)

    assert not ApiKey.objects.exists()


def test_make_key_stops_at_twenty(nordic, keys, chief):
    for _ in range(20):
        keys.make()

    with pytest.raises(GuardFailed, match="20 keys"):
        make_key(nordic, by=chief)


def test_rotate_key_makes_a_key_that_may_do_the_same(keys, about_norway, chief):
    key, _ = keys.make(name="website", scopes=["read"], products=[about_norway], per_minute=7, per_day=70)

    successor, written = rotate_key(key, by=chief, overlap=timedelta(hours=1))

    assert (successor.name, successor.scopes, successor.per_minute, successor.per_day) == ("website", ["read"], 7, 70)
    assert list(successor.products.all()) == [about_norway]
    assert written.prefix != key.prefix
    key.refresh_from_db()
    assert timedelta(minutes=59) < key.expires_at - timezone.now() <= timedelta(hours=1)
    assert events()[-1] == ("rotated_key", "chief")


def test_rotate_key_never_lengthens_a_life(keys, chief):
    ends_at = timezone.now() + timedelta(minutes=5)
    key, _ = keys.make(expires_at=ends_at)

    rotate_key(key, by=chief, overlap=timedelta(days=1))

    key.refresh_from_db()
    assert key.expires_at == ends_at


def test_rotate_key_refuses_what_was_rotated_or_ended(keys, chief):
    rotated, revoked = keys.make()[0], keys.make()[0]
    rotate_key(rotated, by=chief, overlap=timedelta(days=1))
    revoke_key(revoked, by=chief, reason="Leaked.")

    for key in (rotated, revoked):
        with pytest.raises(WrongState):
            rotate_key(key, by=chief, overlap=timedelta(0))
    with pytest.raises(GuardFailed, match="30 days"):
        rotate_key(keys.make()[0], by=chief, overlap=timedelta(days=31))


def test_revoke_key_is_for_ever(keys, chief):
    key, _ = keys.make()

    revoked = revoke_key(key, by=chief, reason="It was in a public repository.")

    with pytest.raises(WrongState, match="already"):
        revoke_key(key, by=chief, reason="Again.")
    with pytest.raises(IntegrityError, match="stays revoked"), transaction.atomic():
        ApiKey.objects.filter(pk=revoked.pk).update(revoked_at=None)
    assert AccessEvent.objects.first().detail.endswith("It was in a public repository.")


def test_change_key_tells_what_changed(keys, about_norway, chief):
    key, _ = keys.make()

    for _ in range(2):
        change_key(key, by=chief, name="site", scopes=["read"], products=[about_norway], per_minute=5, per_day=50)

    assert [event.detail.partition(" → ")[2] for event in AccessEvent.objects.filter(verb="changed_key")] == [
        "read; About Norway; 5 a minute, 50 a day"
    ]


def test_history_cannot_be_rewritten(keys, desk, numbered):
    key, _ = keys.make()
    kill = desk.killed().changes.get(kind="kill")
    Acknowledgement.objects.create(partner=key.partner, change=kill, key=key)

    rewrites = (
        lambda: AccessEvent.objects.update(detail="Nothing happened."),
        lambda: AccessEvent.objects.all().delete(),
        lambda: Acknowledgement.objects.update(at=timezone.now()),
        lambda: Acknowledgement.objects.all().delete(),
        lambda: ApiKey.objects.update(hash="0" * 64),
        lambda: ApiKey.objects.filter(pk=key.pk)._raw_delete("default"),
    )
    for rewrite in rewrites:
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite()
