"""Retag proposes anew and nothing else; it can be killed anywhere, and two at once share the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import proposing, retagging, suggestions
from articles.models import Article, Change, NewName, Representation, Tag, TaggingRun
from articles.retagging import Due, Outcome, retag
from entities.models import Entity, GazetteerVersion, Name
from tests.services import wait_until

BODY = "<p>The Bluefin left at dawn.</p>"


def stories(desk, count: int = 1, **content) -> list[Article]:
    made = [desk.draft(f"Story {number}", body=BODY, **content) for number in range(count)]
    for article in made:
        proposing.suggest(article.revision_id)
    return made


def teach() -> Entity:
    entity = Entity.objects.create(kind="equipment", name="KNM Bluefin", slug="bluefin")
    Name.objects.create(entity=entity, text="Bluefin")
    return entity


def command(*arguments: str) -> tuple[str, str]:
    out, errors = StringIO(), StringIO()
    call_command("retag", *arguments, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


@pytest.mark.django_db
def test_retag_tells_a_log_how_far_it_is(desk, monkeypatch, capsys) -> None:
    proposing.suggest(desk.draft().revision_id)
    teach()
    monkeypatch.setattr("articles.progress.WRITTEN_EVERY", 0)

    command()

    assert "100%  1 of 1 stories, " in capsys.readouterr().err


def due_count(due: Due | None = None) -> int:
    return (due or Due()).of(Article.objects.all()).count()


def test_retag_reads_what_an_older_gazetteer_read(desk) -> None:
    stories(desk, 3)
    entity = teach()

    out, _ = command()

    assert out == "Read 3 stories: 3 with other proposals than before.\n"
    assert {tag.entity for tag in Tag.objects.all()} == {entity}
    assert due_count() == 0


def test_retag_again_has_nothing_to_do(desk) -> None:
    stories(desk)
    teach()
    command()

    assert command()[0] == "Read 0 stories: 0 with other proposals than before.\n"


def test_retag_touches_no_verdict_and_no_edition(desk) -> None:
    entity = teach()
    article = desk.live(body=BODY)
    proposing.suggest(article.revision_id)
    suggestions.reject(article.tags.get(), by=desk.editor)
    before = bytes_of(article), Change.objects.count(), desk.fresh(article).lock_version
    Name.objects.create(entity=entity, text="left at dawn")

    command()

    assert [tag.verdict for tag in article.tags.all()] == ["rejected"]
    assert (bytes_of(article), Change.objects.count(), desk.fresh(article).lock_version) == before


def bytes_of(article: Article) -> bytes:
    return bytes(Representation.objects.get(article=article).json)


@pytest.mark.parametrize("state", ["killed", "spiked"])
def test_retag_leaves_closed_stories(desk, state: str) -> None:
    stories(desk)
    Article.objects.update(pub_state="spiked")
    teach()

    assert due_count() == 0


def test_retag_leaves_what_the_tagger_has_given_up(desk) -> None:
    stories(desk)
    TaggingRun.objects.update(status="failed")
    teach()

    assert due_count() == 0


def test_retag_reads_the_newest_revision_only(desk) -> None:
    [article] = stories(desk)
    desk.save(article, body="<p>Nobody left.</p>")
    teach()

    command()

    assert Tag.objects.count() == 0


def test_options_choose_stories(desk, section) -> None:
    first, second, third = stories(desk, 3)
    Article.objects.filter(pk=second.pk).update(section=None)
    Article.objects.filter(pk=third.pk).update(saved_at="2020-01-01T12:00Z")
    teach()

    assert command("--dry-run")[0] == "3 stories due.\n"
    assert command("--dry-run", "--section", "sea")[0] == "2 stories due.\n"
    assert command("--dry-run", "--since", "2020-01-02")[0] == "2 stories due.\n"
    assert command("--dry-run", "--ids", str(first.pk))[0] == "1 story due.\n"


def test_read_before_goes_on_where_it_was_stopped(desk) -> None:
    first, _ = stories(desk, 2)
    _, errors = command("--ids", str(first.pk), "--read-before", "now")
    moment = errors.split()[-1]

    out, _ = command("--read-before", moment)

    assert out == "Read 1 story: 0 with other proposals than before.\n"
    assert due_count() == 0
    assert [run.attempts for run in TaggingRun.objects.all()] == [2, 2]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "yesterday"), "is no day"),
        (("--since", "2026-13-01"), "is no day"),
        (("--read-before", "soon"), "is no moment"),
        (("--section", "mars"), "The sections are"),
        (("--ids", "99999999"), "no such story"),
    ],
)
def test_bad_options_are_refused(db, arguments, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        command(*arguments)


def test_a_failure_is_reported_and_holds_up_nobody(desk, monkeypatch) -> None:
    first, _ = stories(desk, 2)
    teach()
    real = proposing.suggest

    def fragile(revision_id: int, *, again: bool = False):
        if revision_id == first.revision_id:
            raise ValueError("unreadable")
        return real(revision_id, again=again)

    monkeypatch.setattr(proposing, "suggest", fragile)
    out, errors = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 story could not be read"):
        call_command("retag", stdout=out, stderr=errors)

    assert out.getvalue() == "Read 1 story: 1 with other proposals than before.\n"
    assert errors.getvalue() == f"story {first.pk}: ValueError: unreadable\n"


def test_a_story_in_another_hand_is_left_alone(desk) -> None:
    [article] = stories(desk)
    teach()
    answers: list[Outcome] = []

    with retagging._reserved(article.pk) as is_ours:
        thread = threading.Thread(target=lambda: answers.append(try_from_another_session(article.pk)))
        thread.start()
        thread.join(20)

    assert is_ours
    assert answers == [Outcome.BUSY]
    assert retag(article.pk, due=Due()) is Outcome.CHANGED


def test_a_story_held_for_long_ends_the_command_with_its_id(desk, monkeypatch) -> None:
    first, second = stories(desk, 2)
    teach()
    real = retagging.retag
    monkeypatch.setattr(
        "articles.management.commands.retag.retag",
        lambda article_id, *, due: Outcome.BUSY if article_id == first.pk else real(article_id, due=due),
    )
    monkeypatch.setattr("articles.management.commands.retag.PAUSE", 0)

    with pytest.raises(CommandError, match=f"1 story not read, since another session holds them: {first.pk}\\."):
        command()

    assert [tag.article for tag in Tag.objects.all()] == [second]


def test_a_story_held_for_a_moment_is_read_at_last(desk, monkeypatch) -> None:
    stories(desk)
    teach()
    real, looks = retagging.retag, iter(range(1000))
    monkeypatch.setattr(
        "articles.management.commands.retag.retag",
        lambda article_id, *, due: Outcome.BUSY if next(looks) < 40 else real(article_id, due=due),
    )
    monkeypatch.setattr("articles.management.commands.retag.PAUSE", 0)

    assert command()[0] == "Read 1 story: 1 with other proposals than before.\n"


def try_from_another_session(article_id: int) -> Outcome:
    try:
        return retag(article_id, due=Due())
    finally:
        connection.close()


@pytest.mark.parametrize("count", [1, 3])
def test_due_is_one_query_however_many(desk, django_assert_num_queries, count: int) -> None:
    stories(desk, count)
    teach()

    with django_assert_num_queries(3):
        assert len(list(retagging.ids_in_steps(Due().of(Article.objects.all())))) == count


def start_process() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "retag"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def up_to_date() -> int:
    return TaggingRun.objects.filter(status="finished", gazetteer_version=GazetteerVersion.current().number).count()


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_a_killed_retag_goes_on_and_two_at_once_share_the_work(desk) -> None:
    long = "<p>Norway said the Bluefin would “stay in the ice until spring”, General Ana Sample said.</p>" * 60
    made = [desk.draft(f"Story {number}", body=long) for number in range(40)]
    for article in made:
        proposing.suggest(article.revision_id)
    teach()
    killed = start_process()
    wait_until(lambda: up_to_date() >= 3, what="three stories are read again", seconds=60)

    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=10)
    at_death = up_to_date()
    pair = [start_process(), start_process()]
    outputs = [process.communicate(timeout=120) for process in pair]

    assert at_death < 40
    assert [process.returncode for process in pair] == [0, 0]
    assert up_to_date() == 40
    read = sum(int(out.split()[1]) for out, _ in outputs)
    # The one that the killed process had begun counts once more.
    assert 40 - at_death <= read <= 41 - at_death
    assert Tag.objects.count() == 40
    assert {name.story_count for name in NewName.objects.all()} == {40}
    assert {run.attempts for run in TaggingRun.objects.all()} <= {2, 3}
