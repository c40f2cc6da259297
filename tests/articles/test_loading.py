"""An archive is loaded once, whatever is in it, however often the command is run or killed."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles import loading, proposing
from articles.importing import service_account
from articles.loading import Loaded, load_story
from articles.management.commands.analyse import load
from articles.models import Article, NewName, Tag, TaggingRun
from articles.states import GuardFailed
from articles.story_files import MAXIMUM_BYTES, UnreadableStory
from articles.tagging import command

TEXT = "Norway said on Monday that its ships would stay.\n\nGeneral Ana Sample said nothing."


def lines(*records: object) -> io.BytesIO:
    rows = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
    return io.BytesIO(b"\n".join(rows) + b"\n")


def run(*records: object) -> tuple[dict[str, int], int, str]:
    errors = io.StringIO()
    counted, skipped = load(lines(*records), errors=errors)
    return {kind.value: count for kind, count in counted.items()}, skipped, errors.getvalue()


def test_load_story_makes_a_tagged_draft(norway) -> None:
    outcome = load_story("a-1", text=TEXT, title="Ships stay", by=service_account())

    article = Article.objects.get()
    assert outcome is Loaded.NEW
    assert (article.external_id, article.headline, article.work_state, article.pub_state) == (
        *("a-1", "Ships stay"),
        *("draft", "never"),
    )
    assert article.revision.tagging_run.status == "finished"
    assert [tag.verdict for tag in Tag.objects.filter(entity=norway)] == ["proposed"]
    assert [name.name for name in NewName.objects.all()] == ["Ana Sample"]


def test_load_story_keeps_a_first_line_that_looks_like_a_headline(db) -> None:
    load_story("1", text="A short line\nThe story itself.", title="The title", by=service_account())

    assert Article.objects.get().newest_revision.text.startswith("A short line")


def test_load_story_knows_a_story_by_its_id(norway) -> None:
    load_story("1", text=TEXT, by=service_account())

    assert load_story("1", text=TEXT, by=service_account()) is Loaded.KNOWN
    assert load_story("1", text="Other words.", by=service_account()) is Loaded.OTHER_WORDS
    assert Article.objects.get().newest_revision.text == TEXT


def test_load_story_knows_a_published_story_of_an_archive_by_its_id_alone(desk) -> None:
    article = desk.live("Published elsewhere")
    Article.objects.filter(pk=article.pk).update(external_id="old/1")

    assert load_story("old/1", text="Other words.", by=service_account()) is Loaded.KNOWN


def test_load_tells_a_known_id_with_other_words(norway) -> None:
    run({"id": 1, "text": TEXT}, {"id": 2, "text": "Sweden waits."})
    articles = list(Article.objects.order_by("pk").values("headline", "body", "lock_version"))

    same = run({"id": 1, "text": f" {TEXT} "}, {"id": 2, "title": "A title", "text": "Sweden  waits."})
    other = run({"id": 1, "text": f"{TEXT}\n\nMore."}, {"id": 2, "text": "Sweden waits."})

    assert same == ({"already here": 2}, 0, "")
    assert other == (
        {"already here with other words, which were kept": 1, "already here": 1},
        0,
        "line 1: already here with other words, which were kept\n",
    )
    assert list(Article.objects.order_by("pk").values("headline", "body", "lock_version")) == articles


def test_load_story_knows_a_story_by_its_words(norway) -> None:
    load_story("1", text=TEXT, by=service_account())

    assert load_story("2", text=TEXT, by=service_account()) is Loaded.KNOWN
    assert Article.objects.count() == 1


def test_load_story_tags_a_known_one_that_was_never_tagged(norway, monkeypatch) -> None:
    def broken(revision_id: int) -> None:
        raise ValueError("no")

    with monkeypatch.context() as patch:
        patch.setattr(proposing, "suggest", broken)
        assert load_story("1", text=TEXT, by=service_account()) is Loaded.UNTAGGED
    assert (Article.objects.count(), TaggingRun.objects.count()) == (1, 0)

    load_story("1", text=TEXT, by=service_account())

    assert TaggingRun.objects.get().status == "finished"


def test_load_reports_known_stories_that_cannot_be_tagged_and_goes_on(norway, monkeypatch) -> None:
    def broken(revision_id: int) -> None:
        raise ValueError("no")

    records = [{"id": 1, "text": TEXT}, {"id": 2, "text": "Sweden waits."}]
    monkeypatch.setattr(proposing, "suggest", broken)
    new = run(*records)

    known = run(*records, {"id": 3, "text": TEXT})

    assert new == (
        {"new, but not tagged": 2},
        0,
        "line 1: new, but not tagged\nline 2: new, but not tagged\n",
    )
    assert known == (
        {"already here, but not tagged": 3},
        0,
        "".join(f"line {number}: already here, but not tagged\n" for number in (1, 2, 3)),
    )


def test_load_story_killed_in_the_middle_leaves_nothing(norway, monkeypatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_tag", killed)

    with pytest.raises(KeyboardInterrupt):
        load_story("1", text=TEXT, by=service_account())

    assert Article.objects.count() == 0


@pytest.mark.parametrize("identity", ["", "  ", "x" * 201])
def test_load_story_refuses_an_id_that_is_none(db, identity: str) -> None:
    with pytest.raises(GuardFailed):
        load_story(identity, text=TEXT, by=service_account())


def test_load_story_refuses_a_text_without_words(db) -> None:
    with pytest.raises(UnreadableStory):
        load_story("1", text=" … ", by=service_account())


def test_load_names_bad_lines_and_goes_on(norway) -> None:
    counted, skipped, errors = run(
        {"id": 1, "text": TEXT},
        b"not json",
        {"id": 2},
        {"id": None, "text": TEXT},
        {"id": True, "text": TEXT},
        {"id": 1.5, "text": TEXT},
        {"id": 3, "text": ""},
        {"id": 4, "text": "Sweden waits.", "title": "x" * 251},
        {"id": "nul\x00", "text": "One word."},
        {"id": "\ud800", "text": "Another word."},
        b"\xff\xfe",
        {"id": 1, "text": TEXT},
        {"id": 5, "text": "Finland waits."},
    )

    assert (counted, skipped) == ({"new": 2, "already here": 1}, 10)
    assert [row.split(":")[0] for row in errors.splitlines()] == [f"line {number}" for number in range(2, 12)]


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "\u202e", "\x1b[31m", "👩‍🚀"])
def test_load_takes_hostile_signs_in_the_text(db, sign: str) -> None:
    counted, skipped, errors = run({"id": 1, "text": f"One {sign} word.", "title": f"A {sign} title"})

    assert (counted, skipped, errors) == ({"new": 1}, 0, "")


def test_load_refuses_a_line_that_is_too_long_and_goes_on(norway, monkeypatch) -> None:
    monkeypatch.setattr(command, "LONGEST_LINE", 1024 * 1024)

    counted, skipped, errors = run(b"x" * 3_000_000, {"id": 1, "text": TEXT})

    assert (counted, skipped, errors) == ({"new": 1}, 1, "line 1: longer than 1 MB, which no story is\n")


def test_the_longest_line_holds_the_longest_story_in_escapes() -> None:
    assert command.LONGEST_LINE >= 6 * MAXIMUM_BYTES


def test_load_is_idempotent(norway) -> None:
    records = [{"id": number, "text": f"Norway waits for story {number}."} for number in range(3)]
    run(*records)

    assert run(*records) == ({"already here": 3}, 0, "")
    assert (Article.objects.count(), Tag.objects.count(), TaggingRun.objects.count()) == (3, 3, 3)


def call(source: io.BytesIO, monkeypatch, *options: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(source))
    call_command("analyse", *options, stdout=out)
    return out.getvalue()


def test_analyse_load_reports_at_the_end(norway, monkeypatch) -> None:
    out = call(lines({"id": 1, "text": TEXT}, {"id": 1, "text": TEXT}), monkeypatch, "--jsonl", "--load")

    assert out == "Read 2 lines: 1 new, 1 already here, 0 skipped.\n"


def test_analyse_load_counts_known_ids_with_other_words(norway, monkeypatch) -> None:
    out = call(lines({"id": 1, "text": TEXT}, {"id": 1, "text": "Other words."}), monkeypatch, "--jsonl", "--load")

    assert out == (
        "Read 2 lines: 1 new, 1 already here, 0 skipped.\nKept 1 story as here: the archive has other words by now.\n"
    )


def test_analyse_load_says_by_its_status_that_lines_were_skipped(db, monkeypatch) -> None:
    with pytest.raises(SystemExit) as stop:
        call(lines(b"no"), monkeypatch, "--jsonl", "--load")

    assert stop.value.code == 1


@pytest.mark.parametrize(
    ("options", "says"), [(("--load",), "add --jsonl"), (("--load", "--jsonl", "--jobs=2"), "jobs")]
)
def test_analyse_load_refuses_what_it_cannot_do(db, monkeypatch, options, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call(lines(), monkeypatch, *options)
