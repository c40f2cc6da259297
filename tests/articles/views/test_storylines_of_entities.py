"""Timelines and pages of entities draw on storylines: which storyline a story is of, and those that they are about."""

import re
from datetime import UTC, datetime

import pytest

from articles import storylines
from entities.merging import merge
from entities.models import Entity, Kind


@pytest.fixture
def cable(desk):
    return storylines.make_storyline(by=desk.editor, title="The cable off Hanko", is_public=True)


def of_storyline(client, address):
    """Headline and storyline of each line that names one."""
    lines = re.findall(r'(?s)<li class="moment.*?</li>', client.get(address).content.decode())
    found = [
        re.search(r'(?s)<h3><a [^>]*>(.*?)</a>.*moment-storyline">Storyline: <a href="(.*?)">', line) for line in lines
    ]
    return [match.groups() for match in found if match]


def test_timeline_says_of_each_story_which_storyline_it_is_of(client, desk, tell, norway, cable):
    inside, _ = tell("Cable cut", about=[norway]), tell("Something else", about=[norway])
    storylines.add_story(cable, inside, by=desk.editor)

    assert of_storyline(client, "/countries/norway/timeline/") == [("Cable cut", cable.get_absolute_url())]


def test_timeline_names_of_several_storylines_that_which_goes_on(client, desk, tell, norway, cable):
    story = tell("Cable cut", about=[norway])
    ended = storylines.make_storyline(by=desk.editor, title="Ended", is_public=True)
    for storyline in (cable, ended):
        storylines.add_story(storyline, story, by=desk.editor)
    storylines.close(ended, by=desk.editor)

    assert of_storyline(client, "/countries/norway/timeline/") == [("Cable cut", cable.get_absolute_url())]


@pytest.mark.parametrize("address", ["/countries/norway/timeline/", "/countries/norway/"])
def test_storylines_about_an_entity_stand_on_its_pages_with_their_days(client, desk, tell, norway, cable, address):
    for headline, day in (("First", 9), ("Second", 16)):
        story = tell(headline)
        type(story.representation).objects.filter(article=story).update(
            published_at=datetime(2026, 11, day, 12, tzinfo=UTC)
        )
        storylines.add_story(cable, story, by=desk.editor)
    storylines.add_story(cable, desk.draft("Not yet"), by=desk.editor)
    storylines.describe(cable, by=desk.editor, entities=[norway])

    page = re.sub(r"<time[^>]*>|</time>", "", client.get(address).content.decode())

    assert f'<a href="{cable.get_absolute_url()}">The cable off Hanko</a>' in page
    assert "9 to 16 November 2026: 2 stories, goes on" in page
    storylines.close(cable, by=desk.editor)
    assert "2 stories, told to the end" in client.get(address).content.decode()


def test_storylines_about_what_was_merged_stand_there_too(client, desk, tell, cable):
    former, lantern = (
        Entity.objects.create(kind=Kind.EXERCISE, name=name, slug=name.lower()) for name in ("Lamp", "Lantern")
    )
    storylines.describe(cable, by=desk.editor, entities=[former])
    storylines.add_story(cable, tell("Lantern opens", about=[lantern]), by=desk.editor)
    merge(former, into=lantern)

    assert "The cable off Hanko" in client.get("/entities/exercise/lantern/").content.decode()
    assert client.get("/entities/exercise/lantern/timeline/").context["storylines"][0].slug == cable.slug


@pytest.mark.parametrize("address", ["/countries/norway/timeline/", "/countries/norway/"])
def test_storyline_that_is_not_public_or_has_no_live_story_is_nowhere(client, desk, tell, norway, address):
    inside = tell("Cable cut", about=[norway])
    hidden = storylines.make_storyline(by=desk.editor, title="Hidden plan", entities=[norway])
    storylines.add_story(hidden, inside, by=desk.editor)
    empty = storylines.make_storyline(by=desk.editor, title="Empty plan", is_public=True, entities=[norway])
    storylines.add_story(empty, desk.draft(), by=desk.editor)
    killed = desk.live("Killed")
    storylines.add_story(empty, killed, by=desk.editor)
    desk.kill(killed)

    assert b"plan" not in client.get(address).content

    storylines.describe(hidden, by=desk.editor, is_public=True)
    assert b"Hidden plan" in client.get(address).content


@pytest.mark.parametrize("address", ["/countries/norway/timeline/", "/countries/norway/"])
def test_pages_have_the_keys_of_the_storylines_that_they_name(client, desk, tell, norway, cable, address):
    story = tell("Cable cut", about=[norway])
    other = storylines.make_storyline(by=desk.editor, title="Of the story", is_public=True)
    storylines.add_story(other, story, by=desk.editor)
    storylines.describe(cable, by=desk.editor, entities=[norway])
    storylines.add_story(cable, tell("Elsewhere"), by=desk.editor)

    keys = set(client.get(address)["Surrogate-Key"].split())

    noted = {f"storyline-{other.slug}"} if address.endswith("timeline/") else set()
    assert keys == {"site", "country-norway", f"storyline-{cable.slug}"} | noted


@pytest.mark.parametrize(("address", "queries"), [("/countries/norway/timeline/", 7), ("/countries/norway/", 11)])
def test_storylines_cost_the_same_for_one_and_three(
    client, desk, tell, norway, django_assert_num_queries, address, queries
):
    def add_storyline(number):
        made = storylines.make_storyline(by=desk.editor, title=f"Storyline {number}", is_public=True, entities=[norway])
        storylines.add_story(made, tell(f"Story {number}", about=[norway]), by=desk.editor)

    add_storyline(1)
    with django_assert_num_queries(queries):
        client.get(address)

    add_storyline(2)
    add_storyline(3)
    with django_assert_num_queries(queries):
        client.get(address)
