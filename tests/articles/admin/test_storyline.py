"""Storylines in the admin: facts, stories in order, and the storylines of a story on its own page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles import storylines
from articles.models import Storyline

ADD = reverse("admin:articles_storyline_add")


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def cable(desk):
    return storylines.make_storyline(by=desk.editor, title="The cable off Hanko", is_public=True)


@pytest.fixture
def two(desk, cable):
    stories = [desk.live(name) for name in ("One cut", "Two boarded")]
    for story in stories:
        storylines.add_story(cable, story, by=desk.editor)
    return stories


def page_of(storyline):
    return reverse("admin:articles_storyline_change", args=[storyline.pk])


def press(client, storyline, **given):
    return client.post(reverse("admin:articles_storyline_stories", args=[storyline.pk]), given, follow=True)


def told(storyline):
    return [str(row.article) for row in storyline.stories.all()]


def test_add_makes_a_storyline_of_the_verb(editor_client, editor, norway):
    response = editor_client.post(ADD, {"title": "The cable", "intro": "It was cut.", "entities": [norway.pk]})

    made = Storyline.objects.get()
    assert response["Location"] == page_of(made)
    assert (made.slug, made.made_by, [*made.entities.all()]) == ("the-cable", editor, [norway])


def test_change_that_comes_too_late_loses_no_word(editor_client, desk, cable):
    stale = {"title": "Typed title", "slug": cable.slug, "intro": "Typed words", "read_version": cable.version}
    storylines.describe(cable, by=desk.chief, title="Chief’s title")

    page = editor_client.post(page_of(cable), stale).content.decode()

    assert "chief changed “Chief’s title” meanwhile" in page
    assert "Typed title" in page
    assert "Typed words" in page
    assert Storyline.objects.get().title == "Chief’s title"


def test_change_of_the_address_says_who_has_it(editor_client, desk, cable):
    storylines.make_storyline(by=desk.editor, title="Other")

    page = editor_client.post(page_of(cable), {"title": "T", "slug": "other", "read_version": cable.version})

    assert page.status_code == 200
    assert "already exists" in page.content.decode()


@pytest.mark.parametrize("named", ["#{pk}", "{pk}", "#{pk} Third freed", "Third freed", "{address}"])
def test_add_story_by_number_words_or_address(editor_client, desk, cable, two, named):
    third = desk.live("Third freed")

    press(editor_client, cable, add=named.format(pk=third.pk, address=third.representation.get_absolute_url()), at="2")

    assert told(cable) == ["One cut", "Third freed", "Two boarded"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"add": ""}, "Say which story"),
        ({"add": "no such words at all"}, "No story is found"),
        ({"add": "#1 x\x00", "at": "first"}, "Write the number as figures"),
        ({"add": "cut"}, "is number 1"),
        ({"move": "{pk}:9"}, "The number must be from 1 to 2"),
        ({"move": "{pk}", "number-{pk}": "٢"}, "Write the number as figures"),
    ],
)
def test_press_says_what_is_wrong_and_moves_nothing(editor_client, cable, two, given, says):
    filled = {name.format(pk=two[0].pk): value.format(pk=two[0].pk) for name, value in given.items()}

    page = press(editor_client, cable, **filled).content.decode()

    assert says in page
    assert told(cable) == ["One cut", "Two boarded"]


def test_press_moves_notes_takes_out_and_closes_and_is_written_down(editor_client, editor, cable, two):
    press(editor_client, cable, move=f"{two[1].pk}:1")
    press(editor_client, cable, note=two[0].pk, **{f"note-{two[0].pk}": "It begins."})
    assert told(cable) == ["Two boarded", "One cut"]
    assert cable.stories.get(article=two[0]).note == "It begins."

    press(editor_client, cable, remove=two[1].pk)
    press(editor_client, cable, state="closed")

    assert told(cable) == ["One cut"]
    assert Storyline.objects.get().state == "closed"
    assert LogEntry.objects.filter(user=editor).count() == 4


def test_reporter_sees_and_cannot_press(client, journalist, cable, two):
    client.force_login(journalist)

    page = client.get(page_of(cable)).content.decode()
    refused = press(client, cable, remove=two[0].pk).content.decode()

    assert "One cut" in page
    assert 'name="remove"' not in page
    assert "Storylines are changed by editors" in refused
    assert told(cable) == ["One cut", "Two boarded"]


def test_page_costs_the_same_with_one_story_and_three(editor_client, desk, cable, django_assert_num_queries):
    for number in (1, 3):
        while cable.stories.count() < number:
            storylines.add_story(cable, desk.live(f"Story {cable.stories.count()}"), by=desk.editor)
        with django_assert_num_queries(8):
            editor_client.get(page_of(cable))


def test_story_page_shows_and_sets_its_storylines(editor_client, desk, cable, two):
    third = desk.draft("Third freed")
    door = reverse("admin:articles_article_storylines", args=[third.pk])
    asks = {"HTTP_ACCEPT": "application/json"}

    added = editor_client.post(door, {"add": cable.pk}, **asks).json()["part"]
    page = editor_client.get(reverse("admin:articles_article_change", args=[third.pk])).content.decode()
    taken = editor_client.post(door, {"remove": cable.pk, "add": ""}, **asks).json()["part"]

    assert "number 3" in added
    assert f'value="{cable.pk}" aria-label="Take it out of The cable off Hanko"' in page
    assert "It is in none." in taken
    assert told(cable) == ["One cut", "Two boarded"]


def test_story_page_says_why_a_closed_storyline_takes_none(editor_client, desk, cable):
    storylines.close(cable, by=desk.editor)
    door = reverse("admin:articles_article_storylines", args=[desk.draft().pk])

    response = editor_client.post(door, {"add": cable.pk}, HTTP_ACCEPT="application/json")

    assert response.status_code == 409
    assert "is closed" in response.json()["message"]
