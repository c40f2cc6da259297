"""One story from the first word to the public by the newsroom's own clock: written, submitted, approved and scheduled
in the editing page, published by a real beat and worker, while the board tells whether that clock runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Heartbeat, TaggingRun
from newsroom import processes
from newsroom.desk import beat_service
from newsroom.embedded import ROOT
from tests.browser.editing_page import edit, open_tab, save
from tests.services import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(280)]


@pytest.fixture
def beat(celery_worker_process, tmp_path: Path) -> Iterator[subprocess.Popen]:
    """Celery's beat as the desk runs it, whose messages a real worker takes."""
    with (tmp_path / "beat.log").open("w") as log:
        process = subprocess.Popen(
            beat_service().command, cwd=ROOT, env=dict(os.environ), stdout=log, stderr=log, start_new_session=True
        )
    yield process
    processes.kill_group(process.pid)
    process.wait()


def state() -> tuple[str, str]:
    return Article.objects.values_list("work_state", "pub_state").get()


def is_tagged() -> bool:
    newest = Article.objects.get().revision_id
    return TaggingRun.objects.filter(revision=newest, status=TaggingRun.Status.FINISHED).exists()


def test_story_goes_out_by_the_clock(signed_in, desk, journalist, editor, beat, client):
    page = signed_in(journalist, viewport={"width": 1440, "height": 1000})
    page.goto(reverse("admin:articles_article_add"))
    page.get_by_role("button", name="Begin writing").click()
    page.wait_for_selector(".is-ready .story")
    page.get_by_label("Headline").fill("Fleet sails at dawn")
    page.get_by_label("Standfirst").fill("It will be back before the ice.")
    page.locator(".story").click()
    page.keyboard.type("The fleet left the harbour at dawn.")
    open_tab(page, "About")
    page.get_by_label("Section").select_option(label="Sea")
    page.get_by_label("Ana Sample").check()
    save(page)
    wait_until(is_tagged, what="the worker has tagged the story", seconds=60)
    open_tab(page, "Desk")
    page.get_by_role("button", name="Submit for review", exact=True).click()
    wait_until(lambda: state() == ("in_review", "never"), what="the story is in review")

    article = Article.objects.get()
    page = edit(signed_in(editor, viewport={"width": 1440, "height": 1000}), article)
    page.get_by_role("button", name="Approve", exact=True).click()
    wait_until(lambda: state() == ("approved", "never"), what="the story is approved")
    page.get_by_role("link", name="Schedule and embargo …").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("At a time").check()
    dialog.get_by_role("button", name="In 1 hour").first.click()
    dialog.get_by_role("button", name="Set the schedule").click()
    expect(page.locator(".plan-line", has_text="Goes live")).to_be_visible()
    assert state() == ("approved", "scheduled")
    # The hour passes.
    Article.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    wait_until(lambda: state() == ("approved", "live"), what="the clock publishes the story", seconds=90)

    expect(page.locator("#panel .chip.is-public")).to_have_text("Live", timeout=60_000)
    newest = Article.objects.get()
    assert newest.transitions.first().by is None
    assert "Fleet sails at dawn" in client.get(newest.edition.get_absolute_url()).content.decode()


def test_board_turns_green_with_a_beat_and_red_without(signed_in, desk, editor, beat):
    page = signed_in(editor)
    wait_until(lambda: Heartbeat.last(Heartbeat.SWEEP) is not None, what="the clock makes a round", seconds=90)

    page.goto(reverse("admin:index"))
    expect(page.locator(".health.is-alive").first).to_be_visible()
    processes.kill_group(beat.pid)
    beat.wait()
    Heartbeat.objects.filter(name=Heartbeat.SWEEP).update(at=timezone.now() - timedelta(minutes=3))
    page.reload()

    expect(page.locator(".health.is-silent").first).to_be_visible()
