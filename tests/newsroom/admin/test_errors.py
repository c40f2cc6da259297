"""Refusals at the desk are pages of the desk; a reader never sees one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

NOWHERE = "/admin/nowhere/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_forbidden_page_says_whom_to_ask_and_keeps_the_menu(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.get(reverse("admin:entities_entity_add"))

    assert response.status_code == 403
    assert "ask the chief" in text_of(response)
    assert 'aria-label="The desk"' in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_missing_story_is_named_at_the_desk(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.get(reverse("admin:articles_article_change", args=[10**9]))

    assert response.status_code == 404
    assert "There is no story 1000000000." in text_of(response)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/nowhere/", "/administration/"])
def test_missing_page_of_the_site_is_the_readers_even_for_the_desk(client: Client, journalist, address) -> None:
    client.force_login(journalist)

    response = client.get(address)

    assert response.status_code == 404
    assert 'aria-label="The desk"' not in text_of(response)


def test_what_an_address_holds_is_escaped(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.get(f"{NOWHERE}<script>alert(1)</script>/")

    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_form_that_is_out_of_date_says_so_in_the_desks_words(journalist, is_signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    if is_signed_in:
        client.force_login(journalist)

    response = client.post(reverse("admin:login"), {"username": "journalist", "password": "journalist"})

    assert response.status_code == 403
    assert "That page is out of date" in text_of(response)
    assert ('aria-label="The desk"' in text_of(response)) == is_signed_in
    assert "style=" not in text_of(response)
