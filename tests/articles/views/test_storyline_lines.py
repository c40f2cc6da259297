"""A storyline's page tells what happened between its stories: exercises as they report them, and dated statements."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from articles import exercise_facts, publishing, storylines, suggestions
from articles.day_precision import read_days, together
from articles.models import Representation
from entities.models import Entity

LINE = re.compile(
    r'(?s)<li>\s*(?:<div>\s*)?<p class="storyline-day">(.*?)</p>'
    r'.*?(?:<h3>|<p class="storyline-moment">)<a href="(.*?)">(.*?)</a>'
)


@pytest.fixture
def cable(desk):
    return storylines.make_storyline(by=desk.editor, title="The cable off Hanko", is_public=True)


def put(storyline, story, *, day, by):
    """Into the storyline, as a story published on a day of November."""
    Representation.objects.filter(article=story).update(published_at=datetime(2026, 11, day, 12, tzinfo=UTC))
    storylines.add_story(storyline, story, by=by)
    return story


def lines(client, storyline, after=""):
    """Day and title of each line of a page."""
    page = client.get(storyline.get_absolute_url(), {"after": after} if after else {}).content.decode()
    return [(re.sub("<[^>]*>", "", day).strip(), title) for day, _, title in LINE.findall(page)]


def held(edition, story, first, last, *, by):
    days = together(read_days(first), read_days(last))
    return exercise_facts.report(edition, by=by, article=story, kind="dates", days=days)


def test_exercise_stands_between_the_stories_by_its_days(client, desk, cable, drill, edition):
    ahead, _, ended = (
        put(cable, desk.live(name), day=day, by=desk.editor)
        for name, day in (("Ready", 9), ("Begun", 16), ("Over", 23))
    )
    held(edition, ahead, "2026-11-16", "2026-11-22", by=desk.editor)
    figure = {"kind": "figure", "label": "personnel", "value": Decimal(9000)}
    exercise_facts.report(edition, by=desk.editor, article=ended, **figure)

    assert lines(client, cable) == [
        ("9 November 2026", "Ready"),
        ("16 to 22 November 2026", "Northern Drill 2026"),
        ("16 November 2026", "Begun"),
        ("23 November 2026", "Over"),
    ]
    page = client.get(cable.get_absolute_url()).content.decode()
    assert f'<a href="{drill.get_absolute_url()}">Northern Drill 2026</a>' in page
    assert "Personnel 9,000" in page
    assert client.get(drill.get_absolute_url()).status_code == 200


def test_what_lies_ahead_stands_last_and_says_so(client, desk, cable, edition):
    story = put(cable, desk.live("Ready"), day=9, by=desk.editor)
    later = exercise_facts.save_edition(by=desk.editor, exercise=edition.exercise, year=2199)
    exercise_facts.report(later, by=desk.editor, article=story, kind="dates", days=read_days("Q2 2199"))

    assert lines(client, cable)[-1] == ("second quarter of 2199 ahead", "Northern Drill 2199")


def test_statement_stands_on_the_day_it_was_made(client, desk, tell, cable):
    put(cable, desk.live("Before"), day=9, by=desk.editor)
    told = put(cable, tell("Told later", said_on=date(2026, 11, 12)), day=16, by=desk.editor)
    put(cable, tell("Undated"), day=17, by=desk.editor)

    assert [day for day, _ in lines(client, cable)] == [
        *("9 November 2026", "12 November 2026", "16 November 2026", "17 November 2026"),
    ]
    page = client.get(cable.get_absolute_url()).content.decode()
    assert f"#quote-{told.quotes.get().uuid}" in page
    assert "Ana Sample said" in page


def test_order_of_the_editors_stays(client, desk, cable, edition):
    late = put(cable, desk.live("Late"), day=23, by=desk.editor)
    put(cable, desk.live("Early"), day=9, by=desk.editor)
    held(edition, late, "2026-11-16", "2026-11-22", by=desk.editor)

    assert [title for _, title in lines(client, cable)] == ["Northern Drill 2026", "Late", "Early"]


def test_each_day_is_told_on_one_page_whichever_story_reports_it(client, desk, cable, drill, edition, monkeypatch):
    monkeypatch.setattr("articles.views.storylines.STORIES_ON_PAGE", 2)
    first, _, third, _ = (
        put(cable, desk.live(name), day=day, by=desk.editor)
        for name, day in (("One", 9), ("Two", 16), ("Three", 20), ("Four", 23))
    )
    held(edition, first, "2026-11-12", "2026-11-22", by=desk.editor)
    held(edition, third, "2026-11-12", "2026-11-22", by=desk.editor)
    for number, day in enumerate(("2026-11-08", "2026-11-18", "2026-11-21", "2026-11-25"), start=2):
        again = exercise_facts.save_edition(by=desk.editor, exercise=drill, year=2026, number=number)
        held(again, third if number == 2 else first, day, day, by=desk.editor)

    assert [day for day, _ in lines(client, cable)] == [
        *("8 November 2026", "9 November 2026", "12 to 22 November 2026", "16 November 2026"),
    ]
    assert [day for day, _ in lines(client, cable, after=2)] == [
        *("18 November 2026", "20 November 2026", "21 November 2026", "23 November 2026", "25 November 2026"),
    ]


def test_pages_together_are_the_whole_list_whatever_order_the_editors_chose(client, desk, tell, cable, monkeypatch):
    for day in (16, 9, 23, 10, 12, 27):
        story = tell(f"Of the {day}th", said_on=date(2026, 11, (day * 7) % 30 + 1))
        put(cable, story, day=day, by=desk.editor)
    whole = lines(client, cable)
    assert len(whole) == 12

    for size in (1, 2, 3):
        monkeypatch.setattr("articles.views.storylines.STORIES_ON_PAGE", size)
        assert [line for after in range(0, 6, size) for line in lines(client, cable, after=after)] == whole


def test_statements_are_the_earliest_of_the_page_without_what_was_retracted(client, desk, tell, cable, monkeypatch):
    monkeypatch.setattr("articles.views.storyline_lines.STATEMENTS_SHOWN", 2)
    stories = [
        put(cable, tell(f"Said on {said}", said_on=date(2026, 11, said)), day=20, by=desk.editor)
        for said in (11, 10, 12, 13)
    ]
    taken_back = {"notice": "She did not say so.", "retracts": [stories[1].quotes.get()]}
    publishing.correct(desk.fresh(stories[1]), by=desk.editor, **taken_back)

    assert [day for day, _ in lines(client, cable)][:3] == ["11 November 2026", "12 November 2026", "20 November 2026"]


def test_long_interview_leaves_room_for_the_words_of_other_stories(client, desk, cable, monkeypatch):
    monkeypatch.setattr("articles.views.storyline_lines.STATEMENTS_SHOWN", 3)
    told = ["First words here.", "Second words here.", "Third words here.", "Fourth words here."]
    interview = desk.draft("Interview", body="".join(f"<p>{words}</p>" for words in told))
    text = interview.revision.text
    columns = {"speaker_name": "Ana Sample", "speaker_as_written": "Ana Sample", "speaker_kind": "person"}
    for words in told:
        start = text.index(words)
        where = {"start": start, "end": start + len(words), "kind": "direct"}
        suggestions.add_quote(interview, by=desk.editor, said_on=date(2026, 11, 10), **where, **columns)
    publishing.publish(desk.approve_again(interview), by=desk.editor)
    put(cable, desk.fresh(interview), day=20, by=desk.editor)
    short = desk.draft("Short", body="<p>Fifth words here.</p>")
    suggestions.add_quote(short, by=desk.editor, said_on=date(2026, 11, 12), start=0, end=17, kind="direct", **columns)
    publishing.publish(desk.approve_again(short), by=desk.editor)
    put(cable, desk.fresh(short), day=20, by=desk.editor)

    said = [title for _, title in lines(client, cable) if "words here" in title]
    assert said == ["“First words here.”", "“Second words here.”", "“Fifth words here.”"]


def test_facts_of_other_stories_and_of_drafts_are_not_told(client, desk, cable, edition):
    put(cable, desk.live("Ready"), day=9, by=desk.editor)
    draft = desk.approved("Secret")
    storylines.add_story(cable, draft, by=desk.editor)
    held(edition, draft, "2026-11-16", "2026-11-22", by=desk.editor)
    held(edition, desk.live("Elsewhere"), "2026-11-17", "2026-11-22", by=desk.editor)

    assert [title for _, title in lines(client, cable)] == ["Ready"]


@pytest.mark.parametrize("gone", ["killed", "withdrawn", "taken back", "hidden"])
def test_fact_goes_with_what_it_rests_on(client, desk, cable, drill, edition, gone):
    put(cable, desk.live("Begun"), day=16, by=desk.editor)
    story = put(cable, desk.live("Ready"), day=9, by=desk.editor)
    fact = held(edition, story, "2026-11-10", "2026-11-22", by=desk.editor)
    assert "Northern Drill 2026" in [title for _, title in lines(client, cable)]

    if gone == "killed":
        desk.kill(story)
    elif gone == "withdrawn":
        publishing.withdraw(story, by=desk.editor, reason="Too early.")
    elif gone == "taken back":
        exercise_facts.take_back(fact, by=desk.editor)
    else:
        Entity.objects.filter(pk=drill.pk).update(is_hidden=True)

    assert "Northern Drill 2026" not in [title for _, title in lines(client, cable)]


def test_storyline_costs_the_same_with_one_fact_and_three(client, desk, tell, cable, drill, django_assert_num_queries):
    for number in (1, 3):
        while cable.stories.count() < number:
            year = 2026 + cable.stories.count()
            story = tell(f"Story {year}", said_on=date(2026, 1, 5))
            storylines.add_story(cable, story, by=desk.editor)
            edition = exercise_facts.save_edition(by=desk.editor, exercise=drill, year=year)
            held(edition, story, f"{year}-11-16", f"{year}-11-22", by=desk.editor)
        with django_assert_num_queries(7):
            client.get(cable.get_absolute_url())
