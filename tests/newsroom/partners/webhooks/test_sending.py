"""What endpoints are told, over real connections: signed, once, in order, and again until it was taken."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from articles import publishing, suggestions
from articles.models import Change, ChangeCounter
from newsroom.partners.keys import revoke_key, rotate_key
from newsroom.partners.models import Partner, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks import sending
from newsroom.partners.webhooks.dispatching import due_work, forget_ended_secrets, write_deliveries
from newsroom.partners.webhooks.endpoints import rotate_secret
from newsroom.partners.webhooks.leases import MOST_SENDERS_OF_UPSERTS, Lane, lease_of
from newsroom.partners.webhooks.redelivering import redeliver
from newsroom.partners.webhooks.retrying import ATTEMPTS
from newsroom.partners.webhooks.sending import send_due
from tests.partners import client_of
from tests.webhooks import Receiver, tell

pytestmark = pytest.mark.django_db


def after(**since):
    return time_machine.travel(timezone.now() + timedelta(**since), tick=True)


def tries(delivery: WebhookDelivery | None = None) -> list[tuple[int, int | None]]:
    own = WebhookAttempt.objects.filter(delivery=delivery) if delivery else WebhookAttempt.objects.all()
    return list(own.order_by("number").values_list("number", "status"))


def test_a_publication_is_told_signed_and_thin(desk, numbered, receiver, subscribe, settings):
    _, secret = subscribe()
    article = desk.live()
    numbered()

    tell()

    (received,) = receiver.received
    change = article.changes.get()
    assert received.verified_by(secret) == {
        "type": "article.upsert",
        "timestamp": change.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": {
            "sequence": change.sequence,
            "previous_sequence": change.sequence - 1 or None,
            "object_id": str(article.uuid),
            "version": 1,
            "action": "upsert",
            "reason": None,
            "must_purge": False,
            "url": f"{settings.SITE_URL}/news/{article.published_at:%Y/%m}/fleet-returns-to-port/",
        },
    }
    assert "Fleet" not in received.body.decode()
    with pytest.raises(WebhookVerificationError):
        received.verified_by("whsec_b3RoZXIgc2VjcmV0IG9mIG90aGVycw==")


def test_messages_come_in_order_each_once_however_often_it_is_looked(desk, numbered, receiver, subscribe):
    subscribe()
    for number in range(3):
        desk.live(f"Story {number}")
    numbered()

    for _ in range(3):
        tell()

    assert receiver.sequences == [1, 2, 3]
    assert len({received.id for received in receiver.received}) == 3
    assert [received.data["previous_sequence"] for received in receiver.received] == [None, 1, 2]


def test_a_new_endpoint_is_told_of_what_comes_after_it(desk, numbered, receiver, subscribe):
    desk.live("Before")
    numbered()
    endpoint, _ = subscribe()
    desk.live("After")
    numbered()

    tell()

    assert (endpoint.sequence, receiver.sequences) == (1, [2])


def test_removals_of_every_kind_are_what_the_feed_says(desk, keys, about_norway, norway, numbered, receiver, subscribe):
    """Kill, withdrawal, out of the product, no longer to be passed on: the same as /changes, item by item."""
    key, written = keys.make(products=[about_norway])
    subscribe(key=key)
    stories = []
    for number in range(4):
        article = desk.approved(f"Story {number}")
        tag = suggestions.add_tag(article, norway, by=desk.editor, role="about")
        publishing.publish(article, by=desk.editor)
        stories.append((article, tag))
    desk.live("Never in the product")
    desk.kill(desk.fresh(stories[0][0]))
    publishing.withdraw(desk.fresh(stories[1][0]), by=desk.editor, reason="Too early.")
    suggestions.reject(stories[2][1], by=desk.editor)
    desk.save(desk.fresh(stories[2][0]), standfirst="Another.")
    publishing.publish_minor_update(desk.fresh(stories[2][0]), by=desk.editor)
    sealed = desk.save(desk.fresh(stories[3][0]), may_syndicate=False)
    publishing.publish_minor_update(desk.fresh(sealed), by=desk.editor)
    numbered()

    tell()

    items = client_of(written.text).get("/api/v1/changes").json()["items"]
    told = {received.data["sequence"]: received.data for received in receiver.received}
    names = ("sequence", "previous_sequence", "object_id", "version", "action", "reason", "must_purge", "url")
    assert [told[item["sequence"]] for item in items] == [{name: item[name] for name in names} for item in items]
    assert {item["reason"] for item in items} == {None, "killed", "withdrawn", "left_scope", "not_syndicated"}
    assert len(told) == len(items) == len(receiver.received)
    assert {received.message["type"] for received in receiver.received} == {"article.upsert", "article.remove"}


def test_removals_do_not_wait_behind_stories(desk, numbered, receiver, subscribe):
    endpoint, _ = subscribe()
    for number in range(3):
        desk.live(f"Story {number}")
    desk.killed("Killed")
    numbered()
    write_deliveries()

    send_due(endpoint.pk, Lane.REMOVALS)
    removals = [received.message["type"] for received in receiver.received]
    work = due_work()

    assert removals == ["article.remove"]
    assert work == [("partners.send_webhook_upserts", endpoint.pk)]


def test_a_killed_story_is_no_longer_told_by_its_address(desk, numbered, receiver, subscribe):
    """Also not by a message about its publication that comes late."""
    subscribe()
    desk.kill(desk.live("Secret headline"))
    numbered()

    tell()

    assert len(receiver.received) == 2
    assert not any(b"secret-headline" in received.body for received in receiver.received)


def test_a_message_that_was_not_taken_comes_again_with_its_id(desk, numbered, receiver, subscribe):
    subscribe()
    desk.live()
    numbered()
    receiver.status = 500
    tell()
    delivery = WebhookDelivery.objects.get()
    waits = delivery.next_attempt_at - timezone.now()

    tell()
    receiver.status = 204
    with after(seconds=6):
        tell()

    first, second = receiver.received
    assert timedelta(seconds=3) < waits < timedelta(seconds=6)
    assert (first.id, first.body) == (second.id, second.body)
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert second.headers["webhook-signature"] != first.headers["webhook-signature"]
    assert (tries(), WebhookDelivery.objects.get().state) == ([(1, 500), (2, 204)], "delivered")
    assert WebhookEndpoint.objects.get().failing_since is None


def test_a_message_is_given_up_after_its_last_attempt(desk, numbered, receiver, subscribe, settings):
    settings.WEBHOOK_RETRY_SCALE = 0
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    receiver.status = 500

    tell()

    delivery = WebhookDelivery.objects.get()
    assert (len(receiver.received), delivery.state, delivery.next_attempt_at) == (ATTEMPTS, "failed", None)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.failures, endpoint.last_error) == ("active", ATTEMPTS, "It answered 500.")


@pytest.mark.parametrize(("status", "header", "least"), [(429, "600", 590), (503, "86400", 3_590), (500, "600", 0)])
def test_retry_after_is_honoured_up_to_an_hour(desk, numbered, receiver, subscribe, status, header, least):
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    receiver.status, receiver.headers = status, {"Retry-After": header}

    tell()

    waits = (WebhookDelivery.objects.get().next_attempt_at - timezone.now()).total_seconds()
    endpoint.refresh_from_db()
    assert least <= waits <= least + 20
    assert (endpoint.paused_until is not None) == bool(least)


def test_an_endpoint_that_fails_again_and_again_is_asked_with_one_message(desk, numbered, receiver, subscribe):
    subscribe()
    for number in range(9):
        desk.live(f"Story {number}")
    numbered()
    receiver.status = 500

    tell()
    first = len(receiver.received)
    with after(seconds=8):
        tell()

    assert (first, len(receiver.received)) == (3, 4)


def test_gone_switches_off_at_once(desk, numbered, receiver, subscribe):
    subscribe()
    desk.live("One")
    desk.live("Two")
    numbered()
    receiver.status = 410

    tell()

    endpoint = WebhookEndpoint.objects.get()
    assert (len(receiver.received), endpoint.state, endpoint.disabled_reason) == (1, "disabled", "gone")


def test_five_days_of_failures_switch_off(desk, numbered, receiver, subscribe):
    subscribe()
    desk.live("One")
    desk.live("Two")
    numbered()
    receiver.status = 500
    states = []
    for days in (0, 4.9, 5.1):
        with after(days=days):
            tell()
            states.append(WebhookEndpoint.objects.get().state)

    assert states == ["active", "active", "disabled"]
    assert WebhookEndpoint.objects.get().disabled_reason == "failing"


def test_a_success_in_between_begins_the_five_days_anew(desk, numbered, receiver, subscribe):
    subscribe()
    for number in range(4):
        desk.live(f"Story {number}")
    numbered()
    write_deliveries()
    for days, status in ((0, 500), (4.9, 204), (5.2, 500), (9, 500)):
        receiver.status = status
        with after(days=days):
            redeliver(WebhookDelivery.objects.order_by("id")[0])
            tell()

    assert WebhookEndpoint.objects.get().state == "active"


@pytest.mark.parametrize("ending", ["revoked", "closed", "expired", "without scope", "disabled"])
def test_nothing_is_told_any_more_once_the_key_ends(desk, nordic, numbered, receiver, subscribe, chief, ending):
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    write_deliveries()
    if ending == "revoked":
        revoke_key(endpoint.key, by=chief, reason="Left.")
    elif ending == "closed":
        Partner.objects.update(is_active=False)
    elif ending == "expired":
        type(endpoint.key).objects.update(expires_at=timezone.now())
    elif ending == "disabled":
        WebhookEndpoint.objects.update(state="disabled", disabled_reason="partner", disabled_at=timezone.now())
    else:
        type(endpoint.key).objects.update(scopes=["read"])
    desk.kill(desk.live("Another"))
    numbered()

    tell()

    assert (receiver.received, due_work(), WebhookDelivery.objects.count()) == ([], [], 1)


def test_a_partner_that_is_opened_again_is_told_what_it_missed(desk, numbered, receiver, subscribe):
    subscribe()
    Partner.objects.update(is_active=False)
    desk.live()
    numbered()
    tell()
    Partner.objects.update(is_active=True)

    tell()

    assert receiver.sequences == [1]


def test_a_rotated_key_hands_its_endpoints_on(desk, numbered, receiver, subscribe, chief):
    endpoint, _ = subscribe()
    successor, _ = rotate_key(endpoint.key, by=chief, overlap=timedelta(0))
    desk.live()
    numbered()

    tell()

    assert (WebhookEndpoint.objects.get().key, receiver.sequences) == (successor, [1])


def test_two_secrets_sign_for_a_day(desk, numbered, receiver, subscribe):
    endpoint, old = subscribe()
    _, new = rotate_secret(endpoint)
    desk.live("One")
    numbered()
    tell()
    desk.live("Two")
    numbered()
    with after(hours=25):
        tell()
        second = receiver.received[1]
        assert second.verified_by(new)
        with pytest.raises(WebhookVerificationError):
            second.verified_by(old)

    first = receiver.received[0]
    assert first.verified_by(old) == first.verified_by(new)


def test_a_secret_that_no_longer_signs_is_forgotten(subscribe):
    endpoint, _ = subscribe()
    rotate_secret(endpoint)
    with after(hours=23):
        kept = forget_ended_secrets()
    with after(hours=25):
        forgotten = forget_ended_secrets()

    assert (kept, forgotten, WebhookEndpoint.objects.get().previous_secret) == (0, 1, "")


def test_changed_products_ask_to_begin_again_and_tell_nothing_of_before(
    desk, keys, about_norway, norway, numbered, receiver, subscribe
):
    key, _ = keys.make()
    subscribe(key=key)
    desk.live("Told to who has everything")
    numbered()
    write_deliveries()
    key.products.add(about_norway)
    desk.live("Not about Norway")
    numbered()

    tell()

    assert [received.message["type"] for received in receiver.received] == ["feed.resync_required"]
    assert receiver.received[0].data == {"reason": "products_changed"}
    assert WebhookEndpoint.objects.get().sequence == 2


def test_a_restored_backup_asks_to_begin_again(desk, numbered, receiver, subscribe):
    subscribe()
    desk.live()
    numbered()
    ChangeCounter.objects.update(epoch="00000000-0000-0000-0000-000000000001")

    tell()

    assert [received.data for received in receiver.received] == [{"reason": "log_restored"}]


def test_an_answer_that_comes_when_the_endpoint_was_deleted_harms_nothing(desk, numbered, receiver, subscribe):
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    write_deliveries()
    delivery = sending._claim(endpoint.pk, Lane.UPSERTS)
    endpoint.delete()
    sending.note(delivery, sending.Answer(204, 1))

    assert not WebhookAttempt.objects.exists()


def test_a_killed_sender_leaves_its_message_to_the_next(desk, numbered, receiver, subscribe):
    """Killed after it was sent and before that was written down: it comes again, under the same id."""
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    write_deliveries()
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(sending, "note", lambda *args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            send_due(endpoint.pk, Lane.UPSERTS)
    tell()
    within_the_lease = len(receiver.received)

    with after(seconds=31):
        tell()

    assert (within_the_lease, len(receiver.received), len({received.id for received in receiver.received})) == (1, 2, 1)
    assert tries() == [(2, 204)]


def test_a_late_failure_does_not_undo_a_later_success(desk, numbered, receiver, subscribe):
    """The lease ended, another sent it and it was taken: what the first then says changes nothing."""
    endpoint, _ = subscribe()
    desk.live()
    numbered()
    write_deliveries()
    slow = sending._claim(endpoint.pk, Lane.UPSERTS)
    with after(seconds=31):
        quick = sending._claim(endpoint.pk, Lane.UPSERTS)
        sending.note(quick, sending.Answer(204, 1))
        sending.note(slow, sending.Answer(None, 1, "It did not answer in time."))

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.next_attempt_at, tries()) == ("delivered", None, [(1, None), (2, 204)])


def test_only_a_few_send_stories_at_once_and_one_to_each_endpoint(subscribe):
    endpoints = [subscribe(f"/{number}")[0] for number in range(MOST_SENDERS_OF_UPSERTS + 1)]
    *first, last = endpoints
    leases = [lease_of(endpoint.pk, Lane.UPSERTS) for endpoint in first]
    taken = [lease.__enter__() for lease in leases]

    again = lease_of(last.pk, Lane.REMOVALS)
    with lease_of(last.pk, Lane.UPSERTS) as one_more, lease_of(last.pk, Lane.REMOVALS) as removals, again as twice:
        assert (set(taken), one_more, removals, twice) == ({True}, False, True, False)
    leases[0].__exit__(None, None, None)
    with lease_of(last.pk, Lane.UPSERTS) as free_again, lease_of(first[1].pk, Lane.UPSERTS) as still_taken:
        assert (free_again, still_taken) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_senders_and_dispatchers_at_the_same_time_send_each_message_once(desk, receiver, subscribe):
    endpoint, _ = subscribe()
    other, _ = subscribe("/other")
    stories = [desk.live(f"Story {number}") for number in range(12)]
    for story in stories[:4]:
        desk.kill(desk.fresh(story))
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(6):
                tell(endpoint, other)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell(endpoint, other)

    sent = [(received.headers["webhook-id"], received.data["sequence"]) for received in receiver.received]
    assert (errors, len(sent), len(set(sent))) == ([], 32, 32)
    assert WebhookDelivery.objects.filter(state="delivered").count() == 32


@pytest.mark.django_db(transaction=True)
def test_slow_endpoints_delay_no_removal_to_others(desk, subscribe, receiver):
    """Four endpoints hold every sender of stories; a kill goes out to the fifth meanwhile."""
    slow = Receiver(seconds=3)
    slow_ones = [subscribe(f"/{number}", at=slow)[0] for number in range(MOST_SENDERS_OF_UPSERTS)]
    quick, _ = subscribe("/quick")
    article = desk.live()
    write_deliveries()
    send_due(quick.pk, Lane.UPSERTS)

    def hold(pk: int) -> None:
        send_due(pk, Lane.UPSERTS)
        connections.close_all()

    threads = [threading.Thread(target=hold, args=[endpoint.pk]) for endpoint in slow_ones]
    for thread in threads:
        thread.start()
    while len(slow.received) < MOST_SENDERS_OF_UPSERTS:
        time.sleep(0.02)
    desk.kill(article)
    begun = time.monotonic()
    write_deliveries()
    send_due(quick.pk, Lane.REMOVALS)
    took = time.monotonic() - begun
    for thread in threads:
        thread.join()
    slow.close()

    assert receiver.received[-1].data["reason"] == "killed"
    assert took < 1.5


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_a_backlog_of_ten_thousand_stories_delays_no_removal(desk, subscribe, receiver):
    endpoint, _ = subscribe()
    article = desk.live()
    tell()
    first = article.changes.get()
    of_article = {"article": article, "kind": "refresh", "action": "upsert", "facts_after": first.facts_after}
    Change.objects.bulk_create([Change(version=2 + number, **of_article) for number in range(10_000)])
    write_deliveries()
    desk.kill(desk.fresh(article))

    begun = time.monotonic()
    write_deliveries()
    send_due(endpoint.pk, Lane.REMOVALS)
    took = time.monotonic() - begun

    assert [received.data["reason"] for received in receiver.received] == [None, "killed"]
    assert WebhookDelivery.objects.filter(state="waiting").count() == 10_000
    assert took < 5


def test_dispatch_costs_the_same_for_one_and_three_changes(
    desk, numbered, subscribe, django_assert_num_queries, about_norway
):
    subscribe(products=[about_norway])
    for rows in (1, 3):
        for number in range(rows):
            desk.live(f"Story {rows} {number}")
        numbered()
        with django_assert_num_queries(10):
            write_deliveries()


def test_a_round_without_news_costs_the_same_for_one_endpoint_and_three(
    desk, numbered, subscribe, keys, django_assert_num_queries
):
    key, _ = keys.make()
    desk.live()
    numbered()
    for number in range(3):
        subscribe(f"/{number}", key=key)
        if number != 1:
            with django_assert_num_queries(6):
                assert write_deliveries() == 0
                assert due_work() == []
