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
