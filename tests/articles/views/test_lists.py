"""Sections and authors: rivers of stories."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Author
from articles.views import rivers

HEADLINE = re.compile(r'card-headline"><a href="[^"]*">([^<]*)</a>')


def headlines(client, address):
    return HEADLINE.findall(client.get(address).content.decode())


@pytest.fixture
def five_stories(desk):
    """Story 1 to 5, the fifth the newest; two of them at the very same moment."""
    now = timezone.now()
    for number, minutes in enumerate((50, 40, 30, 30, 10), start=1):
        article = desk.approved(f"Story {number}")
        publishing.publish(article, by=desk.editor, published_at=now - timedelta(minutes=minutes))


@pytest.mark.parametrize("address", ["/sections/sea/", "/authors/ana-sample/"])
def test_river_shows_the_newest_first(client, five_stories, address):
    assert headlines(client, address) == ["Story 5", "Story 4", "Story 3", "Story 2", "Story 1"]


@pytest.mark.parametrize("address", ["/sections/sea/", "/authors/ana-sample/"])
def test_river_pages_show_every_story_once(client, five_stories, address, monkeypatch):
    monkeypatch.setattr(rivers, "PAGE_SIZE", 2)
    seen, following = [], address
    while following:
        seen.append(headlines(client, following))
        link = re.search(r'href="(\?before=[^"]*)"', client.get(following).content.decode())
        following = link and address + link.group(1)

    assert seen == [["Story 5", "Story 4"], ["Story 3", "Story 2"], ["Story 1"]]


@pytest.mark.parametrize(("address", "queries"), [("/sections/sea/", 3), ("/authors/ana-sample/", 4)])
def test_river_costs_the_same_for_one_and_three_stories(client, desk, address, queries, django_assert_num_queries):
    desk.live("One")
    with django_assert_num_queries(queries):
        client.get(address)

    desk.live("Two")
    desk.live("Three")
    with django_assert_num_queries(queries):
        client.get(address)


def test_section_leaves_out_stories_of_others(client, desk, section):
    desk.live()
    section.pk, section.slug, section.name = None, "air", "Air"
    section.save()

    page = client.get("/sections/air/").content.decode()

    assert "No story has been published in this section yet." in page
    assert 'aria-current="page">Air</a>' in page


def test_section_unknown_is_not_found(client, db):
    assert client.get("/sections/nowhere/").status_code == 404


def test_author_shows_who_writes(client, desk, author):
    Author.objects.filter(pk=author.pk).update(role="Naval correspondent", biography="Knows ships.")

    page = client.get("/authors/ana-sample/").content.decode()

    assert "Naval correspondent" in page
    assert "Knows ships." in page
    assert "No story under this name is public now." in page


def test_author_leaves_out_a_story_whose_live_edition_has_another_name(client, desk):
    other = Author.objects.create(slug="ben-sample", name="Ben Sample")
    article = desk.live("By Ana")
    desk.save(article, authors=[other])

    assert headlines(client, "/authors/ben-sample/") == []
    assert headlines(client, "/authors/ana-sample/") == ["By Ana"]


def test_author_unknown_is_not_found(client, db):
    assert client.get("/authors/nobody/").status_code == 404
