"""Storylines: made, told, ordered; two editors at once lose nothing."""

import threading

import pytest
from django.db import connection

from articles import storylines
from articles.models import FormerAddress, PublicState, Storyline
from articles.states import GuardFailed, NotAllowed
from entities.models import Entity


@pytest.fixture
def cable(desk):
    return storylines.make_storyline(by=desk.editor, title="The cable off Hanko", is_public=True)


@pytest.fixture
def three(desk, cable):
    stories = [desk.live(name) for name in ("One", "Two", "Three")]
    for story in stories:
        storylines.add_story(cable, story, by=desk.editor)
    return stories


def told(storyline):
    return [(row.ordinal, str(row.article)) for row in storyline.stories.all()]


def test_make_finds_an_address_that_is_free(desk, cable):
    second = storylines.make_storyline(by=desk.editor, title="The cable off Hanko")

    assert (cable.slug, second.slug) == ("the-cable-off-hanko", "the-cable-off-hanko-2")
    assert (second.made_by, second.state, second.is_public) == (desk.editor, "open", False)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " \x00 "}, "Give the storyline a title"),
        ({"title": "Cable", "slug": "the-cable-off-hanko"}, "Another storyline has the address"),
        ({"title": "Cable", "slug": "Not/One"}, "The address may have"),
        ({"title": "x" * 161}, "may have 160 characters"),
    ],
)
def test_make_says_what_is_wrong_and_writes_nothing(desk, cable, wrong, says):
    with pytest.raises(GuardFailed, match=says):
        storylines.make_storyline(by=desk.editor, **wrong)

    assert Storyline.objects.get() == cable


def test_add_puts_a_story_at_the_end_or_between_the_others(desk, cable, three):
    between = desk.live("Between")

    storylines.add_story(cable, between, by=desk.editor, at=2, note="  What  came\nbetween. ")

    assert told(cable) == [(1, "One"), (2, "Between"), (3, "Two"), (4, "Three")]
    row = cable.stories.get(article=between)
    assert (row.note, row.added_by) == ("What came between.", desk.editor)


def test_add_twice_leaves_the_story_where_it_is(desk, cable, three):
    storylines.add_story(cable, three[0], by=desk.editor)

    assert told(cable) == [(1, "One"), (2, "Two"), (3, "Three")]


@pytest.mark.parametrize(
    ("to", "order"),
    [(1, ["Three", "One", "Two"]), (2, ["One", "Three", "Two"]), (3, ["One", "Two", "Three"])],
)
def test_move_pushes_those_between(desk, cable, three, to, order):
    storylines.move_story(cable, three[2], to=to, by=desk.editor)

    assert [name for _, name in told(cable)] == order
    assert [number for number, _ in told(cable)] == [1, 2, 3]


def test_move_forward_pulls_those_between(desk, cable, three):
    storylines.move_story(cable, three[0], to=3, by=desk.editor)

    assert told(cable) == [(1, "Two"), (2, "Three"), (3, "One")]


@pytest.mark.parametrize("to", [0, 4, -1])
def test_move_refuses_a_number_that_is_not_there(desk, cable, three, to):
    with pytest.raises(GuardFailed, match="from 1 to 3"):
        storylines.move_story(cable, three[0], to=to, by=desk.editor)


def test_remove_closes_the_gap_and_may_be_done_twice(desk, cable, three):
    for _ in range(2):
        storylines.remove_story(cable, three[1], by=desk.editor)

    assert told(cable) == [(1, "One"), (2, "Three")]
    with pytest.raises(GuardFailed, match="not in “The cable off Hanko” any more"):
        storylines.move_story(cable, three[1], to=1, by=desk.editor)


def test_closed_storyline_takes_no_story_until_it_is_opened_again(desk, cable):
    storylines.close(cable, by=desk.editor)
    with pytest.raises(GuardFailed, match="is closed"):
        storylines.add_story(cable, desk.live(), by=desk.editor)

    storylines.reopen(cable, by=desk.chief)
    storylines.add_story(cable, desk.live("Late"), by=desk.editor)

    assert told(cable) == [(1, "Late")]


def test_killed_story_is_not_added(desk, cable):
    with pytest.raises(GuardFailed, match="is killed"):
        storylines.add_story(cable, desk.killed(), by=desk.editor)


def test_reporters_look_and_do_not_touch(desk, cable, three):
    verbs = [
        lambda: storylines.make_storyline(by=desk.journalist, title="Mine"),
        lambda: storylines.describe(cable, by=desk.journalist, title="Mine"),
        lambda: storylines.close(cable, by=desk.journalist),
        lambda: storylines.add_story(cable, desk.live(), by=desk.journalist),
        lambda: storylines.move_story(cable, three[0], to=2, by=desk.journalist),
        lambda: storylines.note_story(cable, three[0], note="x", by=desk.journalist),
        lambda: storylines.remove_story(cable, three[0], by=desk.journalist),
    ]
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()

    assert told(cable) == [(1, "One"), (2, "Two"), (3, "Three")]


def test_describe_keeps_the_words_of_who_was_first(desk, cable):
    first = storylines.describe(cable, by=desk.editor, expected_version=cable.version, title="The cable")

    with pytest.raises(storylines.StaleStoryline, match="editor changed “The cable”"):
        storylines.describe(cable, by=desk.chief, expected_version=cable.version, title="Cables")

    assert Storyline.objects.get().title == "The cable"
    assert (first.version, first.changed_by) == (cable.version + 1, desk.editor)


def test_describe_leaves_what_is_not_named(desk, cable):
    ship = Entity.objects.create(kind="equipment", name="Gale", slug="gale")
    storylines.describe(cable, by=desk.editor, intro="It was cut.", entities=[ship])

    storylines.describe(cable, by=desk.editor, title="The cable")

    cable.refresh_from_db()
    assert (cable.title, cable.intro, [*cable.entities.all()]) == ("The cable", "It was cut.", [ship])


def test_new_address_leaves_the_former_one_behind(desk, cable):
    storylines.describe(cable, by=desk.editor, slug="hanko-cable")

    former = FormerAddress.objects.get()
    assert (former.path, former.storyline) == ("/storylines/the-cable-off-hanko/", cable)


@pytest.mark.django_db(transaction=True)
def test_each_verb_raises_the_public_state(desk, cable):
    story = desk.live()

    def state():
        return PublicState.objects.get().number

    for verb in (
        lambda: storylines.add_story(cable, story, by=desk.editor),
        lambda: storylines.note_story(cable, story, note="New", by=desk.editor),
        lambda: storylines.describe(cable, by=desk.editor, title="Cable"),
        lambda: storylines.close(cable, by=desk.editor),
        lambda: storylines.remove_story(cable, story, by=desk.editor),
    ):
        before = state()
        verb()
        assert state() == before + 1


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_editors_who_add_and_move_at_once_lose_no_story(desk, cable):
    stories = [desk.live(f"Story {number}") for number in range(6)]
    ready, failures = threading.Barrier(6), []

    def work(story):
        try:
            ready.wait(10)
            storylines.add_story(cable, story, by=desk.editor, at=1)
            storylines.move_story(cable, story, to=1, by=desk.chief)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[story]) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    assert [row.ordinal for row in cable.stories.all()] == [1, 2, 3, 4, 5, 6]
    assert {row.article_id for row in cable.stories.all()} == {story.pk for story in stories}
