"""A worker over Redis works on after Redis died, whatever it had in hand."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
import redis
from django.db import connection
from kombu import Connection, Queue
from kombu.message import Message

from articles import revisions
from articles.models import Article, TaggingRun
from newsroom import broker
from newsroom.celery import app
from newsroom.transports.redis import RedisChannel
from tests.services import CeleryWorker, RedisServer, wait_until


@pytest.fixture
def message_in_hand(killable_redis: RedisServer) -> Iterator[Message]:
    """The one message that its consumer may have in hand."""
    taken: list[Message] = []
    with Connection(killable_redis.url) as asked, asked.channel() as channel:
        channel.basic_qos(0, 1, False)
        queue = Queue("stories")
        asked.Producer(channel).publish({}, routing_key="stories", declare=[queue])
        with asked.Consumer([queue], channel=channel, on_message=taken.append):
            asked.drain_events(timeout=10)
            yield taken[0]


@pytest.mark.parametrize(
    "tell", [lambda message: message.ack(), lambda message: message.reject(), lambda message: message.requeue()]
)
def test_lost_word_costs_no_credit(
    killable_redis: RedisServer, message_in_hand: Message, tell: Callable[[Message], None]
) -> None:
    quality = message_in_hand.channel.qos
    assert not quality.can_consume()

    killable_redis.kill()
    with pytest.raises(redis.ConnectionError):
        tell(message_in_hand)

    assert quality.can_consume()


def test_word_that_is_heard_gives_one_credit_back(message_in_hand: Message) -> None:
    quality = message_in_hand.channel.qos

    message_in_hand.ack()

    assert quality.can_consume_max_estimate() == 1


@pytest.fixture
def stories(redis_server: str) -> Iterator[RedisChannel]:
    """A channel with an empty queue “stories”."""
    with Connection(redis_server) as asked, asked.channel() as channel:
        Queue("stories")(channel).declare()
        yield channel


def put(channel: RedisChannel, *, minutes_ago: int, priority: int = 0) -> None:
    sent_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    headers = {"sent_at": sent_at.isoformat()}
    channel.connection.client.Producer(channel).publish({}, routing_key="stories", headers=headers, priority=priority)


def minutes(age: timedelta | None) -> int:
    assert age is not None
    return round(age.total_seconds() / 60)


def test_age_of_oldest_is_that_of_who_is_next(stories: RedisChannel) -> None:
    assert stories.age_of_oldest("stories") == timedelta(0)
    put(stories, minutes_ago=20)
    put(stories, minutes_ago=5)

    assert minutes(stories.age_of_oldest("stories")) == 20
    stories.basic_get("stories")
    assert minutes(stories.age_of_oldest("stories")) == 5


def test_age_of_oldest_looks_at_each_priority(stories: RedisChannel) -> None:
    put(stories, minutes_ago=5)
    put(stories, minutes_ago=30, priority=9)

    assert minutes(stories.age_of_oldest("stories")) == 30


def test_age_of_oldest_is_unknown_where_a_message_does_not_say(stories: RedisChannel) -> None:
    """As one from before an upgrade."""
    stories.connection.client.Producer(stories).publish({}, routing_key="stories")

    assert stories.age_of_oldest("stories") is None


@pytest.mark.django_db(transaction=True)
def test_worker_works_on_after_redis_died_while_all_its_processes_worked(
    killable_redis: RedisServer, tmp_path: Path
) -> None:
    broker.purge(connection)
    stories = [revisions.create_article(by=None, headline=f"Talks {number}", body="<p>Talks.</p>") for number in "123"]
    broker.purge(connection)
    worker = CeleryWorker(tmp_path / "worker.log", CELERY_BROKER_URL=killable_redis.url).start()

    def send(revision_id: int) -> None:
        with app.connection_for_write(killable_redis.url, transport_options={}) as over_redis:
            app.send_task("articles.tag_revision", args=[revision_id], connection=over_redis)

    try:
        processes = psutil.Process(worker.process.pid).children()
        for process in processes:
            process.send_signal(signal.SIGSTOP)
        for story in stories[:2]:
            send(story.revision_id)
        client = redis.Redis.from_url(killable_redis.url)
        wait_until(lambda: client.hlen("unacked") == 2, what="both stories are in hand")
        client.close()

        killable_redis.kill()
        for process in processes:
            process.send_signal(signal.SIGCONT)
        wait_until(lambda: finished(stories[:2]), what="both are tagged")
        wait_until(lambda: "Couldn't ack" in worker.log.read_text(), what="nobody hears of it")
        killable_redis.start()
        send(stories[2].revision_id)

        wait_until(lambda: finished(stories[2:]), what="the next story is tagged")
    finally:
        worker.kill()


def finished(stories: list[Article]) -> bool:
    runs = TaggingRun.objects.filter(revision__article__in=stories, status=TaggingRun.Status.FINISHED)
    return runs.count() == len(stories)
