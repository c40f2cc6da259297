"""Keys are known, counted and held to their allowance in one statement."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.partners.admission import Allowance, NotAdmitted, admit
from newsroom.partners.key_format import new_key
from newsroom.partners.keys import revoke_key
from newsroom.partners.models import ApiKey, DailyUsage, Partner
from tests.partners import client_of

NOON = datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_admit_knows_a_key_and_counts_in_one_statement(keys, nordic, about_norway, django_assert_num_queries):
    key, written = keys.make(products=[about_norway], per_minute=10, per_day=100)

    with time_machine.travel(NOON, tick=False):
        with django_assert_num_queries(2):
            first = admit(written)
        with django_assert_num_queries(1):
            bearer = admit(written)

    for known in (first, bearer):
        assert (known.key_id, known.partner_id, known.scopes) == (key.pk, nordic.pk, set(key.scopes))
        assert known.selection.products == (about_norway.filter,)
    assert (first.allowance.minute_left, first.allowance.day_left) == (9, 99)
    assert bearer.allowance.headers == {
        "RateLimit-Policy": '"minute";q=10;w=60, "day";q=100;w=86400',
        "RateLimit": '"minute";r=8;t=30, "day";r=98;t=43170',
    }


@pytest.mark.django_db
def test_admit_grants_as_much_as_a_minute_and_a_day_have(keys):
    _, written = keys.make(per_minute=2, per_day=5)
    granted = []

    for minute in range(4):
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            granted.append([admit(written).allowance.is_granted for _ in range(3)])
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        allowance = admit(written).allowance
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        tomorrow = admit(written).allowance.is_granted

    assert granted == [[True, True, False], [True, True, False], [True, False, False], [False, False, False]]
    assert allowance.wait == allowance.day_resets_in == 43170 - 180
    assert tomorrow
    assert list(DailyUsage.objects.values_list("requests", "refused")) == [(1, 0), (5, 8)]


@pytest.mark.django_db
def test_admit_tells_why_a_key_is_refused_and_counts_nothing(keys, nordic, chief):
    revoked, of_revoked = keys.make()
    revoke_key(revoked, by=chief, reason="Leaked.")
    _, expired = keys.make(expires_at=timezone.now() + timedelta(hours=1))
    closed_partner = Partner.objects.create(name="Closed", is_active=False)
    _, of_closed = keys.make(partner=closed_partner)
    said = []

    for written in (of_revoked, expired, of_closed, new_key()):
        with time_machine.travel(timezone.now() + timedelta(hours=2)), pytest.raises(NotAdmitted) as refusal:
            admit(written)
        said.append([word for word in ("revoked", "expired", "closed", "no such") if word in str(refusal.value)])

    assert said == [["revoked"], ["expired"], ["closed"], ["no such"]]
    assert not DailyUsage.objects.exists()


@pytest.mark.django_db
def test_a_key_that_has_asked_today_is_refused_once_it_may_not_ask(keys, chief):
    revoked, of_revoked = keys.make()
    _, expired = keys.make(expires_at=timezone.now() + timedelta(hours=1))
    closing = Partner.objects.create(name="Closing")
    _, of_closing = keys.make(partner=closing)
    for written in (of_revoked, expired, of_closing):
        admit(written)
    revoke_key(revoked, by=chief, reason="Leaked.")
    Partner.objects.filter(pk=closing.pk).update(is_active=False)

    for written, reason in ((of_revoked, "revoked"), (expired, "expired"), (of_closing, "closed")):
        with time_machine.travel(timezone.now() + timedelta(hours=2)), pytest.raises(NotAdmitted, match=reason):
            admit(written)

    assert list(DailyUsage.objects.values_list("requests", "refused")) == [(1, 0)] * 3


@pytest.mark.django_db
def test_right_prefix_with_a_wrong_secret_is_no_such_key(keys):
    key, written = keys.make()
    stranger = new_key()
    ApiKey.objects.filter(pk=key.pk)
    forged = type(written)(stranger.text, written.prefix)

    with pytest.raises(NotAdmitted, match="no such key"):
        admit(forged)

    assert not DailyUsage.objects.exists()


@pytest.mark.django_db
def test_last_use_is_written_once_a_minute(keys):
    key, written = keys.make()
    seen = []

    for seconds in (0, 10, 59, 60, 70):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            admit(written)
        seen.append(ApiKey.objects.get(pk=key.pk).last_used_at - NOON)

    assert [moment.total_seconds() for moment in seen] == [0, 0, 0, 60, 60]


@pytest.mark.django_db
def test_unchanged_and_empty_answers_are_free(keys, desk, numbered):
    desk.live()
    numbered()
    client = keys.client(per_minute=10)

    first = client.get("/api/v1/articles")
    unchanged = client.get("/api/v1/articles", headers={"If-None-Match": first["ETag"]})
    feed = client.get("/api/v1/changes")
    empty = client.get("/api/v1/changes", {"after": feed.json()["next_after"]})

    assert (unchanged.status_code, empty.json()["items"]) == (304, [])
    left = [answer["RateLimit"].partition(";t")[0] for answer in (first, unchanged, feed, empty)]
    assert left == ['"minute";r=9', '"minute";r=9', '"minute";r=8', '"minute";r=8']
    assert DailyUsage.objects.get().requests == 2


@pytest.mark.django_db
def test_what_is_held_already_is_answered_by_two_statements_and_counted_once_it_is_another(
    keys, desk, numbered, django_assert_num_queries
):
    desk.live()
    numbered()
    client = keys.client(per_minute=10)
    first = client.get("/api/v1/articles")

    with django_assert_num_queries(2):
        held = client.get("/api/v1/articles", headers={"If-None-Match": first["ETag"]})
    with django_assert_num_queries(3):
        other = client.get("/api/v1/articles", headers={"If-None-Match": '"of another time"'})
    nowhere = "/api/v1/articles/00000000-0000-4000-8000-000000000000"
    missing = client.get(nowhere, headers={"If-None-Match": first["ETag"]})

    assert (held.status_code, other.status_code, missing.status_code) == (304, 200, 404)
    left = [answer["RateLimit"].partition(";t")[0] for answer in (first, held, other, missing)]
    assert left == ['"minute";r=9', '"minute";r=9', '"minute";r=8', '"minute";r=7']
    assert DailyUsage.objects.values_list("requests", "minute_requests", "refused").get() == (3, 3, 0)


@pytest.mark.django_db
def test_first_request_of_a_day_that_is_not_counted_makes_a_row_of_none(keys):
    _, written = keys.make(per_minute=1)

    bearer = admit(written, is_counted=False)

    assert DailyUsage.objects.values_list("requests", "minute_requests").get() == (0, 0)
    assert (bearer.allowance.is_granted, bearer.allowance.minute_left) == (True, 0)


@pytest.mark.django_db
def test_of_two_that_are_charged_in_the_end_one_is_refused_where_one_is_left(keys):
    _, written = keys.make(per_minute=1)
    first, second = (admit(written, is_counted=False).allowance for _ in range(2))

    assert [first.charge(), second.charge()] == [True, False]
    assert DailyUsage.objects.values_list("requests", "refused").get() == (1, 1)


@pytest.mark.django_db
def test_answer_whose_request_others_took_meanwhile_is_refused(keys, desk, numbered, monkeypatch):
    desk.live()
    numbered()
    client = keys.client(per_minute=1)
    charge = Allowance.charge

    def late(allowance: Allowance) -> bool:
        charge(allowance)
        return charge(allowance)

    monkeypatch.setattr(Allowance, "charge", late)
    refused = client.get("/api/v1/articles", headers={"If-None-Match": '"of another time"'})

    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert int(refused["Retry-After"]) > 0
    assert refused["RateLimit"].startswith('"minute";r=0')


@pytest.mark.django_db
def test_who_asks_too_much_is_told_when_to_come_back(keys):
    client = keys.client(per_minute=1)

    with time_machine.travel(NOON, tick=False):
        client.get("/api/v1/countries")
        refused = client.get("/api/v1/countries")

    assert (refused.status_code, refused["Retry-After"]) == (429, "30")
    assert refused["RateLimit"].startswith('"minute";r=0;t=30')
    assert refused.json()["type"].endswith("/problems/too-many-requests")
    assert "1 times a minute" in refused.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("stories", [1, 3])
@pytest.mark.parametrize("address", ["articles", "changes", "quotes", "countries", "articles/{}"])
def test_key_and_throttle_add_one_statement(keys, desk, norway, numbered, address, stories):
    for number in range(stories):
        article = desk.live(f"Story {number}")
    numbered()
    client = keys.client()
    client.get("/api/v1/me")

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/api/v1/{address.format(article.uuid)}")

    assert (answer.status_code, len(asked)) == (200, 2)


@pytest.mark.django_db
def test_poll_tells_where_its_reader_stands(keys, desk, numbered):
    desk.live()
    desk.live("Another")
    numbered()
    client = keys.client()
    after = client.get("/api/v1/changes?limit=1").json()["next_after"]

    client.get("/api/v1/changes", {"after": after})
    client.get("/api/v1/changes", {"after": f"{'0' * 32}.0.2"})
    client.get("/api/v1/changes", {"after": after.rpartition(".")[0] + ".99"})

    assert DailyUsage.objects.get().sequence == 1


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_throttle_is_exact_under_32_parallel_clients(keys):
    _, written = keys.make(per_minute=50, per_day=50)
    statuses: list[int] = []
    together = threading.Barrier(32)

    def ask() -> None:
        client = client_of(written.text)
        together.wait()
        for _ in range(4):
            statuses.append(client.get("/api/v1/me").status_code)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (statuses.count(200), statuses.count(429)) == (50, 78)
    usage = DailyUsage.objects.get()
    assert (usage.requests, usage.refused) == (50, 78)
