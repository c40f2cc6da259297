import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Listing
from articles.views import world_map
from articles.views.world_map import shade

DRAWN = re.compile(r'<a href="/countries/([a-z-]+)/" tabindex="-1"><path class="map-(\d)"')
LISTED = re.compile(r'<li><a href="/countries/([a-z-]+)/">[^<]*</a> <span>(\d+\+?)<')


def test_map_shades_countries_by_their_stories_and_lists_the_same(client, tell, norway, finland):
    tell("One", about=[norway])
    tell("Two", about=[norway, finland])

    page = client.get("/map/").content.decode()

    assert sorted(DRAWN.findall(page)) == [("finland", "4"), ("norway", "5")]
    assert LISTED.findall(page) == [("norway", "2"), ("finland", "1")]
    assert "<title>Norway: 2</title>" in page


@pytest.mark.parametrize(("period", "days"), [("7", 8), ("", 31), ("365", 366)])
def test_map_counts_the_stories_of_its_period(client, tell, norway, period, days):
    article = tell("One", about=[norway])
    assert LISTED.findall(client.get(f"/map/?period={period}").content.decode()) == [("norway", "1")]

    Listing.objects.filter(article=article).update(published_at=timezone.now() - timedelta(days=days + 1))

    page = client.get(f"/map/?period={period}").content.decode()
    assert (LISTED.findall(page), DRAWN.findall(page)) == ([], [])
    assert "names a country" in page


def test_map_forgets_a_killed_story_at_once_and_hides_hidden_countries(client, desk, tell, norway, finland):
    story = tell("One", about=[norway])
    tell("Two", about=[finland])
    finland.is_hidden = True
    finland.save()
    assert LISTED.findall(client.get("/map/").content.decode()) == [("norway", "1")]

    desk.kill(story)

    assert "norway" not in client.get("/map/").content.decode()


def test_map_says_what_is_wrong_with_a_period(client, db):
    response = client.get("/map/?period=31")

    assert response.status_code == 400
    assert "The map knows 7, 30 and 365 days." in response.content.decode()


def test_map_does_not_count_to_the_end(client, tell, norway, monkeypatch):
    monkeypatch.setattr(world_map, "MOST_COUNTED", 1)
    tell("One", about=[norway])
    tell("Two", about=[norway])

    assert LISTED.findall(client.get("/map/").content.decode()) == [("norway", "1+")]


def test_map_costs_the_same_for_one_and_three(client, tell, norway, finland, django_assert_num_queries):
    tell("One", about=[norway])
    with django_assert_num_queries(3):
        client.get("/map/")

    tell("Two", about=[norway, finland])
    tell("Three", about=[finland])
    with django_assert_num_queries(3):
        client.get("/map/")


def test_shade_has_a_step_for_every_number():
    assert [shade(stories, 100) for stories in (0, 1, 5, 15, 50, 100)] == [0, 1, 2, 4, 5, 5]
    assert shade(1, 1) == 5
