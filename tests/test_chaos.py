"""The judges of the desk under fire: each must see the fault that it is there for. No server, nobody is killed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Change, ChangeCounter, Image, Representation, Sitting, TaggingRun, Transition
from newsroom.partners.models import WebhookEndpoint
from tests.chaos import judging
from tests.chaos.bars import BARS
from tests.chaos.browsing import form_on
from tests.chaos.killing import Killer
from tests.chaos.ledger import Ledger
from tests.chaos.listening import Endpoint
from tests.chaos.memory import grown
from tests.chaos.quiet import stuck_locks

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def numbered() -> None:
    """Give changes their numbers now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_bars_have_one_name_each() -> None:
    assert len({bar.name for bar in BARS}) == len(BARS)


def test_saves_lost_finds_words_that_no_revision_of_the_story_holds(desk) -> None:
    kept = desk.draft(body="<p>The log says mark1x1x.</p>")
    other = desk.draft("Another", body="<p>The log says mark1x2x.</p>")
    ledger = Ledger(saves=[(kept.pk, "mark1x1x"), (kept.pk, "mark1x2x"), (other.pk, "mark1x3x")])

    assert list(judging.saves_lost(ledger)) == [
        f"story {kept.pk}: mark1x2x is lost",
        f"story {other.pk}: mark1x3x is lost",
    ]


def test_sittings_left_finds_saved_words_that_are_offered_again(desk, journalist) -> None:
    article = desk.draft()
    row = {"article": article, "user": journalist, "fields": {}, "base_version": 1, "kept_at": timezone.now()}
    Sitting.objects.create(tab="tab-mark1x1x", **row)
    Sitting.objects.create(tab="tab-mark1x2x", **row)

    assert list(judging.sittings_left(Ledger(saves=[(article.pk, "mark1x1x")]))) == [
        f"story {article.pk}: the words of tab-mark1x1x are offered as unsaved"
    ]


def test_verbs_lost_finds_what_did_not_happen(desk) -> None:
    live, draft = desk.live("Live"), desk.draft("Draft")
    done = Ledger(published=[live.pk])
    lost = Ledger(published=[draft.pk], corrected=[(live.pk, "We were wrong.")], killed=[live.pk])

    assert list(judging.verbs_lost(done)) == []
    assert list(judging.verbs_lost(lost)) == [
        f"story {draft.pk} was not published",
        f"story {live.pk}: 0 notices “We were wrong.”",
        f"story {live.pk} was not killed",
    ]


def test_imports_wrong_finds_the_lost_and_the_doubled(desk) -> None:
    body = "<p>The log says mark1x1x.</p>"
    first, second = desk.draft(body=body), desk.draft(body=body)
    for number, article in enumerate((first, second)):
        type(article).objects.filter(pk=article.pk).update(import_fingerprint=str(number))
    ledger = Ledger(imports=[(first.pk, "mark1x1x"), (9, "mark1x9x")])

    assert list(judging.imports_wrong(ledger, ["archive-1"])) == [
        "text mark1x1x is there 2 times",
        "text mark1x9x is there 0 times",
        "archive-1 is there 0 times",
    ]


@pytest.mark.parametrize("status", [None, TaggingRun.Status.RUNNING, TaggingRun.Status.FAILED])
def test_untagged_finds_all_but_the_finished(desk, status) -> None:
    article = desk.draft()
    if status:
        TaggingRun.objects.create(revision=article.revision, status=status, started_at=timezone.now())

    assert list(judging.untagged()) == [f"story {article.pk} is not tagged"]


def test_schedules_missed_and_early_are_found(desk) -> None:
    missed, early = desk.scheduled("Missed"), desk.scheduled("Early")
    Transition.objects.create(article=early, verb="publish_due", pub_from="scheduled", pub_to="live")
    later = timezone.now() + timedelta(hours=1)

    told = list(judging.schedules_missed(Ledger(scheduled=[(missed.pk, LONG_AGO), (early.pk, later)])))

    assert [line.split(" was due")[0] for line in told] == [f"story {missed.pk}", f"story {early.pk}"]
    assert list(judging.schedules_missed(Ledger(scheduled=[(early.pk, LONG_AGO)]))) == []
    assert judging.lateness(Ledger(scheduled=[(missed.pk, LONG_AGO)])) == []


