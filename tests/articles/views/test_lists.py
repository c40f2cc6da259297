"""Sections and authors: rivers of stories."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import front, publishing
from articles.front import Place, Spot
from articles.models import Article, Author
from articles.views import rivers

KICKER = re.compile(r'<p class="kicker">(.*?)</p>')
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


@pytest.mark.parametrize(("address", "queries"), [("/sections/sea/", 5), ("/authors/ana-sample/", 4)])
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


def test_section_shows_pinned_stories_first_and_once(client, five_stories, desk):
    old = Article.objects.get(headline="Story 2")
    front.place(Spot(Place.SECTION, 1, desk.section), story=old, by=desk.editor)

    assert headlines(client, "/sections/sea/") == ["Story 2", "Story 5", "Story 4", "Story 3", "Story 1"]


def test_section_lets_a_withdrawn_story_leave_its_pin(client, five_stories, desk):
    old = Article.objects.get(headline="Story 2")
    front.place(Spot(Place.SECTION, 1, desk.section), story=old, by=desk.editor)
    publishing.withdraw(old, by=desk.editor, reason="Sent too early.")

    assert headlines(client, "/sections/sea/") == ["Story 5", "Story 4", "Story 3", "Story 1"]


def test_section_narrows_by_country_and_kind_and_keeps_that_on_the_next_page(client, tell, norway, monkeypatch):
    monkeypatch.setattr(rivers, "PAGE_SIZE", 1)
    tell("Old", about=[norway], type="analysis")
    tell("Elsewhere", type="analysis")
    tell("Plain", about=[norway])
    tell("New", about=[norway], type="analysis")
    address = "/sections/sea/?country=norway&type=analysis"

    page = client.get(address).content.decode()

    assert HEADLINE.findall(page) == ["New"]
    older = re.search(r'href="(\?[^"]*before=[^"]*)"', page).group(1).replace("&amp;", "&")
    assert headlines(client, "/sections/sea/" + older) == ["Old"]
    assert '<a href="?type=analysis" aria-current="true">Norway' in page


def test_section_counts_countries_and_kinds_of_its_newest_stories(client, tell, norway):
    tell("One", about=[norway])
    tell("Two", about=[norway], type="analysis")

    page = client.get("/sections/sea/").content.decode()

    assert '<a href="?country=norway">Norway</a> <span>2<' in page
    assert '<a href="?type=analysis">Analysis</a> <span>1<' in page


def test_section_of_a_kind_without_stories_leads_back(client, desk):
    desk.live()

    page = client.get("/sections/sea/?type=interview").content.decode()

    assert 'No story here is of this kind. <a href="?">Show all</a>' in page


def test_card_in_a_section_says_the_country_and_else_the_kind(client, tell, norway):
    tell("Of Norway", about=[norway])
    tell("Of none", type="analysis")

    page = " ".join(client.get("/sections/sea/").content.decode().split())

    kickers = [" ".join(re.sub("<[^>]*>", "", kicker).split()) for kicker in KICKER.findall(page)]
    assert kickers == ["Analysis", "Norway"]


@pytest.mark.parametrize(("length", "added"), [(110, ""), (111, " is-long"), (171, " is-long is-very-long")])
def test_long_headline_is_set_smaller(client, desk, length, added):
    article = desk.live("x" * length, slug="long")

    assert f'<h2 class="lead-headline{added}">' in client.get("/").content.decode()
    story = client.get(article.representation.get_absolute_url()).content.decode()
    assert f'<h1 class="story-headline{added}">' in story
