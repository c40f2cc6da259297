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


def test_lists_say_who_has_which_role(client: Client, journalist) -> None:
    client.force_login(make_person("root", "Chief", is_superuser=True))

    people = client.get(reverse("admin:auth_user_changelist")).content.decode()
    roles = client.get(reverse("admin:auth_group_changelist")).content.decode()

    assert "Chief, looks after the newsroom" in people
    assert '<td class="field-roles">Reporter</td>' in people
    assert '<td class="field-people">1</td>' in roles


def test_list_of_people_costs_the_same_with_one_and_with_many(
    client: Client, journalist, django_assert_num_queries
) -> None:
    client.force_login(make_person("root", "Chief", is_superuser=True))
    page = reverse("admin:auth_user_changelist")
    with django_assert_num_queries(7):
        client.get(page)
    for number in range(3):
        make_person(f"person-{number}", "Reporter")

    with django_assert_num_queries(7):
        client.get(page)
