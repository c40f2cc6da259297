"""The bench reads the corpus as an archive. Its figures are measured by `make bench`, never here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from articles.archive.ninjs import Defaults, read_ninjs_story
from articles.archive.story_format import read_archive_story
from newsroom.embedded import ROOT
from tests.bench import archive
from tests.bench.bars import BARS

# As the corpus writes its stories.
CORPUS = """
NAMES = ["Joint-Sea", "NATO"]

def article(number):
    said = {"type": "quote", "text": f"Ship {number} sails.", "speaker": "an officer", "mode": "direct"}
    return {
        "id": number, "slug": f"story-{number}", "headline": f"Story {number}", "standfirst": "It sails.",
        "published": "2026-10-01T08:00:00+00:00", "authors": ["Anna Li"], "tags": ["navy"],
        "countries": ["NO", "FI"], "entities": ["NATO", "Joint-Sea"], "related": [number - 1],
        "blocks": [{"type": "paragraph", "text": "NATO & others: it sails."}, said],
    }
"""


def lines_of(folder: Path, *, share: str, form: str) -> list[str]:
    """What `import_archive` is given of 250 stories."""
    (folder / "corpus.py").write_text(CORPUS)
    written = subprocess.run(
        [sys.executable, "-m", "tests.bench.corpus", "1", "250", share, form],
        cwd=ROOT,
        env=os.environ | {"NEWSROOM_BENCH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return written.stdout.splitlines()


def test_stories_of_the_corpus_are_stories_of_an_archive(tmp_path: Path) -> None:
    shares = [lines_of(tmp_path, share=share, form="jsonl") for share in ("1/2", "2/2")]

    assert [(len(lines), sum(map(bool, lines))) for lines in shares] == [(250, 150), (250, 100)]
    story = read_archive_story(shares[1][100])
    assert (story.id, story.columns["headline"], story.related) == ("101", "Story 101", ("100",))
    assert [(tag.country or tag.entity, tag.role) for tag in story.tags] == [
        ("NO", "about"),
        ("FI", "mention"),
        ("organisation/bench-nato", "about"),
        ("organisation/bench-joint-sea", "mention"),
    ]
    (quote,) = story.quotes
    assert story.body.text[quote.start : quote.start + len(quote.text)] == "Ship 101 sails."


def test_stories_of_the_corpus_are_items_of_ninjs(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, share="1/1", form="ninjs")

    story = read_ninjs_story(lines[100], Defaults(section="", author=""))
    assert (len(lines), story.id, story.columns["headline"]) == (250, "101", "Story 101")
    assert [(tag.country, tag.role) for tag in story.tags] == [("NO", "about"), ("FI", "mention")]
    assert "“Ship 101 sails.” said an officer." in story.body.text


def test_each_figure_of_the_bench_has_one_bar() -> None:
    named = Counter(bar.name for bars in (*BARS.values(), archive.BARS) for bar in bars)

    assert [name for name, times in named.items() if times > 1] == []
