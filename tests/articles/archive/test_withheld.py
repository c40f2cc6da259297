"""What an import has read of stories that may not be used keeps them out of later ones, until a person lifts it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.archive import importing, ninjs
from articles.archive.importing import import_archive
from articles.archive.ninjs import Defaults, read_ninjs_story
from articles.archive.story_format import read_archive_story
from articles.archive.versions import Found
from articles.archive.withheld import lift, remember
from articles.models import Article, WithheldStory
from articles.states import GuardFailed, NotAllowed
from tests.articles.archive.test_versions import (
    AS_NINJS,
    COMMAND,
    LATER,
    NOON,
    bare,
    bring,
    headlines,
    item,
    killed,
    pipe,
    plain,
    take_down,
)

__all__ = ["bring", "pipe"]

pytestmark = pytest.mark.django_db


def left_out(line: int, reason: str = "its status is “canceled”", identifier: str = "urn:agency:1") -> str:
    return (
        f"Line {line}: Left out: an import of {timezone.localtime():%-d %B %Y} read that {reason}. If it may be used "
        f"after all, add --lift={identifier}"
    )


def test_a_cancel_of_an_earlier_run_keeps_its_story_out(bring):
    bring([bare(version="2")], *AS_NINJS)

    said = [bring([item("1"), item("1", "urn:agency:2")], *AS_NINJS) for _ in range(2)]

    assert list(Article.objects.values_list("external_id", flat=True)) == ["old/urn:agency:2"]
    for out, err, failure in said:
        assert "Left out 1 line of stories that may not be used." in out
        assert (err.splitlines(), failure) == ([left_out(1)], "")


@pytest.mark.parametrize(
    ("usable", "cancel"),
    [
        (item(None, versioncreated=NOON), bare()),
        (item("7"), bare()),
        (item("7"), bare(version="7")),
        (item("7.1"), bare(version="7.2")),
        (item("7", versioncreated=NOON), bare(versioncreated=LATER)),
        (item("7"), bare(version="7", pubstatus=["canceled"])),
        (item("7"), bare(version="7", pubstatus="usable", embargoed=1999999999)),
        (item("7"), bare(version="7", pubstatus="usable", embargoed="2190-01-01")),
        (item("7"), bare(version="7", pubstatus="usable", embargoed="9999-12-31T23:59:59-12:00")),
        (item("7"), bare(version="9." * 50_000, pubstatus="\x00\ud800" + "x" * 400)),
    ],
)
def test_what_is_not_newer_beyond_doubt_loses_to_a_cancel_of_an_earlier_run(bring, usable, cancel):
    bring([cancel], *AS_NINJS)

    _, err, _ = bring([usable], *AS_NINJS)

    assert headlines() == []
    assert "Line 1: Left out: an import of" in err


@pytest.mark.parametrize(
    ("usable", "cancel"),
    [
        (item("8"), bare(version="7", versioncreated="2190-01-01T00:00:00Z")),
        (item("7", versioncreated=LATER), bare(version="7", versioncreated=NOON)),
        (item(None, versioncreated=LATER), bare(versioncreated=NOON)),
    ],
)
def test_a_version_that_is_newer_beyond_doubt_stands_after_a_cancel_of_an_earlier_run(bring, usable, cancel):
    bring([cancel], *AS_NINJS)

    _, err, failure = bring([usable], *AS_NINJS)

    assert (len(headlines()), err, failure) == (1, "", "")


def test_each_of_several_cancels_is_weighed(bring):
    bring([bare(version="2"), bare(version="1"), bare(versioncreated=LATER)], *AS_NINJS)
    bring([bare(version="1")], *AS_NINJS)

    for usable in (item("1"), item("2", versioncreated=LATER), item("3", versioncreated=NOON)):
        bring([usable], *AS_NINJS)
    assert headlines() == []
    bring([item("3", versioncreated="2026-03-01T16:00:00Z")], *AS_NINJS)

    assert headlines() == ["Version 3 of it"]
    assert WithheldStory.objects.count() == 3


def test_a_line_of_json_heeds_a_cancel_too(bring):
    bring([bare(uri="wp-1", version="2")], *AS_NINJS)

    bring([plain(None), plain(2, "wp-2")])
    assert headlines() == ["Version 2 of wp-2"]
    bring([plain(3)])

    assert headlines() == ["Version 2 of wp-2", "Version 3 of wp-1"]


def test_a_cancel_of_another_archive_keeps_nothing_out(bring, desk):
    for source in ("ol", "old-site"):
        remember([Found("urn:agency:1", ((2,), timezone.now()), "it is")], source=source, by=desk.chief)

    bring([item("1")], *AS_NINJS)

    assert headlines() == ["Version 1 of it"]


def test_an_embargo_of_an_earlier_run_ends_by_itself(bring):
    until = (timezone.now() + timedelta(hours=1)).isoformat()
    bring([bare(pubstatus="usable", embargoed=until, embargoeduntil="2020-01-01T00:00:00Z")], *AS_NINJS)
    bring([item("1")], *AS_NINJS)
    assert headlines() == []

    WithheldStory.objects.update(until=timezone.now())
    bring([item("1")], *AS_NINJS)

    assert headlines() == ["Version 1 of it"]


@pytest.mark.parametrize("share", ["1/2", "2/2"])
def test_a_share_remembers_what_a_line_of_another_withholds(bring, monkeypatch, share):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 1)
    bring([bare(), bare(uri="urn:agency:2")], *AS_NINJS, f"--share={share}")

    bring([item("1"), item("1", "urn:agency:2")], *AS_NINJS)

    assert headlines() == []


def test_a_run_that_is_killed_has_remembered_what_its_file_withholds(bring, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(f"{COMMAND}.import_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(
                [item("1", "urn:agency:2"), *(item("1", f"urn:{number}") for number in range(150)), bare()], *AS_NINJS
            )

    bring([item("1")], *AS_NINJS)

    assert headlines() == []


def test_a_pipe_remembers_what_was_read_of_it(pipe, bring, monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 1)
    pipe([item("1", "urn:agency:2"), bare()], *AS_NINJS)

    told, failure = pipe([item("1")], *AS_NINJS)

    assert (told, failure) == ([left_out(1)], "")
    assert headlines() == ["Version 1 of it"]


def test_a_link_to_a_story_that_is_left_out_leads_nowhere(bring):
    bring([bare(uri="wp-1")], *AS_NINJS)

    out, _, _ = bring([plain(1), plain(1, "wp-2", related=["wp-1"])])

    assert "Imported 1 story; 0 were here already. Left out 1 link to stories that are not here." in out


def test_what_a_person_lifts_is_imported_and_stays_lifted(bring, desk):
    bring([bare(version="2")], *AS_NINJS)

    bring([item("1")], *AS_NINJS, "--lift=urn:agency:1", "--by=chief")
    again = [bring([bare(version="2")], *AS_NINJS) for _ in range(2)]

    assert headlines() == ["Version 1 of it"]
    assert {failure for *_, failure in again} == {"1 line was not imported; the first of them are told above."}
    row = WithheldStory.objects.get()
    assert (row.lifted_by, row.lifted_at is not None) == (desk.chief, True)
    _, err, failure = bring([bare(version="3")], *AS_NINJS)
    assert err.splitlines()[-1] == take_down(Article.objects.get(), 1)
    assert "1 story that may not be used is live" in failure


def test_what_a_person_lifts_withholds_nothing_in_its_own_file_either(bring):
    lines = [item("1"), bare(version="2")]
    bring(lines, *AS_NINJS)

    bring(lines, *AS_NINJS, "--lift=urn:agency:1")

    assert headlines() == ["Version 1 of it"]


def test_lift_says_where_there_is_nothing_to_lift(bring, desk):
    _, _, failure = bring([item("1")], *AS_NINJS, "--lift=urn:agency:9")

    assert failure == "No earlier import of old has read that “urn:agency:9” may not be used."
    assert headlines() == []
    with pytest.raises(GuardFailed):
        lift(["\x00"], source="old", by=desk.chief)


def test_only_who_may_publish_says_what_may_not_be_used(desk):
    found = [Found("1", ((), timezone.now()), "its status is “canceled”")]

    for verb in (
        lambda: remember(found, source="old", by=desk.journalist),
        lambda: lift(["1"], source="old", by=desk.journalist),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert not WithheldStory.objects.exists()


def test_withheld_stories_cost_the_same_for_one_and_three(desk, norway, finland):
    costs = []
    for number in (1, 3):
        remember([found(f"wp-{number}-{one}") for one in range(number)], source="old", by=desk.chief)
        stories = [read_archive_story(plain(1, f"wp-{number}-{one}")) for one in range(number)]
        with CaptureQueriesContext(connection) as captured:
            outcomes = import_archive(stories, source="old", by=desk.chief)
        assert all(outcome.withheld for outcome in outcomes)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def found(identifier: str) -> Found:
    return ninjs.version_of(bare(uri=identifier, version="2"))


def test_many_withheld_stories_are_written_a_thousand_at_once(desk):
    many = [found(f"wp-{number}") for number in range(2_500)]

    with CaptureQueriesContext(connection) as captured:
        remember(many, source="old", by=desk.chief)
        remember(many, source="old", by=desk.chief)

    assert WithheldStory.objects.count() == 2_500
    assert len(captured) < 20


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_a_cancel_that_is_read_beside_an_import_waits_for_what_asked_before(desk, norway, finland, monkeypatch):
    """So the end of the run that read it finds the story live, and names it."""
    asked, told = threading.Event(), threading.Event()
    make = importing._make

    def slowly(*args, **kwargs):
        asked.set()
        # The other waits for this transaction; it cannot be told while this one is open.
        assert not told.wait(0.3)
        return make(*args, **kwargs)

    monkeypatch.setattr(importing, "_make", slowly)
    story = read_ninjs_story(item("1"), Defaults("sea", "Agency desk"))

    def run_import() -> None:
        import_archive([story], source="old", by=desk.chief)
        connections.close_all()

    running = threading.Thread(target=run_import)
    running.start()
    asked.wait(10)
    remember([found("urn:agency:1")], source="old", by=desk.chief)
    told.set()
    is_live = Article.objects.filter(external_id="old/urn:agency:1", pub_state="live").exists()
    running.join()

    assert is_live
