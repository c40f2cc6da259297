"""Whatever a line holds that nobody thought of: it alone stays out, and is told with its number."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError

from articles.archive import batches, story_format
from articles.archive.batches import import_batch
from articles.archive.story_format import read_archive_story
from articles.models import Article, Author, RelatedLink
from tests.articles.archive.test_importing import WORDS, line

pytestmark = pytest.mark.django_db

PLAIN = {"tags": [], "quotes": []}


def plain(number: int, **changes: object) -> str:
    return line(f"wp-{number}", **(PLAIN | changes))


@pytest.fixture
def blind(monkeypatch):
    """A reader that lets through what the database refuses."""
    monkeypatch.setitem(story_format.LONGEST, "headline", 1000)
    monkeypatch.setattr(story_format, "_is_visible", lambda words: True)
    monkeypatch.setattr(story_format, "_refuse_unwritable", lambda value, name: None)


@pytest.fixture
def bring(desk, section, tmp_path: Path):
    """Runs the command over these lines; what it wrote on standard output and error, and its failure."""

    def run(lines: list[str]) -> tuple[str, list[str], str]:
        file = tmp_path / "archive.jsonl"
        file.write_text("\n".join(lines))
        out, err = StringIO(), StringIO()
        try:
            call_command("import_archive", str(file), "--source=old", stdout=out, stderr=err)
        except CommandError as failure:
            return out.getvalue(), err.getvalue().splitlines(), str(failure)
        return out.getvalue(), err.getvalue().splitlines(), ""

    return run


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"headline": "H" * 251}, "value too long for type character varying(250)"),
        ({"quotes": [{"text": "\u200b", "speaker": "K"}]}, "violates check constraint"),
        ({"related": ["\x00"]}, "U+0000"),
        ({"related": ["\ud800"]}, "surrogates not allowed"),
        ({"tags": [{"entity": "person/\x00"}]}, "U+0000"),
    ],
    ids=["too long", "constraint", "zero in a link", "half a pair", "zero in a tag"],
)
def test_a_line_that_the_database_refuses_keeps_no_other_out(bring, blind, odd, says):
    lines = [plain(number, related=[f"wp-{number - 1}"] if number else []) for number in range(7)]
    lines[4] = plain(4, **odd, authors=["Cy Refused"])

    said = [bring(lines) for _ in range(2)]

    assert sorted(Article.objects.values_list("external_id", flat=True)) == [
        f"old/wp-{number}" for number in (0, 1, 2, 3, 5, 6)
    ]
    assert RelatedLink.objects.count() == 4
    assert not Author.objects.filter(name="Cy Refused").exists()
    for _, told, failure in said:
        (refusal,) = told
        assert refusal.startswith("Line 5: It cannot be stored (")
        assert says.replace("U+0000", "0x00") in refusal
        assert failure == "1 line was not imported; the first of them are told above."
    assert [out.splitlines()[0].partition(".")[0] for out, *_ in said] == [
        "Imported 6 stories; 0 were here already",
        "Imported 0 stories; 6 were here already",
    ]


def test_several_odd_lines_are_each_told(bring, blind):
    lines = [plain(number) for number in range(9)]
    for odd in (0, 1, 8):
        lines[odd] = plain(odd, headline="H" * 251)

    _, told, failure = bring(lines)

    assert [refusal.partition(":")[0] for refusal in told] == ["Line 1", "Line 2", "Line 9"]
    assert (Article.objects.count(), failure.partition(";")[0]) == (6, "3 lines were not imported")


def test_signs_that_move_a_terminal_are_told_as_what_they_are(bring):
    _, told, _ = bring([plain(0, section="\x1b[31mmo\u202eon")])

    assert told == ["Line 1: There is no section “�[31mmo�on”; the sections are sea."]


class Refusing:
    """`import_archive` as it would be with others at work: fails so many times, then does as ever."""

    def __init__(self, error: Exception, *, cause: Exception | None, times: int) -> None:
        self.error, self.times, self.sizes = error, times, []
        self.error.__cause__ = cause
        self.real = batches.import_archive

    def __call__(self, stories, **named):
        self.sizes.append(len(stories))
        if len(self.sizes) <= self.times:
            raise self.error
        return self.real(stories, **named)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("deadlock"), psycopg.errors.DeadlockDetected()),
        (IntegrityError("duplicate key"), psycopg.errors.UniqueViolation()),
    ],
)
def test_what_somebody_else_held_is_begun_again_whole(desk, section, monkeypatch, error, cause):
    refusing = Refusing(error, cause=cause, times=2)
    monkeypatch.setattr(batches, "import_archive", refusing)

    outcomes = import_batch([read_archive_story(plain(number)) for number in range(4)], source="old", by=desk.chief)

    assert [outcome.is_new for outcome in outcomes] == [True] * 4
    assert refusing.sizes == [4, 4, 4]


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("deadlock"), psycopg.errors.DeadlockDetected()),
        (OperationalError("the connection is lost"), psycopg.OperationalError()),
        (OperationalError("disk full"), psycopg.errors.DiskFull()),
        (ProgrammingError("no such column"), psycopg.errors.UndefinedColumn()),
    ],
)
def test_trouble_of_the_database_is_no_fault_of_a_line(bring, monkeypatch, error, cause):
    refusing = Refusing(error, cause=cause, times=99)
    monkeypatch.setattr(batches, "import_archive", refusing)

    _, told, failure = bring([plain(number) for number in range(4)])

    assert refusing.sizes == [4, 4, 4]
    assert told == []
    assert failure.startswith("The database refused a batch 3 times")


def test_what_is_wrong_with_the_data_is_not_tried_again(desk, section, monkeypatch):
    refusing = Refusing(DataError("too long"), cause=psycopg.errors.StringDataRightTruncation(), times=1)
    monkeypatch.setattr(batches, "import_archive", refusing)

    import_batch([read_archive_story(plain(number)) for number in range(5)], source="old", by=desk.chief)

    assert refusing.sizes == [5, 2, 3]
    assert WORDS in Article.objects.get(external_id="old/wp-0").body
