"""Signing in: by password, with a second factor, and what is refused on the way."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from newsroom.accounts.adapters import AccountAdapter
from newsroom.accounts.models import AccountEvent
from tests.desk import make_person

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, BOARD, SECURITY = "/admin/login/", "/admin/sign-in/code/", "/admin/", "/admin/sign-in/security/"


def code_at(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(person: User) -> str:
    """Gives a person an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def sign_in(client: Client, name: str, password: str | None = None, **more: str):
    return client.post(SIGN_IN, {"username": name, "password": password or name, **more})


def signed_in_as(client: Client) -> str:
    page = client.get(BOARD)
    return page.context["user"].username if page.status_code == 200 else ""


def test_password_alone_opens_the_desk_where_none_is_required(client, editor):
    answer = sign_in(client, "editor", next="/admin/articles/article/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/articles/article/")
    assert signed_in_as(client) == "editor"


def test_sign_in_leads_to_no_other_host(client, editor):
    answer = sign_in(client, "editor", next="https://evil.example/admin/")

    assert answer["Location"] == BOARD


def test_wrong_password_says_so_and_nothing_more(client, editor):
    answers = [sign_in(client, "editor", "wrong"), sign_in(client, "nobody", "wrong")]

    said = [re.findall(r'role="alert">(.*?)</div>', answer.content.decode()) for answer in answers]
    assert said[0] == said[1] == ["<p>This name and password do not go together. Capitals matter in both.</p>"]
    assert signed_in_as(client) == ""


def test_somebody_who_is_not_of_the_desk_is_told_the_same(client, stranger):
    answer = sign_in(client, "stranger")

    assert "do not go together" in answer.content.decode()
    assert signed_in_as(client) == ""


def test_second_factor_is_asked_for_once_there_is_one(client, journalist):
    secret = with_app(journalist)

    answer = sign_in(client, "journalist", next="/admin/articles/article/")

    assert answer["Location"] == CODE
    assert signed_in_as(client) == ""
    answer = client.post(CODE, {"code": code_at(secret)})
    assert answer["Location"] == "/admin/articles/article/"
    assert signed_in_as(client) == "journalist"


def test_wrong_code_opens_nothing(client, journalist):
    secret = with_app(journalist)
    sign_in(client, "journalist")

    answer = client.post(CODE, {"code": code_at(secret, steps=9)})

    assert "This code is not right" in answer.content.decode()
    assert signed_in_as(client) == ""


def test_code_is_taken_once(client, journalist):
    secret = with_app(journalist)
    code = code_at(secret)
    sign_in(client, "journalist")
    client.post(CODE, {"code": code})
    # As another process, which has a cache of its own.
    cache.clear()
    second = Client()
    sign_in(second, "journalist")

    answer = second.post(CODE, {"code": code})

    assert "was used already" in answer.content.decode()
    assert signed_in_as(second) == ""


def test_recovery_code_opens_the_desk_once(client, journalist):
    with_app(journalist)
    codes = RecoveryCodes.activate(journalist).get_unused_codes()
    sign_in(client, "journalist")

    client.post(CODE, {"code": codes[0]})

    assert signed_in_as(client) == "journalist"
    second = Client()
    sign_in(second, "journalist")
    assert second.post(CODE, {"code": codes[0]}).status_code == 200
    assert signed_in_as(second) == ""


def test_secrets_are_sealed_in_the_database(journalist):
    secret = with_app(journalist)
    RecoveryCodes.activate(journalist)

    kept = {row.type: str(row.data) for row in Authenticator.objects.all()}

    assert secret not in kept["totp"]
    assert "gAAAA" in kept["totp"]
    assert "gAAAA" in kept["recovery_codes"]


def test_second_factor_sealed_with_a_lost_key_is_told(client, journalist, settings):
    secret = with_app(journalist)
    settings.SECRET_KEY = "another" * 10
    sign_in(client, "journalist")

    answer = client.post(CODE, {"code": code_at(secret)})

    assert "sealed with a key that is gone" in answer.content.decode()


def test_signing_in_is_written_down_with_how(client, journalist):
    secret = with_app(journalist)
    sign_in(client, "journalist")
    client.post(CODE, {"code": code_at(secret)}, headers={"User-Agent": "Reader 1.0"})

    event = AccountEvent.objects.get(verb="signed_in")

    assert (event.name, event.person, event.detail) == ("journalist", journalist.pk, "password, code of an app")
    assert (event.address, event.browser) == ("127.0.0.1", "Reader 1.0")


def test_failing_is_written_down_but_no_unknown_name(client, journalist):
    with_app(journalist)
    sign_in(client, "journalist", "wrong")
    sign_in(client, "correct horse battery", "staple")
    sign_in(client, "journalist")
    client.post(CODE, {"code": "000000"})

    events = AccountEvent.objects.filter(verb__endswith="failed").order_by("id")

    assert list(events.values_list("verb", "name")) == [
        ("sign_in_failed", "journalist"),
        ("sign_in_failed", "(nobody of that name)"),
        ("code_failed", "journalist"),
    ]


@pytest.mark.parametrize("name", ["", "a" * 151, "ed\x00itor"])
def test_what_can_be_nobodys_name_is_refused_in_words(client, db, name):
    answer = sign_in(client, name, "wrong")

    assert answer.status_code == 200
    assert AccountEvent.objects.filter(verb="sign_in_failed").count() == 0


def test_only_what_the_desk_needs_is_mounted():
    for name in ("account_signup", "account_reset_password", "account_email", "account_set_password", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_public_page_sets_no_cookie_also_for_somebody_signed_in(client, editor):
    sign_in(client, "editor")

    answer = client.get("/")

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_every_answer_tells_browsers_what_they_may_use(client, db):
    answers = [client.get("/"), client.get(SIGN_IN), client.get("/api/v1/"), client.get("/nowhere/")]

    assert {"camera=()" in answer["Permissions-Policy"] for answer in answers} == {True}


def test_page_of_the_second_factor_without_a_password_leads_to_the_sign_in(client, db):
    assert client.get(CODE)["Location"] == "/admin/sign-in/"
    assert client.get("/admin/sign-in/", follow=True).redirect_chain == [("/admin/login/", 302)]


def test_passkey_of_somebody_who_left_opens_nothing(rf, journalist):
    journalist.is_staff = False
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)

    answer = AccountAdapter(request).pre_login(request, journalist)

    assert answer["Location"] == SIGN_IN


def test_sign_in_lasts_so_many_hours_whatever_is_done_meanwhile(client, journalist, settings):
    """Whatever is written into a session would begin its time anew."""
    lasts, began = settings.SESSION_COOKIE_AGE, timezone.now()
    sign_in(client, "journalist")
    with time_machine.travel(began + timedelta(seconds=lasts - 3600)):
        session = client.session
        session["kept"] = "something"
        session.save()
        still = signed_in_as(client)
    with time_machine.travel(began + timedelta(seconds=lasts + 60)):
        after = signed_in_as(client)

    assert (still, after) == ("journalist", "")


def test_password_change_ends_other_sessions(client, journalist):
    other = Client()
    sign_in(other, "journalist")
    sign_in(client, "journalist")

    new = {"old_password": "journalist", "new_password1": "long enough and new", "new_password2": "long enough and new"}
    client.post(reverse("admin:password_change"), new)

    assert (signed_in_as(client), signed_in_as(other)) == ("journalist", "")


def test_superuser_signs_in(client, db):
    make_person("root", "Chief", is_superuser=True)

    sign_in(client, "root")

    assert signed_in_as(client) == "root"
