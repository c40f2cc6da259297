"""The log of accounts: what writes it, who it says it was, and that it stays."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from newsroom.accounts.acting import acting
from newsroom.accounts.models import AccountEvent
from tests.desk import make_person

pytestmark = pytest.mark.django_db


def events(after: int = 0) -> list[tuple[str, str, str, str]]:
    rows = AccountEvent.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("verb", "name", "detail", "by_name"))


@pytest.fixture
def ana() -> User:
    return make_person("ana", "Reporter")


@pytest.fixture
def newest(ana) -> int:
    return AccountEvent.objects.order_by("pk").values_list("pk", flat=True).last()


def test_account_and_role_are_written_down_however_they_are_made():
    make_person("ana", "Reporter")

    assert events(AccountEvent.objects.filter(verb="made_account").get().pk - 1) == [
        ("made_account", "ana", "works at the desk", ""),
        ("gave_role", "ana", "Reporter", ""),
    ]


def test_change_says_from_what_to_what(ana, newest):
    User.objects.filter(pk=ana.pk).update(is_superuser=True, email="ana@desk.example")

    detail = "e-mail:  → ana@desk.example; looks after the newsroom: no → yes"
    assert events(newest) == [("changed_account", "ana", detail, "")]


def test_password_is_written_down_without_itself(ana, newest):
    ana.set_password("another one")
    ana.save()

    assert events(newest) == [("changed_password", "ana", "", "")]


def test_signing_in_and_a_save_without_change_write_nothing(ana, newest):
    ana.save()
    User.objects.filter(pk=ana.pk).update(last_login="2026-11-26T12:00Z", first_name="Ana")

    assert events(newest) == []


def test_permissions_and_roles_of_a_person(ana, newest):
    kill = Permission.objects.get(codename="kill_article")

    ana.user_permissions.add(kill)
    ana.user_permissions.remove(kill)
    ana.groups.clear()

    assert events(newest) == [
        ("gave_permission", "ana", "articles.kill_article", ""),
        ("took_permission", "ana", "articles.kill_article", ""),
        ("took_role", "ana", "Reporter", ""),
    ]


def test_permissions_of_a_role(ana, newest):
    role = Group.objects.create(name="Night desk")
    role.permissions.add(Permission.objects.get(codename="kill_article"))
    role.name = "Day desk"
    role.save()
    role.delete()

    assert events(newest) == [
        ("made_role", "Night desk", "", ""),
        ("changed_role", "Night desk", "may now: articles.kill_article", ""),
        ("changed_role", "Day desk", "name: Night desk → Day desk", ""),
        ("changed_role", "Day desk", "may no more: articles.kill_article", ""),
        ("deleted_role", "Day desk", "", ""),
    ]


def test_account_that_goes_leaves_its_history(ana, newest):
    Authenticator.objects.create(user=ana, type="webauthn", data={"name": "Telephone"})
    ana.delete()

    verbs = [(verb, name, detail) for verb, name, detail, _ in events(newest)]
    assert verbs[0] == ("added_factor", "ana", "passkey Telephone")
    assert ("removed_factor", "ana", "passkey Telephone") in verbs
    assert verbs[-1] == ("deleted_account", "ana", "")


def test_who_it_was_ends_with_the_transaction(ana, newest, chief):
    with acting(chief):
        User.objects.filter(pk=ana.pk).update(is_active=False)
    User.objects.filter(pk=ana.pk).update(is_active=True)

    assert [by for *_, by in events(newest) if _[0] == "changed_account"] == ["chief", ""]


def test_who_it_was_is_forgotten_after_a_failure(ana, chief):
    with pytest.raises(RuntimeError), acting(chief):
        raise RuntimeError

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('newsroom.acting', true)")
        assert cursor.fetchone()[0] in ("", None)


def test_admin_says_who_it_was(client, ana, newest):
    root = make_person("root", "Chief", is_superuser=True)
    client.force_login(root)
    page = client.get(reverse("admin:auth_user_change", args=[ana.pk]))
    sent = {name: value for name, value in page.context["adminform"].form.initial.items() if value not in (None, "")}
    sent |= {"groups": [Group.objects.get(name="Editor").pk], "is_active": "on", "is_staff": "on"}
    sent.pop("is_superuser", None)
    sent.pop("user_permissions", None)

    answer = client.post(reverse("admin:auth_user_change", args=[ana.pk]), sent)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    mine = [event for event in events(newest) if event[1] == "ana"]
    assert sorted(mine) == [("gave_role", "ana", "Editor", "root"), ("took_role", "ana", "Reporter", "root")]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_log_is_append_only(ana, change):
    rows = AccountEvent.objects.all()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(detail="never mind") if change == "update" else rows.delete()


def test_chief_reads_the_log_and_an_editor_does_not(client, chief, editor):
    client.force_login(chief)
    page = client.get("/admin/accounts/accountevent/").content.decode()
    client.force_login(editor)

    assert "role given" in page
    assert client.get("/admin/accounts/accountevent/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_log_costs_the_same_for_one_row_and_three(client, chief, rows, django_assert_num_queries):
    client.force_login(chief)
    for number in range(rows):
        AccountEvent.objects.create(verb="signed_in", name=f"zz{number}")

    with django_assert_num_queries(6):
        client.get("/admin/accounts/accountevent/?q=zz")


def test_log_of_keys_is_there_too(client, chief, keys):
    keys.make()
    client.force_login(chief)

    assert "made a key" in client.get("/admin/partners/accessevent/").content.decode()
