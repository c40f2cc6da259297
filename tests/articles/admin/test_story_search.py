"""Finding a story to link to: by words, number and address; never a killed one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

FIND = reverse("admin:articles_article_find")


@pytest.fixture
def find(client: Client, journalist):
    client.force_login(journalist)

    def found(query: str = "", **others: str) -> list[str]:
        answer = client.get(FIND, {"q": query} | others)
        assert answer.status_code == 200
        return [story["headline"] for story in answer.json()["stories"]]

    return found


def test_search_finds_live_stories_by_their_words_and_drafts_by_their_headline(find, desk):
    desk.draft("Frigate in the yard")
    desk.live("Fleet sails", body="<p>A frigate leads.</p>")
    desk.live("Tanks roll")

    assert find("frig") == ["Fleet sails", "Frigate in the yard"]
    assert find("frigate yard") == ["Frigate in the yard"]
    assert find("frig", live="1") == ["Fleet sails"]
    assert find("submarine") == []


def test_search_without_words_shows_the_newest(find, desk):
    desk.live("First")
    desk.live("Second")
    desk.draft("Third")

    assert find() == ["Second", "First", "Third"]


def test_search_finds_one_story_by_its_number_and_address(find, desk):
    article = desk.live("Fleet sails")
    desk.live("Other")

    assert find(f"#{article.pk}") == find(str(article.pk)) == ["Fleet sails"]
    assert find(article.edition.get_absolute_url()) == ["Fleet sails"]
    assert find(f"http://127.0.0.1:8000{article.edition.get_absolute_url()}?from=mail") == ["Fleet sails"]
    assert find(f"https://example.org{article.edition.get_absolute_url()}") == []
    assert find(str(article.uuid)) == find(f"/admin/articles/article/{article.pk}/change/") == ["Fleet sails"]


def test_search_leaves_out_killed_and_spiked_stories_and_the_one_that_asks(find, desk):
    killed, own = desk.killed("Killed"), desk.draft("Own")

    desk.live(f"Ministry orders {killed.pk} frigates")

    assert find("killed") == find(f"#{killed.pk}") == []
    assert find(str(killed.pk)) == [f"Ministry orders {killed.pk} frigates"]
    assert find("own", **{"for": str(own.pk)}) == []


def test_search_tells_what_a_dialog_shows(client, journalist, desk):
    article = desk.live("Fleet sails")
    client.force_login(journalist)

    (story,) = client.get(FIND, {"q": "fleet"}).json()["stories"]

    assert story == {
        "id": article.pk,
        "headline": "Fleet sails",
        "address": article.edition.get_absolute_url(),
        "is_live": True,
        "state": "live",
        "section": "Sea",
        "date": f"{article.published_at:%-d %B %Y}",
        "line": f"#{article.pk} Fleet sails",
    }


def test_search_tells_of_stories_by_their_numbers(client, journalist, desk):
    first, second = desk.killed("Killed"), desk.draft("Draft")
    desk.draft("Other")
    client.force_login(journalist)

    stories = client.get(FIND, {"id": [first.pk, second.pk, "x", "9" * 19, "9" * 99]}).json()["stories"]

    assert {story["headline"]: story["state"] for story in stories} == {"Killed": "killed", "Draft": "never published"}


@pytest.mark.parametrize("number", [1, 12])
def test_search_asks_the_same_number_of_questions(client, journalist, desk, django_assert_num_queries, number):
    for place in range(number):
        desk.draft(f"Fleet {place}")
    client.force_login(journalist)

    with django_assert_num_queries(7):
        client.get(FIND, {"q": "fleet"})


@pytest.mark.parametrize(
    "query",
    ["\x00", "'; drop table", "a:* & !b | (", "%_\\", "#" + "9" * 400, "http://[bad", "—", "x" * 5000, "\u202eabc"],
)
def test_search_answers_hostile_words(find, desk, query):
    desk.live("Fleet sails")

    assert isinstance(find(query), list)


def test_search_is_closed_to_who_has_no_role(client, stranger):
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(FIND).status_code == 403
