import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import front, publishing
from articles.front import Place, Spot
from articles.models import FrontSlot
from entities.models import Relation

TOP = re.compile(r'(?:lead|card)-headline"><a href="[^"]*">([^<]*)</a>')


def home(client):
    return client.get("/").content.decode()


def test_home_leads_with_the_newest_story_that_has_a_picture(client, tell, picture):
    tell("Pictured", image=picture)
    tell("Newest")

    page = home(client)

    assert page.index("lead-headline") < page.index("Pictured") < page.index("Newest")


def test_home_without_any_story_says_so(client, db):
    assert "No story has been published yet." in home(client)


def test_home_with_one_story_shows_it_once(client, desk):
    desk.live("The only story")

    page = home(client)

    assert page.count("The only story</a>") == 1
    assert 'class="wrap grid front is-alone"' in page


def test_home_shows_briefs_and_opinion_apart(client, desk):
    desk.live("Some news")
    desk.live("Some brief", type="brief")
    desk.live("Some opinion", type="opinion")

    page = home(client)

    assert "Some brief" in page[page.index("In brief") : page.index("Analysis &amp; opinion")]
    assert "Some opinion" in page[page.index("Analysis &amp; opinion") :]


def test_home_prints_a_quote_of_the_day_with_its_speaker(client, tell):
    article = tell()

    page = home(client)

    quote = page[page.index("Quote of the day") :]
    assert "“The whole fleet will return to port by Friday at the latest.”" in quote
    assert '<a href="/quotes/?speaker=Ana+Sample">Ana Sample</a>' in quote
    assert f"#quote-{article.quotes.get().uuid}" in quote


def test_home_prints_no_quote_of_somebody_unnamed(client, tell):
    tell(speaker="", speaker_kind="unnamed")

    assert "Quote of the day" not in home(client)


def test_home_counts_countries_of_the_seven_days_to_the_newest_story(client, desk, tell, norway, finland):
    old = desk.approved("Old")
    publishing.publish(old, by=desk.editor, published_at=timezone.now() - timedelta(days=40))
    tell("One", about=[norway, finland])
    tell("Two", about=[norway])

    page = home(client)

    side = page[page.index("Countries in the news") :]
    assert side.index("Norway") < side.index("Finland")
    assert "<span>2<" in side


def test_home_costs_the_same_for_one_and_three_stories(client, tell, norway, finland, django_assert_num_queries):
    tell("One", about=[norway])
    with django_assert_num_queries(8):
        home(client)

    tell("Two", about=[norway, finland])
    tell("Three", about=[finland])
    with django_assert_num_queries(8):
        home(client)


def placed(desk, place, headline, number=1, **given):
    story = desk.live(headline)
    return front.place(Spot(place, number), story=story, by=desk.editor, **given)


def test_home_shows_what_an_editor_placed_and_fills_the_rest(client, desk):
    placed(desk, Place.LEAD, "Chosen lead")
    placed(desk, Place.SECONDARY, "Chosen second", 2)
    for number in (1, 2, 3, 4):
        desk.live(f"News {number}")

    assert TOP.findall(home(client)) == ["Chosen lead", "News 4", "Chosen second", "News 3", "News 2", "News 1"]


@pytest.mark.parametrize("end", ["withdrawn", "killed", "ended"])
def test_home_skips_at_once_what_is_no_longer_to_be_seen(client, desk, end):
    slot = placed(desk, Place.LEAD, "Chosen lead")
    desk.live("News")
    if end == "withdrawn":
        publishing.withdraw(slot.story, by=desk.editor, reason="Sent too early.")
    elif end == "killed":
        desk.kill(desk.fresh(slot.story))
    else:
        FrontSlot.objects.update(until=timezone.now() - timedelta(minutes=1))
        desk.live("Newer")

    page = home(client)

    assert TOP.findall(page)[0] == ("Newer" if end == "ended" else "News")
    assert ("Chosen lead" in page) == (end == "ended")


def test_home_and_other_pages_carry_the_breaking_strip_until_its_end(client, desk):
    soon = timezone.now() + timedelta(hours=1)
    article = desk.live("Some story")
    front.place(Spot(Place.BREAKING), text="Fleet <b>sails</b>", story=article, until=soon, by=desk.editor)
    addresses = ["/", "/sections/sea/", article.representation.get_absolute_url()]

    pages = [client.get(address).content.decode() for address in addresses]
    FrontSlot.objects.update(until=timezone.now())
    later = [client.get(address).content.decode() for address in addresses]

    link = f'<a href="{article.representation.get_absolute_url()}">Fleet &lt;b&gt;sails&lt;/b&gt;</a>'
    assert [link in page for page in pages] == [True] * 3
    assert ["breaking" in page for page in later] == [False] * 3


def test_home_drops_the_breaking_strip_of_a_killed_story(client, desk):
    slot = placed(desk, Place.BREAKING, "Breaking news", until=timezone.now() + timedelta(hours=1))
    assert "breaking-label" in home(client)

    desk.kill(desk.fresh(slot.story))

    assert "breaking-label" not in home(client)


def test_home_lists_exercises_that_are_on_with_their_end(client, tell, norway):
    exercise = type(norway).objects.create(kind="exercise", name="Cold Sample", slug="cold-sample")
    today = timezone.now().date()
    days = {"valid_from": today - timedelta(days=2), "valid_to": today + timedelta(days=2)}
    Relation.objects.create(subject=norway, kind="hosts", object=exercise, **days)
    tell()

    page = home(client)

    assert "Exercises running" in page
    assert '<a href="/entities/exercise/cold-sample/">Cold Sample</a> <span>until <time' in page


def test_home_lists_exercises_in_the_news_where_none_is_on(client, tell, norway):
    make = type(norway).objects.create
    make(kind="exercise", name="Silent Sample", slug="silent-sample")
    tell(about=[make(kind="exercise", name="Cold Sample", slug="cold-sample")])

    page = home(client)

    assert "Exercises in the news" in page
    assert "Cold Sample" in page
    assert "Silent Sample" not in page


def test_home_says_updated_only_when_the_story_was(client, desk):
    article = desk.live("Some story")
    assert "Updated" not in home(client)

    desk.approve_again(desk.save(article, headline="Some story, told anew"))
    publishing.publish_update(desk.fresh(article), by=desk.editor)

    assert "Updated" in home(client)


@pytest.mark.django_db(transaction=True)
def test_home_is_made_once_a_change(client, desk, django_assert_num_queries):
    story = desk.live("Some story")
    assert "Some story" in home(client)

    with django_assert_num_queries(1):
        assert "Some story" in home(client)

    desk.kill(story)
    assert "Some story" not in home(client)


@pytest.mark.django_db(transaction=True)
def test_home_is_made_anew_when_a_place_is_filled(client, desk):
    story = desk.live("Old story")
    desk.live("New story")
    assert TOP.findall(home(client))[0] == "New story"

    front.place(Spot(Place.LEAD), story=story, by=desk.editor)

    assert TOP.findall(home(client))[0] == "Old story"


def test_home_is_no_longer_confirmed_once_a_place_has_ended(client, desk):
    placed(desk, Place.LEAD, "Chosen lead", until=timezone.now() + timedelta(hours=1))
    with connection.cursor() as cursor:  # as a commit would, and nothing after this
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    held = {"If-None-Match": client.get("/")["ETag"]}
    assert client.get("/", headers=held).status_code == 304

    FrontSlot.objects.update(until=timezone.now() - timedelta(minutes=1))

    assert client.get("/", headers=held).status_code == 200
