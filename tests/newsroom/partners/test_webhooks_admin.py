"""How webhooks fare is told on the partner's page, and the chief can do something about it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Heartbeat
from newsroom.admin.board import board_of
from newsroom.partners.models import WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.challenging import challenge
from tests.webhooks import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(desk, numbered, receiver, subscribe) -> WebhookEndpoint:
    """One that answered 410 to a story and is off."""
    endpoint, _ = subscribe("/gone")
    desk.live("Fleet returns to port")
    numbered()
    receiver.status = 410
    tell()
    return WebhookEndpoint.objects.get(pk=endpoint.pk)


def page(endpoint: WebhookEndpoint, name: str = "webhook", *more: int) -> str:
    return reverse(f"admin:partners_partner_{name}", args=[endpoint.key.partner_id, endpoint.pk, *more])


def of_partner(endpoint: WebhookEndpoint) -> str:
    return reverse("admin:partners_partner_change", args=[endpoint.key.partner_id])


def test_partner_page_says_what_is_off_and_why(client: Client, editor, gone):
    client.force_login(editor)

    shown = client.get(of_partner(gone)).content.decode()

    assert "Webhooks switched off" in shown
    assert "it answered 410" in shown
    assert "It answered 410." in shown
    assert page(gone) in shown


def test_partner_page_without_trouble_has_no_banner(client: Client, editor, subscribe):
    endpoint, _ = subscribe()
    Heartbeat.beat(Heartbeat.WEBHOOKS)
    client.force_login(editor)

    shown = client.get(of_partner(endpoint)).content.decode()

    assert endpoint.url in shown
    assert "Webhooks switched off" not in shown
    assert "Nobody sends" not in shown


def test_page_says_when_nobody_sends(client: Client, editor, subscribe):
    endpoint, _ = subscribe()
    client.force_login(editor)

    assert "Nobody sends webhooks just now" in client.get(of_partner(endpoint)).content.decode()
    assert "Nobody sends webhooks just now" in client.get(page(endpoint)).content.decode()


def test_board_names_partners_with_webhooks_off(client: Client, editor, gone):
    client.force_login(editor)

    assert [partner.webhooks_off for partner in board_of(editor).shown_partners] == [1]
    assert "1 webhook off" in client.get(reverse("admin:index")).content.decode()


def test_messages_are_listed_with_their_attempts(client: Client, editor, gone):
    client.force_login(editor)

    shown = client.get(page(gone)).content.decode()

    delivery = WebhookDelivery.objects.get()
    for words in ("Fleet returns to port", delivery.webhook_id, "No. 1", "It answered 410."):
        assert words in shown
    assert "Send again" not in shown
    assert "Send now" not in shown
    assert "There is none of these." in client.get(page(gone) + "?state=delivered").content.decode()


def test_hostile_words_of_partners_are_only_words(client: Client, editor, subscribe):
    endpoint, _ = subscribe("/<script>alert(1)</script>")
    WebhookEndpoint.objects.update(description="<b>bold</b>", last_error="<i>", last_failure_at="2026-11-26T00:00Z")
    client.force_login(editor)

    for address in (of_partner(endpoint), page(endpoint)):
        shown = client.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<b>bold" not in shown
        assert "<i>" not in shown


def test_chief_switches_on_and_off_and_sends_again(client: Client, chief, gone, receiver):
    client.force_login(chief)
    receiver.status = 204

    client.post(page(gone, "webhook_switch"))
    challenge(gone.pk)
    client.post(page(gone, "webhook_redeliver", WebhookDelivery.objects.get().pk))
    tell()
    taken = WebhookDelivery.objects.get().state
    client.post(page(gone, "webhook_switch"))

    assert taken == "delivered"
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.state, endpoint.disabled_reason) == ("disabled", "newsroom")


@pytest.mark.parametrize("name", ["webhook_switch", "webhook_redeliver"])
def test_editors_look_and_reporters_do_not(client: Client, editor, journalist, gone, name):
    more = [WebhookDelivery.objects.get().pk] if name == "webhook_redeliver" else []
    client.force_login(editor)
    looked, done = client.get(page(gone)).status_code, client.post(page(gone, name, *more)).status_code
    by_get = client.get(page(gone, name, *more)).status_code
    client.force_login(journalist)

    assert (looked, done, by_get, client.get(page(gone)).status_code) == (200, 403, 405, 403)
    assert WebhookEndpoint.objects.get().disabled_reason == "gone"


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_as_many_queries_for_one_row_as_for_three(
    client: Client, editor, desk, numbered, keys, subscribe, rows, django_assert_num_queries
):
    key, _ = keys.make()
    endpoints = [subscribe(f"/{number}", key=key)[0] for number in range(rows)]
    for number in range(rows):
        desk.live(f"Story {number}")
    numbered()
    tell()
    client.force_login(editor)
    for address in (page(endpoints[0]), of_partner(endpoints[0])):
        client.get(address)

    with django_assert_num_queries(15):
        client.get(of_partner(endpoints[0]))
    with django_assert_num_queries(9):
        client.get(page(endpoints[0]))


def test_what_partners_keep_in_a_query_is_not_shown(client: Client, chief, subscribe):
    endpoint, _ = subscribe("/hook?token=abcdef")
    client.force_login(chief)

    for address in (of_partner(endpoint), page(endpoint)):
        shown = client.get(address).content.decode()
        assert ("abcdef" in shown, "/hook?…" in shown) == (False, True)
