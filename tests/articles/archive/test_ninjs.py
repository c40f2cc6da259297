from __future__ import annotations

import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.api.ninjs import ninjs_of
from articles.archive.ninjs import Defaults, read_ninjs_story
from articles.models import Article
from articles.representations import stored_document
from articles.story_files import UnreadableStory

DEFAULTS = Defaults(section="land", author="Agency desk")
ITEM = {
    "uri": "urn:agency:4711",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2026-03-01T08:30:00Z",
    "headline": "Fleet returns to port",
    "byline": "By Ana Sample and Ben Example",
    "body_text": "Forty ships came home.\n\nNobody was hurt & all slept.",
}


def read(**changed):
    return read_ninjs_story(json.dumps(ITEM | changed), DEFAULTS)


def test_an_item_of_the_first_version_is_read():
    story = read()

    assert (story.id, story.section, story.authors) == ("urn:agency:4711", "land", ("Ana Sample", "Ben Example"))
    assert story.columns["headline"] == "Fleet returns to port"
    assert story.columns["standfirst"] == "Forty ships came home."
    assert story.body.text == "Forty ships came home.\n\nNobody was hurt & all slept."
    assert story.published_at.isoformat() == "2026-03-01T08:30:00+00:00"


def test_what_nobody_signed_is_signed_by_the_archive():
    assert read(byline="").authors == ("Agency desk",)


def test_a_long_first_paragraph_is_cut_at_a_word():
    standfirst = read(body_text="sixteen letters " * 40).columns["standfirst"]

    assert len(standfirst) <= 302
    assert standfirst.endswith(("letters …", "sixteen …"))


def test_countries_among_the_places_are_tags():
    story = read(places=[{"name": "Norway", "literal": "NO", "rel": "about"}, {"name": "Oslo", "literal": "OSL"}])

    assert [(tag.country, tag.role) for tag in story.tags] == [("NO", "about")]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"pubstatus": "canceled"}, "canceled"),
        ({"pubstatus": "withheld"}, "its status is “withheld”"),
        ({"pubstatus": ["canceled"]}, 'its status is “."canceled".”'),
        ({"pubstatus": 0}, "its status is “0”"),
        ({"pubStatus": "usable", "pubstatus": "canceled"}, "canceled"),
        ({"embargoed": "2999-01-01T00:00:00Z"}, "embargoed until “2999-01-01"),
        ({"embargoed": "2999-01-01T00:00:00"}, "embargoed until"),
        ({"embargoed": "2999-01-01"}, "embargoed until"),
        ({"embargoed": "9999-12-31"}, "embargoed until"),
        ({"embargoed": 1999999999}, "embargoed until “1999999999”"),
        ({"embargoed": {"until": "2020-01-01T00:00:00Z"}}, "embargoed until"),
        ({"embargoed": False}, "embargoed until “false”"),
        ({"embargoed": "until further notice"}, "embargoed until"),
        ({"embargoeduntil": "2999-01-01T00:00:00Z"}, "embargoed until"),
        ({"embargoedUntil": "2999-01-01T00:00:00Z"}, "embargoed until"),
        ({"type": "picture"}, "picture"),
        ({"type": ["picture"]}, "picture"),
        ({"headline": "\u200b"}, "“headline” is missing, or"),
        ({"located": "\x00", "uri": "urn:\x00"}, "“id” holds a sign that is none"),
        ({"uri": ""}, "id"),
        ({"body_text": ""}, "body"),
        ({"versioncreated": "yesterday"}, "published_at"),
        ({"headline": ["no text"]}, "headline"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(changed, says):
    with pytest.raises(UnreadableStory, match=says):
        read(**changed)


@pytest.mark.parametrize(
    "until", ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00", "2020-01-01", " 2020-01-01 ", "", " ", None]
)
def test_an_embargo_that_has_ended_keeps_nothing_out(until):
    assert read(embargoed=until).id == read().id


def test_a_day_has_passed_once_it_has_come_everywhere():
    with time_machine.travel("2026-03-02T11:59:00Z"), pytest.raises(UnreadableStory, match="embargoed until"):
        read(embargoed="2026-03-02")
    with time_machine.travel("2026-03-02T12:01:00Z"):
        assert read(embargoed="2026-03-02").id == ITEM["uri"]


@pytest.mark.parametrize("line", ["", "[]", "{", "[" * 100_000])
def test_what_is_no_item_is_refused(line):
    with pytest.raises(UnreadableStory):
        read_ninjs_story(line, DEFAULTS)


@pytest.mark.django_db
def test_our_own_ninjs_comes_in_as_it_went_out(desk, section, tmp_path, tell, norway):
    told = tell("Fleet returns to port", about=[norway])
    document = stored_document(told)
    file = tmp_path / "archive.jsonl"
    file.write_text(json.dumps(ninjs_of(document)) + "\n")

    for _ in range(2):
        call_command("import_archive", str(file), "--source=old", "--format=ninjs", "--section=land", "--author=Desk")

    come = Article.objects.get(external_id__startswith="old/")
    again = stored_document(come)
    for name in ("headline", "standfirst", "section", "byline", "published_at", "dateline"):
        assert again[name] == document[name]
    assert again["body"]["text"] == document["body"]["text"]
    assert [country["code"] for country in again["countries"]] == ["NO"]


@pytest.mark.django_db
def test_ninjs_wants_to_know_section_and_author(tmp_path):
    file = tmp_path / "archive.jsonl"
    file.write_text("{}\n")

    with pytest.raises(CommandError, match="--section and --author"):
        call_command("import_archive", str(file), "--source=old", "--format=ninjs")
