"""/metrics tells the truth of the database, and takes as many queries for three stories as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles import proposing
from articles.models import Article, Heartbeat, TaggingRun
from newsroom import broker, metrics
from newsroom.partners.models import WebhookDelivery
from newsroom.partners.webhooks.signing import new_webhook_id
from newsroom.wire.models import WireItem, WireSource

pytestmark = pytest.mark.django_db


def read() -> dict[str, float]:
    """Every sample, by its name with its label."""
    text = Client().get("/metrics").content.decode()
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def labelled(told: dict[str, float], name: str) -> dict[str, float]:
    """What one metric says, by its label."""
    found = (sample.partition(" ") for sample in told)
    return {label: told[f"{name} {label}"] for sample, _, label in found if sample == name}


def test_metrics_of_an_empty_desk_are_all_zero_and_whole():
    told = read()

    assert [name for name in told if name.startswith("newsroom_scrape_errors") and told[name]] == []
    assert told["newsroom_changes_total"] == 0
    assert told["newsroom_untagged_revisions"] == 0
    assert told["newsroom_schedules_overdue publish"] == 0
    assert told["newsroom_database_bytes"] > 1_000_000
    assert "newsroom_sweep_age_seconds" not in told


def test_metrics_count_what_the_tagger_has_not_read(desk):
    first, second, _ = (desk.draft(f"Story {number}") for number in range(3))
    proposing.suggest(first.revision_id)
    TaggingRun.objects.create(
        revision=second.revision, status="failed", failures=5, started_at=timezone.now(), error="broken"
    )

    told = read()

    assert told["newsroom_untagged_revisions"] == 1
    assert 0 < told["newsroom_untagged_oldest_seconds"] < 60
    assert told["newsroom_tagging_given_up"] == 1
    assert told["newsroom_tagged_revisions_last_hour"] == 1


def test_metrics_measure_from_save_to_finished_run(desk):
    for number, seconds in enumerate((1, 2, 30)):
        revision = desk.draft(f"Story {number}").revision
        TaggingRun.objects.create(
            revision=revision,
            status="finished",
            started_at=revision.created_at,
            finished_at=revision.created_at + timedelta(seconds=seconds),
        )

    told = read()

    assert told["newsroom_tagging_latency_seconds 0.5"] == pytest.approx(2)
    assert told["newsroom_tagging_latency_seconds 1"] == pytest.approx(30)


def test_metrics_leave_out_the_latency_of_old_stories_that_are_read_again(desk, monkeypatch):
    revision = desk.draft().revision
    now = timezone.now() + timedelta(hours=3)
    TaggingRun.objects.create(revision=revision, status="finished", started_at=now, finished_at=now)
    monkeypatch.setattr(metrics, "_TAGGED", metrics._TAGGED.replace("now()", "(now() + interval '3 hours')"))

    assert read()["newsroom_tagged_revisions_last_hour"] == 0


def test_metrics_say_which_schedule_is_late(desk):
    late, due = desk.scheduled("Late"), desk.scheduled("Not yet")
    Article.objects.filter(pk=late.pk).update(publish_at=timezone.now() - timedelta(seconds=90))

    told = read()

    assert told["newsroom_schedules_overdue publish"] == 1
    assert told["newsroom_schedule_lateness_seconds publish"] == pytest.approx(90, abs=10)
    assert told["newsroom_schedules_overdue withdraw"] == 0
    assert due.publish_at > timezone.now()


def test_metrics_say_what_waits_for_partners(subscribe):
    endpoint, _ = subscribe()

    def message(**columns):
        endpoint.deliveries.create(webhook_id=new_webhook_id(), type="endpoint.test", is_fast=False, **columns)

    now = timezone.now()
    message(state="waiting", next_attempt_at=now)
    message(state="failed")
    message(state="delivered", delivered_at=now + timedelta(seconds=5))
    WebhookDelivery.objects.filter(state="waiting").update(created_at=now - timedelta(minutes=10))

    told = read()

    assert told["newsroom_webhook_waiting stories"] == 1
    assert told["newsroom_webhook_waiting removals"] == 0
    assert told["newsroom_webhook_waiting_oldest_seconds stories"] == pytest.approx(600, abs=10)
    assert told["newsroom_webhook_ended_last_hour failed"] == 1
    assert told["newsroom_webhook_slowest_delivery_seconds"] == pytest.approx(5, abs=1)
    assert sum(told[f"newsroom_webhook_endpoints {state}"] for state in ("pending", "active", "disabled")) == 1


def test_metrics_count_kills_that_a_partner_has_not_confirmed(desk, keys, numbered):
    keys.make()
    desk.killed()
    numbered()

    told = read()

    assert told["newsroom_kills_unacknowledged"] == 1
    assert told["newsroom_kills_late"] == 0
    assert told["newsroom_changes_total"] == 2


def test_metrics_tell_the_clocks_age():
    Heartbeat.objects.create(name=Heartbeat.SWEEP, at=timezone.now() - timedelta(seconds=300))

    assert read()["newsroom_sweep_age_seconds"] == pytest.approx(300, abs=10)


def test_metrics_count_messages_of_each_queue():
    broker.purge(connection)
    with connection.cursor() as cursor:
        for queue in broker.QUEUES:
            cursor.execute("SELECT pgmq.send(%s, '{}')", [queue])
        cursor.execute("SELECT pgmq.send('clock', '{}')")
        cursor.execute("UPDATE pgmq.q_clock SET enqueued_at = enqueued_at - interval '10 minutes'")

    told = read()

    lengths, ages = (labelled(told, f"newsroom_queue_{what}") for what in ("messages", "oldest_seconds"))
    assert lengths == {"default": 1, "clock": 2, "removals": 1, "webhooks": 1}
    assert ages.keys() == set(broker.QUEUES)
    assert ages.pop("clock") == pytest.approx(600, abs=30)
    assert max(ages.values()) < 30
    assert told["newsroom_broker_up"] == 1


def test_metrics_say_which_group_cannot_be_read_and_go_on(monkeypatch):
    monkeypatch.setattr(metrics, "_SCHEDULES", "SELECT broken FROM nowhere")

    told = read()

    assert told["newsroom_scrape_errors schedules"] == 1
    assert told["newsroom_scrape_errors tagging"] == 0
    assert "newsroom_changes_total" in told


@pytest.mark.parametrize("stories", [1, 3])
def test_metrics_take_as_many_queries_for_any_number_of_stories(desk, keys, numbered, stories):
    keys.make()
    for number in range(stories):
        desk.killed(f"Killed {number}")
        desk.draft(f"Draft {number}")
    numbered()
    read()

    with CaptureQueriesContext(
        connection,
    ) as captured:
        read()

    asked = [query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 18


def test_metrics_say_how_long_a_source_of_the_wire_has_been_silent(declare):
    heard, silent = (
        declare("Heard", last_success_at=timezone.now() - timedelta(minutes=5)),
        declare("Silent", failures=0),
    )
    declare("Off", is_enabled=False)
    WireSource.objects.filter(pk=silent.pk).update(
        created_at=timezone.now() - timedelta(hours=2),
        failures=12,
        failing_since=timezone.now(),
        paused_at=timezone.now(),
    )
    WireItem.objects.create(source=heard, guid="1", state="killed", killed_at=timezone.now())

    told = read()

    ages = {name: told[f"newsroom_wire_source_age_seconds {name}"] for name in ("Heard", "Silent")}
    assert {name: round(age / 60) for name, age in ages.items()} == {"Heard": 5, "Silent": 120}
    assert "newsroom_wire_source_age_seconds Off" not in told
    assert (told["newsroom_wire_source_failures Silent"], told["newsroom_wire_sources_paused"]) == (12, 1)
    assert told["newsroom_wire_kills_open"] == 1