def test_published_twice_is_found(desk) -> None:
    article = desk.live()
    assert list(judging.published_twice()) == []

    Change.objects.create(article=article, kind=Change.Kind.PUBLISH, action="upsert", version=2)

    assert list(judging.published_twice()) == [f"story {article.pk} was published 2 times"]


def test_log_gaps_finds_a_missing_number_and_a_version_that_falls(desk) -> None:
    article = desk.live()
    numbered()
    assert list(judging.log_gaps()) == []

    ChangeCounter.objects.update(sequence=2)
    Change.objects.create(article=article, kind=Change.Kind.UPDATE, action="upsert", version=1)

    assert list(judging.log_gaps()) == [
        "2 changes up to 3, without [2]",
        f"3: story {article.pk} has version 1 after 1",
    ]


def test_feed_differences_are_told_of_each_side(desk) -> None:
    article = desk.live()
    numbered()
    item = {"sequence": 1, "object_id": str(article.uuid), "version": 1, "action": "upsert"}

    assert list(judging.feed_differences([item])) == []
    assert len(list(judging.feed_differences([]))) == 1
    assert len(list(judging.feed_differences([item | {"version": 2}]))) == 2
    assert list(judging.feed_differences([item, item])) == ["the feed was read out of order, or twice"]


def test_stale_documents_are_found(desk) -> None:
    article, gone = desk.live("Live"), desk.live("Gone")
    assert list(judging.stale_documents()) == []

    Representation.objects.filter(pk=article.pk).update(json=b"{}")
    Representation.objects.filter(pk=gone.pk).update(status="withdrawn", edition=None)

    assert list(judging.stale_documents()) == [
        f"the document of story {article.pk} is stale",
        f"story {gone.pk} is live, or shown, but not both",
    ]


def test_webhooks_missed_are_those_after_the_beginning(desk) -> None:
    for number in range(3):
        desk.live(f"Story {number}")
    numbered()

    assert list(judging.webhooks_missed({3}, after=1)) == ["the endpoint was not told of 2"]


def test_pictures_without_their_file_are_found(db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = Image.objects.create(file=SimpleUploadedFile("pixel.gif", PIXEL), alt="A ship")
    assert list(judging.pictures_lost(Ledger(pictures=[image.pk]))) == []

    image.file.storage.delete(image.file.name)

    assert list(judging.pictures_lost(Ledger(pictures=[image.pk, 0]))) == [
        "picture 0 is gone",
        f"picture {image.pk} has no file",
    ]


def test_stuck_locks_finds_a_lease_that_holds(subscribe) -> None:
    endpoint, _ = subscribe()
    assert list(stuck_locks()) == []

    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(upserts_leased_until=timezone.now() + timedelta(hours=1))

    assert list(stuck_locks()) == ["upserts_leased_until holds at 1 endpoints"]


def test_endpoint_hears_no_message_that_it_cannot_verify() -> None:
    endpoint = Endpoint(seed=1)
    endpoint.server.server_close()
    endpoint.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}

    status, _ = endpoint.take(headers, b'{"type": "article.upsert", "data": {"sequence": 1}}')

    assert (status, endpoint.heard, len(endpoint.refused)) == (401, set(), 1)


def test_memory_that_grows_is_told_in_percent() -> None:
    assert grown([100, 100, 110, 120, 150, 150]) == 50


def test_form_on_a_page_is_what_a_browser_sends() -> None:
    page = LexborHTMLParser(
        '<form id="article-form"><input name="lock_version" value="3"><textarea name="body"><p>A</textarea></form>'
        '<select name="section" form="article-form"><option value="">-</option><option value="2" selected></select>'
        '<input type="checkbox" name="authors" value="1" form="article-form" checked>'
        '<input type="checkbox" name="authors" value="2" form="article-form"><input name="elsewhere" value="x">'
    )

    assert form_on(page) == {"lock_version": ["3"], "body": ["<p>A"], "section": ["2"], "authors": ["1"]}


class Nobody:
    """A stage where nothing runs."""

    broker = "pgmq"


def test_the_same_seed_plans_the_same_kills() -> None:
    plans: list[Any] = [Killer(Nobody(), seed=7).dice.sample(range(1000), 5) for _ in range(2)]  # type: ignore[arg-type]

    assert plans[0] == plans[1] != random.Random("8 killer").sample(range(1000), 5)
