"""Storylines in the admin: facts, stories in order, and the storylines of a story on its own page."""

import re

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


def test_change_that_does_not_say_what_was_read_overwrites_nothing(editor_client, cable):
    page = editor_client.post(page_of(cable), {"title": "Unread", "slug": cable.slug}).content.decode()

    assert "does not say which version you have read" in page
    assert 'value="Unread"' in page
    assert Storyline.objects.get().title == cable.title


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
        with django_assert_num_queries(9):
            editor_client.get(page_of(cable))


@pytest.fixture
def seven(desk, cable, monkeypatch):
    """A storyline of which a page shows three stories of seven."""
    monkeypatch.setattr("articles.admin.storyline.STORIES_ON_PAGE", 3)
    stories = [desk.draft(f"Story {number}") for number in range(1, 8)]
    for story in stories:
        storylines.add_story(cable, story, by=desk.editor)
    return stories


def shown(page):
    return re.findall(r'class="storyline-headline" href="[^"]*">(.*?)</a>', page)


@pytest.mark.parametrize(
    ("page", "numbers", "current"),
    [
        ("", (1, 2, 3), "1 to 3"),
        ("2", (4, 5, 6), "4 to 6"),
        ("3", (7,), "7 to 7"),
        ("99", (7,), "7 to 7"),
        ("0", (1, 2, 3), "1 to 3"),
        ("x", (1, 2, 3), "1 to 3"),
    ],
)
def test_page_shows_some_stories_and_leads_to_the_others(editor_client, cable, seven, page, numbers, current):
    found = editor_client.get(page_of(cable), {"page": page}).content.decode()

    assert shown(found) == [f"Story {number}" for number in numbers]
    assert '<span class="count">7</span>' in found
    assert set(re.findall(r'aria-current="page">(\d+ to \d+)</a>', found)) == {current}
    assert {"1 to 3", "4 to 6", "7 to 7"} == set(re.findall(r">(\d to \d)</a>", found))
    assert f'data-listed="{" ".join(str(story.pk) for story in seven)}"' in found


def test_story_moves_over_the_border_of_a_page(editor_client, cable, seven):
    def push(page, **given):
        door = reverse("admin:articles_storyline_stories", args=[cable.pk])
        return editor_client.post(f"{door}?page={page}", given, follow=True).content.decode()

    first_of_second = editor_client.get(page_of(cable), {"page": 2}).content.decode()
    assert f'name="move" value="{seven[3].pk}:3"' in first_of_second
    assert f'name="move" value="{seven[5].pk}:7"' in first_of_second

    assert shown(push(2, move=f"{seven[3].pk}:3")) == ["Story 1", "Story 2", "Story 4"]
    typed = push(1, move=seven[0].pk, **{f"number-{seven[0].pk}": "7"})
    assert "“Story 1” is number 7." in typed
    assert shown(typed) == ["Story 2", "Story 4", "Story 3"]
    assert shown(push(3, remove=seven[0].pk)) == ["Story 5", "Story 6", "Story 7"]
    assert told(cable) == [f"Story {number}" for number in (2, 4, 3, 5, 6, 7)]


def test_added_story_is_shown_on_its_page(editor_client, desk, cable, seven):
    page = press(editor_client, cable, add=f"#{desk.draft('Eighth').pk}").content.decode()

    assert shown(page) == ["Story 7", "Eighth"]


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
