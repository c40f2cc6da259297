"""People and roles in the admin: a superuser gives a role, and nobody writes when somebody was last here."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests.desk import make_person


def test_superuser_gives_a_role_and_cannot_write_when_somebody_signed_in(client: Client, journalist) -> None:
    client.force_login(make_person("root", "Chief", is_superuser=True))
    page = reverse("admin:auth_user_change", args=[journalist.pk])
    role = Group.objects.get(name="Editor")
    data = {"username": "journalist", "is_active": "on", "is_staff": "on", "groups": [role.pk]}

    response = client.post(page, data | {"last_login_0": "2020-01-01", "last_login_1": "00:00"})

    journalist.refresh_from_db()
    assert response.status_code == 302
    assert (list(journalist.groups.all()), journalist.last_login) == ([role], None)
    assert 'name="last_login_0"' not in client.get(page).content.decode()
