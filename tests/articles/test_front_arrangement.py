"""A whole page arranged by hand, at once."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from articles import front, front_arrangement, taking_down
from articles.front import Place, Spot
from articles.front_arrangement import Misplaced, Page, StaleArrangement, Standing, arrange, mark_of
from articles.models import FrontSlot
from articles.states import NotAllowed

HOME = Page()
STRIP, LEAD, FIRST, SECOND, THIRD, FOURTH = HOME.spots()


def filled():
    return {(slot.place, slot.ordinal): str(slot.story or slot.text) for slot in FrontSlot.objects.all()}


def stands(page=HOME):
    return {Spot.of(slot): Standing.of(slot) for slot in page.slots()}


def marks(page=HOME):
    return {spot: mark_of(standing) for spot, standing in stands(page).items()}


def test_arrange_moves_adds_and_clears_at_once(desk):
    one, two, three = desk.live("One"), desk.live("Two"), desk.live("Three")
    for spot, story in ((LEAD, one), (FIRST, two)):
        front.place(spot, story=story, by=desk.editor)
    until = timezone.now() + timedelta(hours=2)
    wanted = {STRIP: Standing(text=" Fleet  sails ", until=until), LEAD: Standing(two), SECOND: Standing(three)}

    arranged = arrange(HOME, wanted, read=marks(), by=desk.chief)

    assert filled() == {("breaking", 1): "Fleet sails", ("lead", 1): "Two", ("secondary", 2): "Three"}
    assert [str(slot.story) for slot in arranged.gone] == ["One"]
    assert {slot.placed_by for slot in arranged.placed} == {desk.chief}


def test_arrange_leaves_alone_what_stays(desk):
    kept = front.place(LEAD, story=desk.live("One"), by=desk.editor)

    arranged = arrange(HOME, stands() | {FIRST: Standing(desk.live("Two"))}, read=marks(), by=desk.chief)

    assert FrontSlot.objects.get(place="lead").pk == kept.pk
    assert [slot.ordinal for slot in arranged.placed] == [1]


def test_arrange_leaves_alone_a_story_that_may_come_back(desk):
    story = desk.live("One")
    front.place(LEAD, story=story, by=desk.editor)
    taking_down.withdraw(desk.fresh(story), by=desk.editor, reason="Sent too early.")

    arrange(HOME, stands() | {FIRST: Standing(desk.live("Two"))}, read=marks(), by=desk.editor)

    assert filled() == {("lead", 1): "One", ("secondary", 1): "Two"}


def test_arrange_writes_nothing_where_one_thing_cannot_stand(desk):
    front.place(LEAD, story=desk.live("One"), by=desk.editor)
    draft = desk.draft("Not live")

    with pytest.raises(Misplaced) as refused:
        arrange(HOME, {LEAD: Standing(desk.live("Two")), FIRST: Standing(draft)}, read=marks(), by=desk.editor)

    assert list(refused.value.told) == [FIRST]
    assert filled() == {("lead", 1): "One"}


def test_arrange_refuses_a_story_in_two_places_but_the_strip_may_lead_to_it(desk):
    story = desk.live("One")
    strip = Standing(story, until=timezone.now() + timedelta(hours=1))

    with pytest.raises(Misplaced, match="“One” stands here twice"):
        arrange(HOME, {LEAD: Standing(story), THIRD: Standing(story)}, read={}, by=desk.editor)
    arrange(HOME, {STRIP: strip, LEAD: Standing(story)}, read={}, by=desk.editor)

    assert filled() == {("breaking", 1): "One", ("lead", 1): "One"}


def test_arrange_after_somebody_else_overwrites_nothing(desk):
    front.place(LEAD, story=desk.live("One"), by=desk.editor)
    read = marks()
    front.place(FOURTH, story=desk.live("Theirs"), by=desk.chief)

    with pytest.raises(StaleArrangement):
        arrange(HOME, {LEAD: Standing(desk.live("Mine"))}, read=read, by=desk.editor)

    assert filled() == {("lead", 1): "One", ("secondary", 4): "Theirs"}


@pytest.mark.django_db(transaction=True)
def test_editors_who_press_at_once_do_not_overwrite_each_other(desk):
    stories = [desk.live(f"Story {number}") for number in range(4)]
    ready, live, stale = threading.Barrier(4), [], []

    def press(story):
        try:
            ready.wait(10)
            live.append(arrange(HOME, {LEAD: Standing(story)}, read={}, by=desk.editor))
        except StaleArrangement as refusal:
            stale.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[story]) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert (len(live), len(stale)) == (1, 3)
    assert FrontSlot.objects.get().pk == live[0].placed[0].pk


def test_arrange_of_a_page_that_has_ended_places_is_stale(desk):
    slot = front.place(LEAD, story=desk.live("One"), by=desk.editor)
    read = marks()
    FrontSlot.objects.filter(pk=slot.pk).update(until=timezone.now() - timedelta(minutes=1))

    with pytest.raises(StaleArrangement):
        arrange(HOME, {}, read=read, by=desk.editor)
    arrange(HOME, {FIRST: Standing(desk.live("Two"))}, read={}, by=desk.editor)

    assert filled() == {("secondary", 1): "Two"}


def test_arrange_gives_back_what_has_ended_since_the_page_was_read(desk, monkeypatch):
    """Nobody did that: it is no reason to refuse."""
    front.place(LEAD, story=desk.live("One"), until=timezone.now() + timedelta(minutes=5), by=desk.editor)
    read, wanted = marks(), stands() | {FIRST: Standing(desk.live("Two"))}
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(front_arrangement, "timezone", SimpleNamespace(now=lambda: later))

    arrange(HOME, wanted, read=read, by=desk.editor)

    assert filled() == {("secondary", 1): "Two"}


def test_arrange_of_a_section_leaves_the_home_page_alone(desk):
    story = desk.live("One")
    front.place(LEAD, story=story, by=desk.editor)
    sea = Page(section=desk.section)

    arrange(sea, {sea.spots()[1]: Standing(story)}, read={}, by=desk.editor)

    assert filled() == {("lead", 1): "One", ("section", 2): "One"}


def test_arrange_is_for_editors(desk):
    story = desk.live("One")

    with pytest.raises(NotAllowed):
        arrange(HOME, {LEAD: Standing(story)}, read={}, by=desk.journalist)

    assert filled() == {}


def test_mark_does_not_count_seconds(desk):
    at = timezone.now().replace(second=0, microsecond=0)
    story = desk.live("One")

    assert mark_of(Standing(story, until=at)) == mark_of(Standing(story, until=at + timedelta(seconds=59)))
    assert mark_of(Standing(story, until=at)) != mark_of(Standing(story, until=at + timedelta(minutes=1)))
    assert mark_of(Standing(story)) != mark_of(Standing(story, text="Words"))


def test_places_of_a_page_are_its_own(desk, norway):
    assert [spot.place for spot in HOME.spots()] == [Place.BREAKING, Place.LEAD, *[Place.SECONDARY] * 4]
    assert [str(spot) for spot in Page(entity=norway).spots()] == ["Norway, 1", "Norway, 2", "Norway, 3"]
