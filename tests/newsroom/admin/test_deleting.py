"""Deleting in the admin: one page of ours says what goes, and nothing goes before the button is pressed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from entities.models import Entity, Kind, Name
from tests.desk import make_person


@pytest.fixture
def name(db) -> Name:
    return Entity.objects.create(kind=Kind.EQUIPMENT, name="Grey Falcon", slug="grey-falcon").names.create(text="GF-1")


@pytest.fixture
def operator(client: Client, name) -> Client:
    client.force_login(make_person("root", "Chief", is_superuser=True))
    return client


def test_page_says_what_goes_and_the_button_deletes_it(operator: Client, name) -> None:
    page = reverse("admin:entities_name_delete", args=[name.pk])

    asked = operator.get(page).content.decode()
    there_before = Name.objects.filter(pk=name.pk).exists()
    operator.post(page, {"post": "yes"})

    assert "This goes for good:" in asked
    assert "GF-1" in asked
    assert (there_before, Name.objects.filter(pk=name.pk).exists()) == (True, False)


def test_several_are_deleted_after_one_page(operator: Client, name) -> None:
    page = reverse("admin:entities_name_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [name.pk]}

    asked = operator.post(page, chosen).content.decode()
    operator.post(page, chosen | {"post": "yes"})

    assert "<h1>Delete 1 name</h1>" in asked
    assert not Name.objects.filter(pk=name.pk).exists()
