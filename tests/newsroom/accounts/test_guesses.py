"""Guessing: how often, for how long, and who is not stopped by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from newsroom.accounts import guesses
from newsroom.accounts.models import AccountEvent
from tests.desk import make_person
from tests.newsroom.accounts.test_sign_in import CODE, code_at, sign_in, signed_in_as, with_app

pytestmark = pytest.mark.django_db
HERE = "127.0.0.1"


def fail(name: str, times: int, *, address: str = HERE) -> None:
    for _ in range(times):
        sign_in(Client(REMOTE_ADDR=address), name, "wrong")


def test_fifth_wrong_password_locks_with_a_page_that_says_what_to_do(client, editor):
    fail("editor", 4)

    answer = sign_in(client, "editor", "wrong")

    page = answer.content.decode()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == pytest.approx(900, abs=5)
    assert "Locked for 15 minutes" in page
    assert "The chief can let you try again at once" in page


def test_right_password_is_not_looked_at_while_locked(client, editor):
    fail("editor", 5)

    answer = sign_in(client, "editor")

    assert answer.status_code == 429
    assert signed_in_as(client) == ""


def test_trying_while_locked_does_not_make_it_longer(client, editor):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fail("editor", 5)
        clock.shift(timedelta(minutes=14))
        fail("editor", 3)
        clock.shift(timedelta(minutes=2))

        sign_in(client, "editor")

    assert signed_in_as(client) == "editor"


def test_lock_holds_for_that_address_alone(editor):
    fail("editor", 5, address="203.0.113.9")
    elsewhere = Client(REMOTE_ADDR="198.51.100.4")

    sign_in(elsewhere, "editor")

    assert signed_in_as(elsewhere) == "editor"


def test_signing_in_forgets_the_wrong_ones_before(client, editor):
    fail("editor", 4)
    sign_in(client, "editor")
    fail("editor", 4)

    sign_in(client, "editor")

    assert AccessAttempt.objects.count() == 0


def test_wrong_codes_lock_as_wrong_passwords_do(client, journalist):
    secret = with_app(journalist)
    sign_in(client, "journalist")
    for _ in range(4):
        client.post(CODE, {"code": code_at(secret, steps=9)})

    answers = [client.post(CODE, {"code": code}) for code in (code_at(secret, steps=9), code_at(secret))]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert signed_in_as(client) == ""


def test_knowing_the_password_gives_no_more_codes(journalist):
    secret = with_app(journalist)
    statuses = []
    for _ in range(6):
        client = Client()
        sign_in(client, "journalist")
        statuses.append(client.post(CODE, {"code": code_at(secret, steps=9)}).status_code)

    assert statuses[:4] == [200] * 4
    assert statuses[4] == 429
    assert AccountEvent.objects.filter(verb="locked_out").count() == 1


def test_one_address_over_many_names_is_stopped(client, editor, settings):
    settings.SIGN_IN_ADDRESS_LIMIT = 8
    for number in range(8):
        fail(f"name-{number}", 1)

    answer = sign_in(client, "editor")

    assert answer.status_code == 429
    assert "came from where you are" in answer.content.decode()
    assert AccessAttempt.objects.count() == 8


def test_whoever_signs_in_from_there_goes_on(client, editor, settings):
    settings.SIGN_IN_ADDRESS_LIMIT = 8
    sign_in(Client(), "editor")
    for number in range(8):
        fail(f"name-{number}", 1)

    sign_in(client, "editor")

    assert signed_in_as(client) == "editor"


def test_hammering_at_one_lock_does_not_stop_the_address(client, editor, journalist, settings):
    settings.SIGN_IN_ADDRESS_LIMIT = 8
    fail("journalist", 20)

    sign_in(client, "editor")

    assert signed_in_as(client) == "editor"


@pytest.mark.parametrize(("behind_proxy", "counted"), [(True, "203.0.113.9"), (False, HERE)])
def test_proxys_word_counts_behind_a_proxy_alone(client, editor, settings, behind_proxy, counted):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None

    client.post(
        "/admin/login/", {"username": "editor", "password": "x"}, headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}
    )

    assert AccessAttempt.objects.get().ip_address == counted


def test_ipv6_counts_by_network(editor):
    fail("editor", 3, address="2001:db8:1:2::1")
    fail("editor", 2, address="2001:db8:1:2:ffff::9")

    assert AccessAttempt.objects.get().failures_since_start == 5


def test_stale_guesses_are_swept_away(editor):
    with time_machine.travel(timezone.now() - timedelta(minutes=20)):
        fail("somebody", 2)

    fail("editor", 1)

    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["editor"]


def test_passkeys_are_asked_for_within_bounds(client, db):
    cache.clear()
    statuses = [
        client.get("/admin/sign-in/passkey/", headers={"Accept": "application/json"}).status_code for _ in range(31)
    ]
    page = client.get("/admin/sign-in/passkey/").content.decode()
    cache.clear()

    assert (set(statuses[:30]), statuses[30]) == ({200}, 429)
    assert "Wait a minute" in page


def test_any_other_door_is_counted_too(rf, editor):
    found = [authenticate(rf.post("/elsewhere/"), username="editor", password=word) for word in ["x"] * 5 + ["editor"]]

    assert found == [None] * 6


def test_nothing_of_what_was_typed_is_kept(editor):
    fail("editor", 1)

    row = AccessAttempt.objects.get()

    assert (row.post_data, row.get_data, row.user_agent) == ("", "", "")


def test_lift_lock_lets_somebody_in_and_is_written_down(client, editor):
    fail("editor", 5)

    call_command("lift_lock", "editor", stdout=StringIO())

    sign_in(client, "editor")
    assert signed_in_as(client) == "editor"
    event = AccountEvent.objects.get(verb="lifted_lock")
    assert (event.name, event.by, event.detail) == ("editor", None, "from everywhere")


def test_lift_lock_of_nobody_says_so(db):
    with pytest.raises(CommandError, match="Nothing is counted against “editor”"):
        call_command("lift_lock", "editor")


def test_chief_lifts_a_lock_in_the_admin(client, editor, chief):
    fail("editor", 5)
    client.force_login(chief)
    row = AccessAttempt.objects.get()

    page = client.get("/admin/accounts/lock/").content.decode()
    client.post("/admin/accounts/lock/", {"action": "lift", "_selected_action": row.pk})

    assert "locked until" in page
    event = AccountEvent.objects.get(verb="lifted_lock")
    assert (event.name, event.by_name, event.detail) == ("editor", "chief", f"from {HERE}")


def test_list_of_guesses_shows_no_name_that_is_nobodys(client, chief):
    fail("correct horse battery staple", 1)
    client.force_login(chief)

    page = client.get("/admin/accounts/lock/").content.decode()

    assert "correct horse" not in page
    assert "(nobody of that name)" in page


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_exactly():
    make_person("editor", "Editor")

    def guess(_: int) -> bool:
        try:
            return guesses.count("editor", address=HERE).until is None
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        allowed = list(pool.map(guess, range(24)))

    assert sum(allowed) == 5
