from __future__ import annotations

import pytest
from django.urls import reverse

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
