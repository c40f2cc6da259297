"""The demo stories keep their own promises: format, marks, speakers, names, counts."""

import csv
import datetime
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STATES = {
    "live", "draft", "in_review", "changes_requested", "approved", "scheduled",
    "embargoed", "withdrawn", "killed", "corrected", "updated", "sealed",
}  # fmt: skip
ONCE_PUBLIC = {"live", "corrected", "updated", "sealed", "withdrawn", "killed"}
CLOSING = {"“": "”", '"': '"'}


@dataclass(frozen=True)
class Story:
    name: str
    fields: dict
    body: str

    @property
    def state(self) -> str:
        return self.fields.get("state", "live")

    @property
    def text(self) -> str:
        """The body without its block of related titles."""
        return self.body.split("\nRelated News\n")[0]

    @property
    def related(self) -> list[str]:
        return re.findall(r"^- (.+)$", self.body[len(self.text) :], re.MULTILINE)

    @property
    def pieces(self) -> list[str]:
        """Everything between marks, in order; a piece without a closer runs to the end of its paragraph."""
        return [piece for paragraph in self.text.split("\n") for piece in marked_pieces(paragraph)]


def marked_pieces(paragraph: str) -> list[str]:
    pieces, closer, start = [], "", 0
    for at, character in enumerate(paragraph):
        if not closer and character in CLOSING:
            closer, start = CLOSING[character], at + 1
        elif closer and character == closer:
            pieces.append(paragraph[start:at])
            closer = ""
    if closer:
        pieces.append(paragraph[start:])
    return pieces


def read_story(path: Path) -> Story:
    opening, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert opening == ""
    return Story(path.stem, tomllib.loads(front), body)


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


STORIES = [read_story(path) for path in sorted((SEEDS / "stories").glob("*.txt"))]
each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


@each_story
def test_quotes_cover_the_marked_pieces_in_order(story: Story) -> None:
    titles = story.fields.get("not_quotes", [])

    said = [piece for piece in story.pieces if piece not in titles]

    assert said == [quote["text"] for quote in story.fields.get("quotes", [])]
    assert set(titles) <= set(story.pieces)


@each_story
def test_quotes_stand_once_with_speaker_and_cue(story: Story) -> None:
    for quote in story.fields.get("quotes", []):
        assert story.body.count(quote["text"]) == 1
        assert quote.get("speaker", "") in story.text
        assert quote.get("cue", "") in story.text
        assert quote["kind"] in {"direct", "partial"}
        assert quote["speaker_kind"] in {"person", "organisation", "document", "unnamed"}


@each_story
def test_fields_point_to_rows_that_exist(story: Story) -> None:
    codes = {row["alpha2"] for row in rows("countries.tsv")}

    named = set(story.fields["countries"])
    spoken_for = {quote["country"] for quote in story.fields.get("quotes", []) if "country" in quote}

    assert named | spoken_for <= codes
    assert story.fields.get("primary", story.fields["countries"][0]) in named
    assert story.fields.get("section", "land") in {row["slug"] for row in rows("sections.tsv")}
    assert set(story.fields["authors"]) <= {row["slug"] for row in rows("authors.tsv")}
    assert story.fields.get("image", "frigate-dusk.webp") in {row["file"] for row in rows("images.tsv")}


@each_story
def test_state_brings_the_fields_it_needs(story: Story) -> None:
    fields = story.fields

    assert story.state in STATES
    assert ("published" in fields) == (story.state in ONCE_PUBLIC)
    assert ("correction" in fields) == (story.state in {"corrected", "updated", "sealed"})
    assert ("withdrawal" in fields) == (story.state == "withdrawn")
    assert ("kill" in fields) == (story.state == "killed")
    assert ("comment" in fields) == (story.state == "changes_requested")
    assert ("embargo_until_hours" in fields) == (story.state == "embargoed")
    assert ("publish_in_hours" in fields) == (story.state == "scheduled")
    if "published" in fields:
        assert datetime.date(2026, 9, 1) <= fields["published"].date() <= datetime.date(2026, 11, 22)


@each_story
def test_correction_finds_its_words_once_outside_quotes(story: Story) -> None:
    correction = story.fields.get("correction")
    if correction is None:
        return

    inside_quotes = [piece for piece in story.pieces if correction["find"] in piece]

    assert story.body.count(correction["find"]) == 1
    assert inside_quotes == []
    assert correction["seal"] == (story.state == "sealed")


@each_story
def test_paragraphs_end_like_sentences_and_headings_do_not(story: Story) -> None:
    for line in story.text.rstrip("\n").split("\n"):
        is_sentence = re.search(r"[.?!:][”\"]?$", line)

        assert is_sentence or len(line) <= 60, line


def test_slugs_and_headlines_are_unique() -> None:
    slugs = Counter(story.fields["slug"] for story in STORIES if "slug" in story.fields)
    headlines = Counter(story.fields["headline"] for story in STORIES)

    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert [headline for headline, count in headlines.items() if count > 1] == []


def test_states_are_all_represented() -> None:
    states = Counter(story.state for story in STORIES)

    assert sum(states[state] for state in ("live", "corrected", "updated", "sealed")) >= 32
    assert {state: states[state] for state in sorted(STATES - {"live"})} == {
        "approved": 1,
        "changes_requested": 1,
        "corrected": 2,
        "draft": 3,
        "embargoed": 1,
        "in_review": 3,
        "killed": 1,
        "scheduled": 1,
        "sealed": 1,
        "updated": 2,
        "withdrawn": 1,
    }


def test_stories_are_many_and_various() -> None:
    words = {story.name: len(story.text.split()) for story in STORIES}
    headlines = [story.fields["headline"] for story in STORIES]

    assert len(STORIES) >= 44
    assert {story.fields["type"] for story in STORIES} == {
        "news",
        "brief",
        "analysis",
        "opinion",
        "interview",
        "explainer",
    }
    assert min(words.values()) < 120
    assert max(words.values()) > 800
    assert sum(len(headline) > 90 for headline in headlines) >= 5
    assert sum(0 < len(headline) < 25 for headline in headlines) >= 3
    assert any('"' in story.text for story in STORIES)
    assert any("“" in story.text for story in STORIES)


def test_related_titles_match_some_stories_and_not_others() -> None:
    headlines = {story.fields["headline"] for story in STORIES}
    related = [title for story in STORIES for title in story.related]

    matched = [title for title in related if title in headlines]

    assert len(matched) >= 15
    assert len(related) - len(matched) >= 10


def test_related_titles_never_reveal_a_story_that_is_not_public() -> None:
    secret = {story.fields["headline"] for story in STORIES if story.state not in ONCE_PUBLIC}

    assert [story.name for story in STORIES if secret & set(story.related)] == []


def test_images_are_described_and_light() -> None:
    described = rows("images.tsv")
    files = {path.name: path.stat().st_size for path in (SEEDS / "images").iterdir()}

    assert set(files) == {row["file"] for row in described}
    assert len(files) >= 18
    assert [name for name, size in files.items() if size > 90_000] == []
    for row in described:
        assert len(row["alt"]) > 40
        assert {"caption", "credit", "title"} <= {name for name, value in row.items() if value}
        assert all(0 <= float(row[axis]) <= 1 for axis in ("focal_x", "focal_y"))
