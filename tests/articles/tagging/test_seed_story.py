"""The story that the engine was first built on, in our own retelling, against the shipped gazetteer."""

from pathlib import Path

import pytest

from articles.tagging import Analysis, Document, Gazetteer, analyse

STORY = Path(__file__).with_name("joint_exercise.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(Document(STORY), Gazetteer.shipped())


def test_analyse_finds_ten_countries_and_no_other(analysis):
    codes = {found.code for found in analysis.countries}

    assert codes == {"CN", "RU", "UA", "IN", "BY", "MN", "TJ", "US", "JP", "TW"}


def test_analyse_makes_china_alone_primary(analysis):
    primary = [found.code for found in analysis.countries if found.primary]

    assert primary == ["CN"]


def test_analyse_finds_the_five_quotations_with_their_speakers(analysis):
    found = [(quote.text[:22], quote.kind, quote.speaker and quote.speaker.text) for quote in analysis.quotes]

    assert found == [
        ("strengthen cooperation", "partial", "the Chinese Ministry of Defence"),
        ("a higher level", "partial", "Beijing"),
        ("The goal is to make pr", "direct", "the Chinese Defence Ministry"),
        ("unconnected with the p", "partial", "Beijing"),
        ("China and Russia seem ", "direct", "a 2017 U.S report"),
    ]


def test_analyse_resolves_the_speakers(analysis):
    found = [(quote.resolved, quote.speaker_id, quote.speaker_kind) for quote in analysis.quotes]

    ministry = (
        "Chinese Ministry of National Defence",
        "chinese-ministry-of-national-defence",
        "organisation",
    )
    china = ("China", "country-cn", "organisation")
    assert found == [ministry, china, ministry, china, (None, None, "document")]


def test_analyse_keeps_every_span_true(analysis):
    for found in (*analysis.countries, *analysis.entities):
        assert all(STORY[mention.start : mention.end] == mention.text for mention in found.mentions)
    for quote in analysis.quotes:
        spans = [quote, quote.speaker, quote.cue]
        assert all(STORY[span.start : span.end] == span.text for span in spans if span)


def test_analyse_gives_every_item_a_reason(analysis):
    items = [*analysis.countries, *analysis.entities, *analysis.quotes]

    assert all(item.reason for item in items)
