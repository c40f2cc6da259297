"""The drill: a desk at work is backed up, and stands up again from nothing but the backup."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.test import Client
from PIL import Image as Picture

from articles import publishing, suggestions
from articles.models import Article, Change, ChangeCounter, Image, PublicAddress, TaggingRun
from newsroom.backups import making
from newsroom.backups.making import make_backup
from newsroom.embedded import ROOT
from tests.backups import content_of, files_under, manage
from tests.newsroom.test_mirror import Reader, shown
from tests.partners import client_of
from tests.services import CeleryWorker, wait_until

pytestmark = [pytest.mark.promise, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
QUOTED = "return to port by Friday"
# What a restore changes on purpose: a new epoch, and what a worker or the clock wrote since.
CHANGED = {"articles_changecounter"}


@pytest.fixture
def image(settings, tmp_path: Path) -> Image:
    settings.MEDIA_ROOT = tmp_path / "media"
    content = io.BytesIO()
    Picture.new("RGB", (16, 9), "navy").save(content, "PNG")
    return Image.objects.create(file=ContentFile(content.getvalue(), name="ship.png"), alt="A ship", credit="Newsroom")


@pytest.fixture
def filled(desk, image, norway) -> dict[str, Article]:
    """Stories of each fate, with a quotation, tags and a picture, and one that no worker has read."""
    quoted = desk.approved("The minister speaks", image=image)
    start = quoted.revision.text.index(QUOTED)
    end = start + len(QUOTED)
    suggestions.add_quote(
        quoted, start=start, end=end, by=desk.editor, speaker_name="Ingrid Sample", speaker_kind="person"
    )
    suggestions.add_tag(quoted, norway, by=desk.editor, role="about")
    publishing.publish(quoted, by=desk.editor)
    corrected = desk.live("Corrected later")
    changed = desk.approve_again(desk.save(corrected, body="<p>Other words.</p>"))
    publishing.publish_update(changed, by=desk.editor, kind="update")
    stories = {"quoted": quoted, "corrected": corrected, "killed": desk.killed("A secret")}
    return stories | {"withdrawn": desk.withdrawn("Too early"), "untagged": desk.draft("Nobody has read this")}


@contextmanager
def writers_at_work(desk, number: int = 2):
    """Threads that publish story after story for the length of the block; gives the list of what they did."""
    published, is_over = [], threading.Event()

    def write(mine: int) -> None:
        try:
            while not is_over.is_set():
                published.append(desk.live(f"Meanwhile {mine} {len(published)}").pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[mine]) for mine in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield published
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def seen_at_snapshot(monkeypatch):
    """What the database held at the moment of the backup, read through the same snapshot."""
    seen: dict[str, list[str]] = {}
    held_still = making.snapshot_of

    @contextmanager
    def looking_too(asked):
        with held_still(asked) as snapshot:
            seen.update(content_of(os.environ["DATABASE_URL"], snapshot.name))
            yield snapshot

    monkeypatch.setattr(making, "snapshot_of", looking_too)
    return seen


def test_a_desk_at_work_stands_up_again_from_its_backup(
    desk, filled, image, keys, settings, tmp_path, empty_database, seen_at_snapshot, on_database
):
    """One story told in order, for each step needs the one before."""
    key = keys.make(per_minute=1_000_000, per_day=10_000_000)[1].text
    reader = Reader(tmp_path / "mirror.sqlite", key)
    reader.run()
    position = Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/changes").json()["next_after"]

    with writers_at_work(desk) as meanwhile:
        wait_until(lambda: len(meanwhile) > 3, what="the writers have begun")
        before = len(meanwhile)
        backup = make_backup(tmp_path / "backups", connection)
        wait_until(lambda: len(meanwhile) > before + 2, what="they went on")
    gone = desk.live("Published after the backup")
    reader.run()
    assert str(gone.uuid) in reader.held()
    epoch = ChangeCounter.objects.get().epoch

    # Another machine: an empty database and an empty folder of pictures.
    media = tmp_path / "media-of-the-new-machine"
    done = manage("restore", str(backup), url=empty_database, environment={"MEDIA_ROOT": str(media)})

    assert done.returncode == 0, done.stderr
    assert "every partner is told to begin again" in done.stdout
    restored = content_of(empty_database)
    assert {name for name in seen_at_snapshot if restored[name] != seen_at_snapshot[name]} == CHANGED
    assert restored.keys() == seen_at_snapshot.keys()
    assert files_under(media) == {image.file.name: (tmp_path / "media" / image.file.name).read_bytes()}

    settings.MEDIA_ROOT = media
    with on_database(empty_database):
        counter = ChangeCounter.objects.get()
        numbers = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
        assert counter.epoch != epoch
        assert numbers == list(range(1, counter.sequence + 1))
        assert not Article.objects.filter(pk=gone.pk, headline=gone.headline).exists()
        address = PublicAddress.objects.get(article=filled["quoted"], is_current=True)
        page = Client().get(f"/news/{address.path}/")
        assert (page.status_code, QUOTED in page.content.decode()) == (200, True)
        assert Client().get(f"/api/v1/articles/{filled['killed'].uuid}").status_code == 410

        refused = client_of(key).get("/api/v1/changes", {"after": position})
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "resync-required")
        reader.run()
        assert reader.held() == shown(key)
        assert str(gone.uuid) not in reader.held()
        desk.live("The first one after the restore")

        is_tagged = TaggingRun.objects.filter(revision=filled["untagged"].revision, status="finished").exists
        assert not is_tagged()
        worker = CeleryWorker(tmp_path / "worker.log", DATABASE_URL=empty_database).start()
        try:
            wait_until(lambda: swept(empty_database) and is_tagged(), what="the sweep has it tagged", seconds=90)
        finally:
            worker.stop()


def swept(url: str) -> bool:
    """Has a sweep sent, as the clock does."""
    command = [sys.executable, "-m", "celery", "--app=newsroom", "call", "articles.sweep"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True)
    return True
