from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import insight, suggestions
from articles.models import Tag
from articles.models.verdict import Verdict
from articles.publishing import publish
from entities.models import Country
from newsroom.admin.insight import columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, editor):
    client.force_login(editor)
    return lambda query="": client.get(f"{reverse('admin:insight')}{query}").content.decode()


def test_an_empty_desk_is_told_what_would_stand_there(page):
    text = page()

    assert "quotes anybody" in text
    assert "Nobody has judged a proposal" in text
    assert '<svg class="insight-columns"' not in text


def test_each_chart_has_its_table(page, tell, norway, desk):
    tell(about=[norway])

    text = page()

    assert text.count('class="insight-columns"') == 1
    assert "Norway: 1 story in twelve months" in text
    assert '<th scope="row">Norway</th>' in text


def test_bars_of_shares_are_as_long_as_their_share_and_bear_names(page, desk, norway):
    words = "return to port by Friday"
    for place in (Country.objects.get(alpha2="NO"), None):
        story = desk.approved()
        start = story.revision.text.index(words)
        own = {"speaker_name": "Ann Example", "speaker_kind": "person", "speaker_country": place}
        suggestions.add_quote(story, start=start, end=start + len(words), by=desk.editor, **own)
        publish(story, by=desk.editor)

    bars = re.findall(r'insight-label">([^<]*)<.*?<rect width="(\d+)%"', page())

    assert bars[-2:] == [("Norway", "50"), ("No country", "50")]


def test_each_part_says_its_own_time(page, tell, desk, norway):
    tell(about=[norway])
    said = {"verdict": Verdict.REJECTED, "verdict_by": desk.editor, "verdict_at": timezone.now()}
    Tag.objects.create(article=desk.draft(), entity=norway, judged_version=7, judged_surfaces=["Norge"], **said)

    text = page("?days=30")

    assert "confirmed or rejected in the last 30 days" in text
    assert "over the last twelve months, whatever is chosen above" in text


@pytest.fixture
def judge(desk, norway):
    """Gives so many verdicts on tags that were proposed with a version, so many of them confirmations."""

    def give(version: int | None, *, confirmed: int, rejected: int = 0) -> None:
        for verdict in [Verdict.CONFIRMED] * confirmed + [Verdict.REJECTED] * rejected:
            said = {"verdict": verdict, "verdict_by": desk.editor, "verdict_at": timezone.now()}
            Tag.objects.create(
                article=desk.draft(), entity=norway, judged_version=version, judged_surfaces=["Norge"], **said
            )

    return give


def versions_of(text: str) -> list[tuple[str, ...]]:
    """The rows of the chart by version: label, length of the bar in hundredths, and what is written beside it."""
    chart = text.partition("By version of the gazetteer")[2].partition("<table>")[0]
    row = r'insight-label">([^<]*)<.*?<rect width="(\d+)%".*?insight-value"><strong>([^<]*)</strong>([^<]*)<'
    return re.findall(row, chart)


def test_each_version_has_its_label_its_share_and_its_count(page, judge):
    judge(7, confirmed=1, rejected=3)
    judge(8, confirmed=1)

    text = page()

    assert versions_of(text) == [("Version 7", "25", "25 %", " of 4"), ("Version 8", "100", "100 %", " of 1")]
    assert "<span>0 %</span><span>50 %</span><span>100 %</span>" in text
    assert '<th scope="row">7</th><td class="is-number">1</td><td class="is-number">3</td>' in text
    assert "the newest" not in text


def test_of_many_versions_the_newest_are_shown_and_all_are_counted(page, judge, monkeypatch):
    monkeypatch.setattr(insight, "MOST_VERSIONS", 2)
    for version in (7, 8, 9):
        judge(version, confirmed=1)

    text = page()

    assert [label for label, *_ in versions_of(text)] == ["Version 8", "Version 9"]
    assert ": the newest 2 of 3 versions" in text


def test_names_are_shown_where_nobody_knows_the_version(page, judge):
    judge(None, confirmed=1)

    text = page()

    assert "nobody knows any more with which version" in text
    assert '<th scope="row">Norge' in text
    assert "Nobody has judged a proposal" not in text


def test_countries_that_are_left_out_are_counted(page, tell, norway, finland, monkeypatch):
    monkeypatch.setattr(insight, "MOST_COUNTRIES", 1)
    tell(about=[norway, finland])

    assert "Of 2 countries, the 1 with most stories." in page()


def test_a_period_that_there_is_not_is_the_usual_one(page):
    assert '<a class="button" href="?days=90" aria-current="true">' in page("?days=7")
    assert '<a class="button" href="?days=365" aria-current="true">' in page("?days=365")


@pytest.mark.parametrize("stories", [1, 3])
def test_insight_takes_as_many_queries_for_one_story_and_three(
    client, editor, tell, norway, django_assert_num_queries, stories
):
    for number in range(stories):
        tell(f"Story {number}", about=[norway])
    client.force_login(editor)
    client.get(reverse("admin:insight"))

    with django_assert_num_queries(8):
        client.get(reverse("admin:insight"))


def test_columns_stand_side_by_side_from_the_ground_up():
    first, *_, last = columns([100] * 24 + [25], [str(number) for number in range(25)])

    assert (first.x, first.width, first.y, first.height) == (0, 3.2, 0, 100)
    assert (last.x, last.y, last.title) == (96, 75, "24")
    assert columns([50], ["alone"])[0].width == pytest.approx(100 / 12 * 0.8, abs=0.01)
    assert columns([], []) == []
