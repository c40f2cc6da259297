"""What stands beside a story: its speakers with what they said before, and the story so far."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles import publishing, suggestions
from articles.models import Representation
from entities.models import Entity

MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def drill(db):
    return Entity.objects.create(kind="exercise", name="Northern Drill 2026", slug="northern-drill-2026")


def at(day):
    return time_machine.travel(MONDAY + timedelta(days=day))


def context(client, article):
    return client.get(article.representation.get_absolute_url()).context


def so_far(client, article):
    found = context(client, article)["story_so_far"]
    return [entry.headline for entry in (*found.before, *found.after)] if found else []


def said_before(client, article):
    return [[said.words for said in speaker["earlier"]] for speaker in context(client, article)["speakers"]]


def test_story_so_far_tells_by_date_what_went_before(client, tell, drill):
    stories = []
    for day, name in enumerate(("It begins", "It goes on", "It ends", "It is judged")):
        with at(day):
            stories.append(tell(name, about=[drill]))

    assert so_far(client, stories[2]) == ["It begins", "It goes on"]
    assert so_far(client, stories[0]) == []


def test_story_so_far_holds_no_story_that_is_only_about_the_same_country(client, tell, norway, drill):
    with at(0):
        tell("Another matter", about=[norway])
    with at(1):
        assert so_far(client, tell("It goes on", about=[norway, drill])) == []


def test_story_so_far_takes_two_shared_things_or_one_and_a_link(client, tell):
    ship, yard = (Entity.objects.create(kind="equipment", name=name, slug=name.lower()) for name in ("Gale", "Squall"))
    with at(0):
        both = tell("Both", about=[ship, yard])
        linked = tell("Linked", about=[ship])
        tell("One", about=[ship])
    with at(1):
        article = tell("Now", about=[ship, yard], related=[{"target": linked}])

    assert so_far(client, article) == [both.headline, linked.headline]


def test_story_so_far_takes_a_link_and_a_country_and_what_links_to_the_same(client, tell, norway, finland):
    with at(0):
        first = tell("First", about=[norway])
        abroad = tell("Abroad", about=[finland])
    with at(1):
        tell("Second", about=[norway], related=[{"target": first}])
    with at(2):
        article = tell("Third", about=[norway], related=[{"target": first}, {"target": abroad}])

    assert so_far(client, article) == ["First", "Second"]


def test_story_so_far_does_not_repeat_related_news(client, tell, norway):
    with at(0):
        first = tell("First", about=[norway])
    with at(1):
        article = tell("Second", about=[norway], related=[{"target": first}])

    assert so_far(client, article) == []


@pytest.mark.parametrize("fate", ["withdraw", "kill"])
def test_story_so_far_drops_what_is_taken_down_at_once(client, desk, tell, drill, fate):
    with at(0):
        before = tell("Secret convoy leaves", about=[drill])
    with at(1):
        article = tell("It goes on", about=[drill])
    assert so_far(client, article) == ["Secret convoy leaves"]

    if fate == "kill":
        desk.kill(before)
    else:
        publishing.withdraw(before, by=desk.editor, reason="Too early.")

    assert so_far(client, article) == []


def test_speakers_stand_with_what_they_are(client, tell, norway):
    general = Entity.objects.create(kind="person", name="Ana Sample", slug="ana-sample", summary="She leads the fleet.")

    article = tell(speaker_entity=general, speaker_role="Admiral", speaker_country=norway.country_facts)

    (speaker,) = context(client, article)["speakers"]
    shown = [speaker[name] for name in ("name", "role", "country", "url", "summary", "count")]
    assert shown == ["Ana Sample", "Admiral", "Norway", "/entities/person/ana-sample/", "She leads the fleet.", 1]


def test_speakers_that_are_hidden_lead_to_their_statements_alone(client, tell):
    general = Entity.objects.create(kind="person", name="Ana Sample", slug="ana", summary="Secret.", is_hidden=True)

    (speaker,) = context(client, tell(speaker_entity=general))["speakers"]

    assert (speaker["url"], speaker["summary"]) == ("/quotes/?speaker=Ana+Sample", "")


def test_speakers_without_a_name_are_not_listed(client, tell):
    assert context(client, tell(speaker="", speaker_kind="unnamed"))["speakers"] == []


def test_speakers_stand_with_what_they_said_before(client, tell):
    for day, words in enumerate(("We go on Monday, all of us.", "We go on Tuesday, all of us.")):
        with at(day):
            tell(f"Story {day}", words=words)
    tell("Elsewhere", words="I never go anywhere at all.", speaker="Ben Sample")
    with at(3):
        article = tell("Now")

    assert said_before(client, article) == [["We go on Tuesday, all of us.", "We go on Monday, all of us."]]


def test_speakers_are_not_mixed_up_with_namesakes(client, tell):
    one, two = (Entity.objects.create(kind="person", name="Ana Sample", slug=slug) for slug in ("ana", "ana-2"))
    with at(0):
        tell("Namesake", words="I am another one, of course.", speaker_entity=one)
    with at(1):
        assert said_before(client, tell("Now", speaker_entity=two)) == [[]]


def test_what_was_said_before_goes_with_its_story_and_its_words(client, desk, tell):
    with at(0):
        before = tell("Before", words="We go on Monday, all of us.")
    with at(1):
        article = tell("Now")
    assert said_before(client, article) == [["We go on Monday, all of us."]]

    quote = before.quotes.get()
    desk.approve_again(desk.save(before, standfirst="Right now."))
    publishing.correct(desk.fresh(before), by=desk.editor, notice="She did not say it.", retracts=[quote])
    assert said_before(client, article) == [[]]


def test_what_was_said_before_is_gone_with_a_kill(client, desk, tell):
    with at(0):
        before = tell("Secret convoy leaves", words="The convoy leaves on Monday.")
    with at(1):
        article = tell("Now")
    desk.kill(before)

    page = client.get(article.representation.get_absolute_url()).content.decode()

    assert "convoy" not in page.lower()
    # Not even the row of the other story holds its words.
    assert "convoy" not in str(Representation.objects.filter(article=article).values().get()).lower()


def test_speakers_are_written_anew_when_their_entity_is_renamed(client, tell, desk):
    from articles import sweeping

    general = Entity.objects.create(kind="person", name="Ana Sample", slug="ana", summary="Old.")
    article = tell(speaker_entity=general)
    general.summary = "New."
    general.save()

    sweeping.refresh_what_shows_changed_entities()

    assert context(client, article)["speakers"][0]["summary"] == "New."


def test_page_with_everything_costs_one_statement(client, tell, drill, django_assert_num_queries):
    with at(0):
        before = tell("Before", about=[drill])
    with at(1):
        tell("Between", about=[drill])
    with at(2):
        article = tell("Now", about=[drill], related=[{"target": before}, {"title": "Elsewhere"}])
    address = article.representation.get_absolute_url()

    with django_assert_num_queries(1):
        client.get(address)


def test_next_stories_are_none_that_stand_above(client, tell, drill):
    with at(0):
        tell("Before", about=[drill])
        tell("Apart")
    with at(1):
        shown = context(client, tell("Now", about=[drill]))

    assert [entry["headline"] for entry in shown["next_stories"]] == ["Apart"]


def test_retagging_by_the_desk_reaches_the_story_so_far(client, desk, tell, drill):
    with at(0):
        tell("Before", about=[drill])
    with at(1):
        article = tell("Now")
        assert so_far(client, article) == []
        suggestions.add_tag(article, drill, by=desk.editor, role="about")
        publishing.publish_minor_update(desk.save(article, by=desk.editor, standfirst="Anew."), by=desk.editor)

    assert so_far(client, article) == ["Before"]
