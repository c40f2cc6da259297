"""Who must have a second factor, and what opens without."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Image
from newsroom.accounts import second_factor
from newsroom.accounts.models import AccountEvent
from tests.desk import make_person
from tests.newsroom.accounts.test_sign_in import (
    BOARD,
    CODE,
    SECURITY,
    SIGN_IN,
    code_at,
    sign_in,
    signed_in_as,
    with_app,
)

pytestmark = pytest.mark.django_db
SET_UP, CODES = "/admin/sign-in/security/app/", "/admin/sign-in/security/codes/"


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def set_up(client: Client) -> str:
    """Sets an app up on the page; returns its secret."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'to-type">([A-Z2-7]+)<', page)[1]
    answer = client.post(SET_UP, {"code": code_at(secret)})
    assert answer["Location"] == CODES, answer.content.decode()
    return secret


@pytest.mark.parametrize("role", ["editor", "chief", "superuser"])
def test_nothing_opens_before_it_is_set_up(client, request, required, role):
    if role == "superuser":
        make_person("superuser", "Reporter", is_superuser=True)
    else:
        request.getfixturevalue(role)
    sign_in(client, role)

    for address in (BOARD, "/admin/articles/article/", "/admin/articles/article/add/", "/admin/password_change/"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1] == (SECURITY, 302)
        assert "Your role needs a second factor" in answer.content.decode()
        assert "masthead-nav" not in answer.content.decode()
    assert client.post("/admin/articles/article/add/").status_code == 302


def test_picture_of_the_desk_is_not_shown_before_it_is_set_up(client, editor, required, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.webp").write_bytes(b"RIFF")
    Image.objects.create(file="a.webp", sha256="0" * 64, width=1, height=1)
    sign_in(client, "editor")

    before = client.get("/media/a.webp").status_code
    set_up(client)
    after = client.get("/media/a.webp")

    assert (before, after.status_code, after.getvalue()) == (404, 200, b"RIFF")


def test_reporter_goes_on_without(client, journalist, required):
    sign_in(client, "journalist")

    assert signed_in_as(client) == "journalist"


@pytest.mark.parametrize("power", second_factor.POWERS)
def test_every_power_exists_and_asks_for_it(journalist, power):
    app, codename = power.split(".")
    journalist.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))

    assert second_factor.must_have(User.objects.get(pk=journalist.pk))


def test_setting_it_up_opens_the_desk_and_the_next_sign_in_asks_for_it(client, editor, required):
    sign_in(client, "editor")

    secret = set_up(client)

    assert signed_in_as(client) == "editor"
    later = Client()
    sign_in(later, "editor")
    assert signed_in_as(later) == ""
    later.post(CODE, {"code": code_at(secret)})
    assert signed_in_as(later) == "editor"


def test_wrong_first_code_sets_nothing_up(client, editor, required):
    sign_in(client, "editor")
    client.get(SET_UP)

    answer = client.post(SET_UP, {"code": "000000"})

    assert "Not set up yet" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_shown_once(client, editor, required):
    sign_in(client, "editor")
    set_up(client)

    first, second = client.get(CODES).content.decode(), client.get(CODES).content.decode()

    shown = re.findall(r"<code>(\d{8})</code>", first)
    assert shown == RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    assert "data:text/plain" in first
    assert not any(code in second for code in shown)
    assert "They were shown once" in second


def test_signing_out_is_possible_before_it_is_set_up(client, editor, required):
    sign_in(client, "editor")

    client.post(reverse("sign_out"))

    assert client.get(SECURITY)["Location"].startswith(SIGN_IN)


def test_session_from_before_cannot_go_past_a_factor_made_elsewhere(client, editor, required):
    sign_in(client, "editor")
    secret = with_app(editor)

    answers = [client.get(address, follow=True) for address in (BOARD, SECURITY, SET_UP)]

    assert ["opened without it" in answer.content.decode() for answer in answers] == [True] * 3
    sign_in(client, "editor")
    client.post(CODE, {"code": code_at(secret)})
    assert signed_in_as(client) == "editor"


def test_session_from_before_may_sign_in_by_passkey(client, editor, required):
    sign_in(client, "editor")
    with_app(editor)

    answer = client.get("/admin/sign-in/passkey/", headers={"Accept": "application/json"})

    assert set(answer.json()) == {"request_options"}
    assert "_auth_user_id" not in client.session


def test_changing_anything_asks_who_it_is_after_a_while(client, editor, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    sign_in(client, "editor")

    answer = client.get(SET_UP)

    assert answer["Location"].startswith("/admin/sign-in/again/")


def test_confirming_is_no_way_to_guess(client, editor, settings):
    sign_in(client, "editor")

    answers = [client.post("/admin/sign-in/again/", {"password": "wrong"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert AccountEvent.objects.filter(verb="confirmation_failed").count() == 5


def test_confirming_with_the_password_leads_on(client, editor):
    sign_in(client, "editor")

    answer = client.post("/admin/sign-in/again/?next=" + SET_UP, {"password": "editor", "next": SET_UP})

    assert answer["Location"] == SET_UP


def test_removing_the_app_removes_its_codes(client, editor):
    sign_in(client, "editor")
    set_up(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()


def test_stranger_has_no_pages_of_it(client, stranger):
    client.force_login(stranger)

    assert client.get(SECURITY)["Location"].startswith(SIGN_IN)


def test_superuser_takes_a_lost_one_away_and_is_written_down(client, editor):
    with_app(editor)
    root = make_person("root", "Chief", is_superuser=True)
    client.force_login(root)
    address = reverse("admin:auth_user_second_factor", args=[editor.pk])

    asked = client.get(address).content.decode()
    client.post(address)

    assert "Authenticator app" in asked
    assert not Authenticator.objects.exists()
    event = AccountEvent.objects.get(verb="removed_factor")
    assert (event.name, event.by_name, event.detail) == ("editor", "root", "authenticator app")


def test_command_takes_a_lost_one_away(editor):
    with_app(editor)

    call_command("reset_second_factor", "editor", stdout=StringIO())

    assert not Authenticator.objects.exists()
    assert AccountEvent.objects.get(verb="removed_factor").by is None


@pytest.mark.parametrize(("name", "said"), [("editor", "has no second factor"), ("nobody", "There is no account")])
def test_command_says_what_it_cannot_do(editor, name, said):
    with pytest.raises(CommandError, match=said):
        call_command("reset_second_factor", name)


def test_secrets_are_sealed_anew_for_another_key(client, editor, settings):
    secret = with_app(editor)
    RecoveryCodes.activate(editor)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]

    call_command("reseal_secrets", stdout=StringIO())

    settings.SECRET_KEY_FALLBACKS = []
    sign_in(client, "editor")
    client.post(CODE, {"code": code_at(secret)})
    assert signed_in_as(client) == "editor"


def test_resealing_names_whose_cannot_be_read(editor, settings):
    with_app(editor)
    settings.SECRET_KEY = "new" * 20

    with pytest.raises(CommandError, match="editor"):
        call_command("reseal_secrets", stdout=StringIO())


def test_board_asks_nothing_more_once_it_was_shown(client, editor, required):
    sign_in(client, "editor")
    set_up(client)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(BOARD)

    assert not [query for query in captured.captured_queries if "mfa_authenticator" in query["sql"]]
