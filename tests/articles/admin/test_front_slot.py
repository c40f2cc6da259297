"""The front page in the admin: places filled, moved and cleared, and the page as it would look."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import front, publishing, suggestions
from articles.front import Place, Spot
from articles.models import FrontSlot

LIST, ADD = reverse("admin:articles_frontslot_changelist"), reverse("admin:articles_frontslot_add")


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client


def filled():
    return {(slot.place, slot.ordinal): str(slot.story or slot.text) for slot in FrontSlot.objects.all()}


def given(where="lead-1", story="", **other):
    return {"where": where, "story": story, "address": "", "text": "", "until": ""} | other


def test_list_says_what_stands_in_each_place(editor_client, desk):
    front.place(Spot(Place.LEAD), story=desk.live("Chosen lead"), by=desk.editor)
    desk.live("The newest")

    page = editor_client.get(LIST).content.decode()

    assert "Chosen lead" in page
    assert "Filled by itself: The newest" in page
    assert "Sea" in page


def test_list_says_why_a_placed_story_is_not_shown(editor_client, desk):
    story = desk.live("Some story")
    front.place(Spot(Place.LEAD), story=story, by=desk.editor)
    desk.kill(story)

    page = editor_client.get(LIST).content.decode()

    assert "<strong>Not shown:</strong> the story is killed" in page


def test_add_places_a_story(editor_client, desk):
    story = desk.live("Chosen")

    response = editor_client.post(ADD, given("secondary-2", story.pk))

    assert response.status_code == 302
    assert filled() == {("secondary", 2): "Chosen"}
    assert FrontSlot.objects.get().placed_by == desk.editor


def test_add_takes_an_older_story_by_its_address(editor_client, desk):
    story = desk.live("Old")
    address = f"https://example.org{story.representation.get_absolute_url()}?x=1"

    editor_client.post(ADD, given(address=address))

    assert filled() == {("lead", 1): "Old"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, "Choose the story"),
        ({"address": "/news/2026/11/nowhere/"}, "No live story has this address"),
        ({"where": "lead-7"}, "Select a valid choice"),
        ({"where": "breaking-1", "text": "Fleet sails"}, "Say when the breaking strip ends"),
        ({"story": "0"}, "Select a valid choice"),
    ],
)
def test_add_says_what_is_wrong_and_writes_nothing(editor_client, desk, wrong, says):
    response = editor_client.post(ADD, given() | wrong)

    assert says in response.content.decode()
    assert filled() == {}


def test_add_fills_the_breaking_strip_until_its_end(editor_client, desk):
    until = timezone.now() + timedelta(days=1)

    editor_client.post(ADD, given("breaking-1", text="Fleet sails", until=f"{until:%Y-%m-%dT%H:%M}"))

    assert filled() == {("breaking", 1): "Fleet sails"}


def test_preview_shows_the_page_and_changes_nothing(editor_client, desk):
    story = desk.live("Chosen lead")
    desk.live("The newest")

    response = editor_client.post(ADD, given(story=story.pk, _preview="1"))

    page = response.content.decode()
    assert page.index('lead-headline"') < page.index("Chosen lead") < page.index("The newest")
    assert "no-store" in response["Cache-Control"]
    assert filled() == {}
    assert "stands there now" not in editor_client.get(LIST).content.decode()


def test_preview_of_a_pinned_story_shows_its_section(editor_client, desk):
    story = desk.live("Chosen")

    response = editor_client.post(ADD, given("section-1-sea", story.pk, _preview="1"))

    assert 'aria-label="Chosen by the editors"' in response.content.decode()
    assert filled() == {}


def test_change_of_a_place_puts_another_story_there(editor_client, desk):
    slot = front.place(Spot(Place.LEAD), story=desk.live("Old"), by=desk.editor)
    address = reverse("admin:articles_frontslot_change", args=[slot.pk])
    assert editor_client.get(address).status_code == 200

    editor_client.post(address, given(story=desk.live("New").pk))

    assert filled() == {("lead", 1): "New"}


def test_press_moves_and_clears(editor_client, desk):
    _, two = (
        front.place(Spot(Place.SECONDARY, number), story=desk.live(name), by=desk.editor)
        for number, name in ((1, "One"), (2, "Two"))
    )

    editor_client.post(LIST, {"move": f"{two.pk}:1"})
    assert filled() == {("secondary", 1): "Two", ("secondary", 2): "One"}

    editor_client.post(LIST, {"clear": str(FrontSlot.objects.get(ordinal=1).pk)})
    assert filled() == {("secondary", 2): "One"}


@pytest.mark.parametrize(
    "pressed", [{"move": "x:y"}, {"move": ":"}, {"clear": "999999999999999999999"}, {"clear": "\x00"}]
)
def test_press_of_nonsense_changes_nothing(editor_client, desk, pressed):
    front.place(Spot(Place.LEAD), story=desk.live("One"), by=desk.editor)

    assert editor_client.post(LIST, pressed).status_code in (200, 302)
    assert filled() == {("lead", 1): "One"}


def test_reporter_sees_the_places_and_arranges_nothing(client, desk):
    slot = front.place(Spot(Place.LEAD), story=desk.live("One"), by=desk.editor)
    client.force_login(desk.journalist)

    page = client.get(LIST).content.decode()
    client.post(LIST, {"clear": str(slot.pk)})
    refused = client.post(ADD, given(story=slot.story_id))

    assert "One" in page
    assert 'name="clear"' not in page
    assert refused.status_code == 403
    assert filled() == {("lead", 1): "One"}


def test_list_costs_the_same_for_one_and_three_places(editor_client, desk, django_assert_num_queries):
    front.place(Spot(Place.LEAD), story=desk.live("One"), by=desk.editor)
    editor_client.get(LIST)
    with django_assert_num_queries(9):
        editor_client.get(LIST)

    for number in (1, 2):
        front.place(Spot(Place.SECONDARY, number), story=desk.live(f"Second {number}"), by=desk.editor)
    with django_assert_num_queries(9):
        editor_client.get(LIST)


@pytest.fixture
def of_norway(desk, norway):
    story = desk.draft("Of Norway")
    suggestions.add_tag(story, norway, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(story), by=desk.editor)
    return desk.fresh(story)


def test_add_pins_a_story_on_a_page_by_its_address(editor_client, of_norway, norway):
    response = editor_client.post(ADD, given("entity-2", of_norway.pk, page="https://paper.example/countries/norway/"))

    assert response.status_code == 302
    slot = FrontSlot.objects.get()
    assert (slot.place, slot.ordinal, slot.entity, slot.story) == ("entity", 2, norway, of_norway)
    page = editor_client.get(LIST).content.decode()
    assert "Norway, 2" in page[page.index("Pinned on pages") :]


@pytest.mark.parametrize("page", ["/countries/atlantis/", "/about/", "x", "/countries/\x00/", ""])
def test_add_refuses_a_page_that_is_none(editor_client, of_norway, page):
    response = editor_client.post(ADD, given("entity-1", of_norway.pk, page=page))

    assert response.status_code == 200
    assert not FrontSlot.objects.exists()
    told = response.content.decode()
    assert "There is no page of a country" in told or "the page on which" in told or "Null characters" in told


def test_add_wants_no_page_for_another_place(editor_client, of_norway):
    response = editor_client.post(ADD, given("lead-1", of_norway.pk, page="/countries/norway/"))

    assert "This is for a story pinned on a page alone." in response.content.decode()


def test_preview_of_a_pin_is_the_page_it_stands_on(editor_client, of_norway, norway):
    response = editor_client.post(ADD, given("entity-1", of_norway.pk, page="/countries/norway/", _preview="1"))

    assert "Chosen by the editors" in response.content.decode()
    assert not FrontSlot.objects.exists()


def test_change_keeps_the_page_of_a_pin(editor_client, desk, of_norway, norway):
    slot = front.place(Spot(Place.ENTITY, 1, entity=norway), story=of_norway, by=desk.editor)
    address = reverse("admin:articles_frontslot_change", args=[slot.pk])
    until = timezone.now() + timedelta(days=1)

    response = editor_client.post(address, given("entity-1", of_norway.pk, until=f"{until:%Y-%m-%dT%H:%M}"))

    assert response.status_code == 302
    assert FrontSlot.objects.get().entity == norway
