"""The worker is killed in the middle of tagging: every newest revision is tagged in the end, none twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app

from articles import sweeping
from articles.models import Mention, Tag, TaggingRun
from tests.services import wait_until

STORIES = 20
PARAGRAPH = "<p>Norway and Finland said they would “keep the northern route open all winter”.</p>"


def finished() -> int:
    return TaggingRun.objects.filter(status=TaggingRun.Status.FINISHED).count()


@pytest.mark.promise
@pytest.mark.timeout(280)
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(desk, norway, finland, celery_worker_process):
    articles = [desk.draft(f"Story {number}", body=PARAGRAPH * 400) for number in range(STORIES)]
    wait_until(lambda: finished() >= 3, what="the worker has tagged three stories", seconds=60)

    celery_worker_process.kill()
    at_death = finished()
    celery_worker_process.start()
    # What died with its message half done is found by the clock; the test need not wait for the lease.
    for revision_id in sweeping.untagged_revision_ids(grace=timedelta(0), lease=timedelta(0)):
        current_app.send_task("articles.tag_revision", args=[revision_id])
    wait_until(lambda: finished() == STORIES, what="every newest revision is tagged", seconds=150)

    assert at_death < STORIES
    assert TaggingRun.objects.count() == STORIES
    assert Tag.objects.count() == 2 * STORIES
    assert {article.quotes.count() for article in articles} == {400}
    mentions = Mention.objects.filter(field="body", tag__entity=norway)
    assert mentions.count() == 400 * STORIES
