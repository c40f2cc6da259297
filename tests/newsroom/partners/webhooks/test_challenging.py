"""Nothing is told to an address that has not asked for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from articles.states import GuardFailed, NotAllowed, WrongState
from newsroom.outgoing.transport import Answer, Line
from newsroom.partners.models import AccessEvent, WebhookDelivery, WebhookEndpoint
from newsroom.partners.tasks import tell_of_disabled_webhooks
from newsroom.partners.webhooks.challenging import challenge
from newsroom.partners.webhooks.dispatching import due_work, sweep
from newsroom.partners.webhooks.endpoints import (
    MOST_ENDPOINTS,
    change_endpoint,
    disable,
    make_endpoint,
    switch_on,
)
from newsroom.partners.webhooks.retrying import ATTEMPTS
from newsroom.partners.webhooks.switching import tell_of_switched_off
from tests.webhooks import Receiver, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def unproven(keys, receiver) -> tuple[WebhookEndpoint, str]:
    return make_endpoint(keys.make()[0], url=receiver.url())


def state() -> str:
    return WebhookEndpoint.objects.get().state


def test_a_new_endpoint_is_told_nothing_before_it_has_answered(desk, numbered, receiver, unproven):
    endpoint, secret = unproven
    desk.live()
    numbered()
    tell()
    before = (list(receiver.received), state(), due_work())

    answer = challenge(endpoint.pk)
    tell()

    assert before == ([], "pending", [("partners.challenge_webhook", endpoint.pk)])
    assert (answer.is_success, state(), receiver.sequences) == (True, "active", [1])
    asked = receiver.challenges[0].verified_by(secret)
    assert (asked["type"], list(asked["data"])) == ("endpoint.challenge", ["challenge"])


@pytest.mark.parametrize(
    "answer",
    [
        *("", "ok", "null", "[]", '"{value}"', '{"challenge": null}', '{"challenge": true}', '{"challenge": "other"}'),
        *('{"data": {"challenge": "{value}"}}', "{value}", '{"challenge": ["{value}"]}', "[" * 10_000),
    ],
)
def test_another_answer_than_the_value_is_none(receiver, unproven, answer):
    """Also not one that says back what it was sent, as an echo would."""

    def take(received):
        return 200, answer.replace("{value}", received.data["challenge"]).encode()

    receiver.take = take

    given = challenge(unproven[0].pk)

    assert (given.is_success, state()) == (False, "pending")


def test_an_echo_has_not_answered(receiver, unproven):
    receiver.take = lambda received: (200, received.body)

    assert (challenge(unproven[0].pk).is_success, state()) == (False, "pending")


@pytest.mark.parametrize("status", [301, 404, 500])
def test_the_right_value_with_the_wrong_status_is_none(receiver, unproven, status):
    receiver.status_of_challenge = lambda: status

    assert (challenge(unproven[0].pk).is_success, state()) == (False, "pending")


def test_the_clock_asks_again_by_the_timetable_and_then_no_more(receiver, unproven, settings):
    receiver.is_deaf = True
    settings.WEBHOOK_RETRY_SCALE = 0
    endpoint, _ = unproven
    rounds = 0
    while ("partners.challenge_webhook", endpoint.pk) in due_work():
        challenge(endpoint.pk)
        rounds += 1

    assert (rounds, state()) == (ATTEMPTS, "pending")
    receiver.is_deaf = False
    switch_on(endpoint)
    challenge(endpoint.pk)
    assert state() == "active"


def test_another_address_must_answer_again(desk, numbered, receiver, subscribe):
    endpoint, _ = subscribe()
    other = Receiver()
    desk.live()
    numbered()

    change_endpoint(endpoint, url=other.url())
    tell()
    before = (state(), list(receiver.received), list(other.received))
    challenge(endpoint.pk)
    tell()

    other.close()
    assert before == ("pending", [], [])
    assert (state(), receiver.received, other.sequences) == ("active", [], [1])


def test_an_answer_from_an_address_that_was_changed_meanwhile_proves_nothing(receiver, unproven):
    endpoint, _ = unproven

    class MovedMeanwhile(Line):
        def post(self, *args, **kwargs) -> Answer:
            answer = super().post(*args, **kwargs)
            WebhookEndpoint.objects.update(url=receiver.url("/elsewhere"))
            return answer

    answer = challenge(endpoint.pk, line=MovedMeanwhile())

    assert (answer.is_success, state()) == (True, "pending")


def test_an_endpoint_of_an_ended_key_is_not_even_asked(receiver, unproven):
    endpoint, _ = unproven
    type(endpoint.key).objects.update(revoked_at=timezone.now())

    assert (challenge(endpoint.pk), receiver.challenges, due_work()) == (None, [], [])


def test_switched_on_again_it_is_told_what_it_missed_and_what_was_given_up(
    desk, numbered, receiver, subscribe, settings
):
    endpoint, _ = subscribe()
    desk.live("Given up")
    numbered()
    settings.WEBHOOK_RETRY_SCALE, receiver.status = 0, 500
    tell()
    settings.WEBHOOK_RETRY_SCALE = 1
    disable(endpoint)
    desk.live("Missed")
    numbered()
    tell()
    receiver.status, receiver.received = 204, []

    switch_on(endpoint)
    challenge(endpoint.pk)
    tell()

    assert receiver.sequences == [1, 2]
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {"delivered"}
    verbs = ["made_webhook", "enabled_webhook", "disabled_webhook", "enabled_webhook"]
    assert list(AccessEvent.objects.filter(verb__contains="webhook").order_by("id").values_list("verb", flat=True)) == (
        verbs
    )


def test_verbs_refuse_what_is_so_already(subscribe):
    endpoint, _ = subscribe()

    with pytest.raises(WrongState):
        switch_on(endpoint)
    disable(endpoint)
    with pytest.raises(WrongState):
        disable(endpoint)


def test_people_without_the_right_change_nothing(subscribe, editor, chief):
    endpoint, _ = subscribe()

    with pytest.raises(NotAllowed):
        disable(endpoint, by=editor)
    assert disable(endpoint, by=chief).disabled_reason == "newsroom"


def test_a_partner_has_ten_endpoints_at_most_and_one_at_an_address(keys, receiver):
    key, _ = keys.make()
    for number in range(MOST_ENDPOINTS):
        make_endpoint(key if number % 2 else keys.make()[0], url=receiver.url(f"/{number}"))

    with pytest.raises(GuardFailed, match="at most 10"):
        make_endpoint(key, url=receiver.url("/one-more"))
    WebhookEndpoint.objects.first().delete()
    with pytest.raises(GuardFailed, match="already"):
        make_endpoint(key, url=receiver.url("/1"))


@pytest.fixture
def went_off(desk, nordic, numbered, receiver, subscribe) -> WebhookEndpoint:
    endpoint, _ = subscribe()
    type(nordic).objects.update(contact="night@nordic.invalid")
    desk.live("Secret headline")
    numbered()
    receiver.status = 410
    tell()
    return WebhookEndpoint.objects.get(pk=endpoint.pk)


def test_partner_and_chiefs_are_written_to_once(went_off, chief):
    chief.email = "chief@newsroom.invalid"
    chief.save()

    sent = [tell_of_switched_off() for _ in range(2)]

    (letter,) = mail.outbox
    assert sent == [1, 0]
    assert (letter.to, letter.bcc) == (["night@nordic.invalid"], ["chief@newsroom.invalid"])
    assert letter.subject == "[Newsroom] Webhooks switched off: Nordic Wire"
    assert went_off.url in letter.body
    assert f"/api/v1/webhooks/endpoints/{went_off.uuid}/enable" in letter.body
    assert "answered 410" in letter.body


def test_a_mail_that_is_refused_is_tried_again(went_off, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("newsroom.partners.webhooks.switching.EmailMessage.send", refuse)
        tell_of_disabled_webhooks()
    kept = WebhookEndpoint.objects.get().told_of_at
    tell_of_disabled_webhooks()

    assert (kept, len(mail.outbox)) == (None, 1)


def test_who_switched_it_off_themselves_is_not_written_to(subscribe, nordic):
    endpoint, _ = subscribe()
    type(nordic).objects.update(contact="night@nordic.invalid")
    disable(endpoint)

    assert tell_of_switched_off() == 0


def test_old_deliveries_are_forgotten_and_waiting_ones_are_not(desk, numbered, receiver, subscribe):
    endpoint, _ = subscribe()
    desk.live("Taken")
    numbered()
    tell()
    receiver.status = 500
    desk.live("Not taken")
    numbered()
    tell()
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        state="disabled", disabled_reason="partner", disabled_at=timezone.now()
    )

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sweep()

    assert list(WebhookDelivery.objects.values_list("state", flat=True)) == ["waiting"]
