"""Places of the front page filled by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import front, publishing, suggestions
from articles.front import Place, Spot
from articles.models import FrontSlot
from articles.states import GuardFailed, NotAllowed
from entities.models import Entity

LEAD = Spot(Place.LEAD)
FIRST, SECOND = Spot(Place.SECONDARY, 1), Spot(Place.SECONDARY, 2)


def filled():
    return {(slot.place, slot.ordinal): str(slot.story or slot.text) for slot in FrontSlot.objects.all()}


def test_place_drives_out_what_stood_there(desk):
    front.place(LEAD, story=desk.live("Old"), by=desk.editor)

    slot = front.place(LEAD, story=desk.live("New"), by=desk.editor)

    assert filled() == {("lead", 1): "New"}
    assert slot.placed_by == desk.editor


def test_place_of_a_story_that_stood_elsewhere_changes_the_two(desk):
    one, two = desk.live("One"), desk.live("Two")
    front.place(LEAD, story=one, by=desk.editor)
    front.place(FIRST, story=two, by=desk.editor)

    front.place(LEAD, story=two, by=desk.editor)

    assert filled() == {("lead", 1): "Two", ("secondary", 1): "One"}


def test_place_again_in_the_same_place_keeps_it_there(desk):
    story = desk.live("One")
    front.place(LEAD, story=story, by=desk.editor)

    front.place(LEAD, story=story, by=desk.editor, until=timezone.now() + timedelta(hours=1))

    assert filled() == {("lead", 1): "One"}
    assert FrontSlot.objects.get().until is not None


def test_place_in_a_section_leaves_the_home_page_alone(desk):
    story = desk.live("One")
    front.place(LEAD, story=story, by=desk.editor)

    front.place(Spot(Place.SECTION, 1, desk.section), story=story, by=desk.editor)

    assert filled() == {("lead", 1): "One", ("section", 1): "One"}


def test_place_forgets_what_has_ended(desk):
    slot = front.place(SECOND, story=desk.live("Ended"), by=desk.editor)
    FrontSlot.objects.filter(pk=slot.pk).update(until=timezone.now() - timedelta(minutes=1))

    front.place(LEAD, story=desk.live("New"), by=desk.editor)

    assert filled() == {("lead", 1): "New"}


@pytest.mark.parametrize("state", ["draft", "approved", "scheduled", "withdrawn", "killed"])
def test_place_takes_live_stories_only(desk, state):
    story = getattr(desk, state)("Not live")

    with pytest.raises(GuardFailed, match="is not live"):
        front.place(LEAD, story=story, by=desk.editor)

    assert filled() == {}


@pytest.mark.parametrize(
    ("spot", "given", "says"),
    [
        (Spot(Place.SECONDARY, 5), {}, "from 1 to 4"),
        (Spot(Place.SECONDARY, 0), {}, "from 1 to 4"),
        (Spot(Place.SECTION), {}, "Choose a section"),
        (LEAD, {}, "Choose the story"),
        (LEAD, {"text": "Words"}, "Only the breaking strip"),
        (Spot(Place.BREAKING), {"text": "Words"}, "when the breaking strip ends"),
        (Spot(Place.BREAKING), {"text": "\x00 "}, "Say what is breaking"),
        (Spot(Place.BREAKING), {"text": "W" * 161}, "holds 160 characters"),
        (Spot(Place.BREAKING), {"text": "W", "until": timezone.now() - timedelta(hours=1)}, "has passed"),
    ],
)
def test_place_refuses_what_fits_nowhere(desk, spot, given, says):
    with pytest.raises(GuardFailed, match=says):
        front.place(spot, by=desk.editor, **given)

    assert filled() == {}


def test_place_is_for_editors(desk):
    story = desk.live()

    with pytest.raises(NotAllowed):
        front.place(LEAD, story=story, by=desk.journalist)

    assert filled() == {}


def test_place_on_a_page_takes_only_stories_that_stand_under_it(desk, norway):
    story = desk.draft("Of Norway")
    suggestions.add_tag(story, norway, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(story), by=desk.editor)
    spot = Spot(Place.ENTITY, 1, entity=norway)

    with pytest.raises(GuardFailed, match="does not stand under Norway"):
        front.place(spot, story=desk.live("Of nobody"), by=desk.editor)
    assert str(front.place(spot, story=desk.fresh(story), by=desk.editor)) == "Norway, 1"


@pytest.mark.parametrize("spot", [Spot(Place.ENTITY), Spot(Place.LEAD, 1, entity=Entity(name="Norway"))])
def test_place_on_a_page_says_whose(desk, spot):
    with pytest.raises(GuardFailed, match="the page on which"):
        front.place(spot, story=desk.live(), by=desk.editor)
