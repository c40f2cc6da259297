"""Storylines as readers see them: live stories alone, in the order of the editors."""

import json
import re

import pytest
from django.urls import reverse

from articles import publishing, storylines
from entities.models import Entity

INDEX = reverse("storylines")


@pytest.fixture
def cable(desk):
    return storylines.make_storyline(by=desk.editor, title="The cable off Hanko", intro="It was cut.", is_public=True)


@pytest.fixture
def three(desk, cable):
    stories = [desk.live(name) for name in ("One cut", "Two boarded", "Three freed")]
    for story in stories:
        storylines.add_story(cable, story, by=desk.editor)
    return stories


def headlines(page):
    return re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", page.content.decode())


def test_page_has_the_stories_in_their_order_with_the_notes(client, desk, cable, three):
    storylines.move_story(cable, three[2], to=1, by=desk.editor)
    storylines.note_story(cable, three[2], note="How it <b>ended</b>.", by=desk.editor)

    page = client.get(cable.get_absolute_url())

    assert headlines(page) == ["Three freed", "One cut", "Two boarded"]
    assert "How it &lt;b&gt;ended&lt;/b&gt;." in page.content.decode()
    assert "<b>" not in page.content.decode()


def test_draft_in_a_storyline_is_nowhere(client, desk, cable, three):
    storylines.add_story(cable, desk.approved("Secret headline"), by=desk.editor, at=1, note="Secret note")

    for address in (INDEX, cable.get_absolute_url(), three[0].representation.get_absolute_url()):
        assert b"Secret" not in client.get(address).content


@pytest.mark.parametrize("verb", ["kill", "withdraw"])
def test_story_that_is_taken_down_is_gone_at_once(client, desk, cable, three, verb):
    storylines.note_story(cable, three[1], note="Boarded at night", by=desk.editor)
    if verb == "kill":
        desk.kill(three[1])
    else:
        publishing.withdraw(three[1], by=desk.editor, reason="Too early.")

    for address in (cable.get_absolute_url(), three[0].representation.get_absolute_url()):
        content = client.get(address).content
        assert b"Two boarded" not in content
        assert b"Boarded at night" not in content


def test_storyline_without_a_live_story_or_not_public_is_not_there(client, desk, cable, three):
    hidden = storylines.make_storyline(by=desk.editor, title="Hidden plan")
    storylines.add_story(hidden, three[0], by=desk.editor)
    empty = storylines.make_storyline(by=desk.editor, title="Empty plan", is_public=True)
    storylines.add_story(empty, desk.draft(), by=desk.editor)

    for storyline in (hidden, empty):
        assert client.get(storyline.get_absolute_url()).status_code == 404
        assert client.get(reverse("feed-storyline", args=[storyline.slug, "atom"])).status_code == 404
    assert b"plan" not in client.get(INDEX).content
    assert b"Hidden plan" not in client.get(three[0].representation.get_absolute_url()).content


def test_index_says_which_go_on(client, desk, cable, three):
    assert b"Being told" in client.get(INDEX).content

    storylines.close(cable, by=desk.editor)

    page = client.get(INDEX).content.decode()
    assert "Told to the end" in page
    assert "Being told" not in page
    assert "3 stories" in page


def test_entities_stand_there_as_far_as_readers_know_them(client, desk, cable, three, norway):
    unknown = Entity.objects.create(kind="person", name="Nobody Knows", slug="nobody")
    storylines.describe(cable, by=desk.editor, entities=[norway, unknown])

    page = client.get(cable.get_absolute_url()).content.decode()

    assert "Norway" in page
    assert "Nobody Knows" not in page


def test_long_storyline_is_read_in_parts(client, desk, cable, three, monkeypatch):
    monkeypatch.setattr("articles.views.storylines.STORIES_ON_PAGE", 2)
    first = client.get(cable.get_absolute_url())
    second = client.get(cable.get_absolute_url(), {"after": "2"})

    assert (headlines(first), headlines(second)) == (["One cut", "Two boarded"], ["Three freed"])
    assert 'href="?after=2"' in first.content.decode()
    assert f'{cable.get_absolute_url()}?after=2">' in second.content.decode()
    for wrong in ("x", "-1", "3", "٣", "1" * 12):
        assert client.get(cable.get_absolute_url(), {"after": wrong}).status_code == 404


def test_page_says_to_machines_what_it_lists(client, cable, three):
    page = client.get(cable.get_absolute_url()).content.decode()

    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])["@graph"]
    listed = graph[0]["mainEntity"]["itemListElement"]
    assert [(item["position"], item["name"]) for item in listed] == [
        (1, "One cut"),
        (2, "Two boarded"),
        (3, "Three freed"),
    ]


def test_feed_tells_the_newest_first_and_what_is_gone(client, desk, cable, three):
    desk.kill(three[1])

    feed = client.get(reverse("feed-storyline", args=[cable.slug, "atom"])).content.decode()

    assert re.findall(r"<title>(\w+ \w+)</title>", feed) == ["Three freed", "One cut"]
    assert f'ref="{three[1].uuid.urn}"' in feed


def test_former_address_leads_on_in_one_step(client, desk, cable, three):
    before = cable.get_absolute_url()
    storylines.describe(cable, by=desk.editor, slug="second")
    storylines.describe(cable, by=desk.editor, slug="third")

    for former in (before, "/storylines/second/", "/STORYLINES/Third/"):
        response = client.get(former, follow=True)
        assert response.redirect_chain[0][0] == "/storylines/third/"
        assert (response.status_code, len(response.redirect_chain)) == (200, 1)
    assert client.get("/feeds/storylines/second.atom")["Location"] == "/feeds/storylines/third.atom"


def test_story_so_far_is_that_of_the_storyline(client, desk, cable, three):
    storylines.move_story(cable, three[2], to=1, by=desk.editor)

    page = client.get(three[0].representation.get_absolute_url())

    found = page.context["story_so_far"]
    assert [entry.headline for entry in found.before] == ["Three freed"]
    assert [entry.headline for entry in found.after] == ["Two boarded"]
    assert (found.title, found.address) == ("The cable off Hanko", cable.get_absolute_url())
    named = page["Surrogate-Key"].split()
    assert f"storyline-{cable.slug}" in named
    assert f"story-{three[2].representation.path}" in named


def test_story_so_far_of_several_is_that_which_goes_on(client, desk, cable, three):
    for title in ("Older", "Newer"):
        other = storylines.make_storyline(by=desk.editor, title=title, is_public=True)
        for story in three[:2]:
            storylines.add_story(other, story, by=desk.editor)
    storylines.close(other, by=desk.editor)

    assert client.get(three[0].representation.get_absolute_url()).context["story_so_far"].title == "Older"


def test_story_alone_in_its_storyline_has_no_story_so_far(client, desk, cable):
    story = desk.live("Alone")
    storylines.add_story(cable, story, by=desk.editor)

    assert client.get(story.representation.get_absolute_url()).context["story_so_far"] is None


def test_pages_cost_the_same_with_one_story_and_three(client, desk, cable, django_assert_num_queries):
    for number in (1, 3):
        while cable.stories.count() < number:
            storylines.add_story(cable, desk.live(f"Story {cable.stories.count()}"), by=desk.editor)
        shown = cable.stories.last().article.representation
        with django_assert_num_queries(7):
            client.get(cable.get_absolute_url())
        with django_assert_num_queries(3):
            client.get(INDEX)
        with django_assert_num_queries(1):
            client.get(shown.get_absolute_url())
