"""Lines of timelines and storylines tell what their own stories report, each figure with a link to where it stands."""

import re
from decimal import Decimal

import pytest

from articles import exercise_facts, storylines
from articles.day_precision import read_days


def report(edition, article, *, by, days="", value=None, label="personnel", **more):
    if days:
        exercise_facts.report(edition, by=by, article=article, kind="dates", days=read_days(days), **more)
    if value is not None:
        given = {"kind": "figure", "label": label, "value": Decimal(value)}
        exercise_facts.report(edition, by=by, article=article, **given, **more)


def rows(client, address):
    """Of each line on what is reported: its day, and what stands beneath the title, with the stories it links to."""
    page = client.get(address).content.decode()
    found = []
    for row in re.findall(r"(?s)<li(?: class=\"moment\")?>(.*?)</li>", page):
        if "reported-source" not in row:
            continue
        day = re.search(r'(?s)<p class="(?:moment|storyline)-day">(.*?)</p>', row)[1]
        beneath = re.split(r"</h3>|<p class=\"storyline-moment\">.*?</p>", row)[-1]
        parts = re.findall(r'(?s)<p class="(?:moment-note|storyline-note|reported-source)">(.*?)</p>', beneath)
        found.append((day.strip(), [re.sub(r"<[^>]*>", "", part).split(", ")[0].strip() for part in parts]))
    return found


@pytest.fixture
def told(client, desk, drill, edition, request):
    """Where lines of what these stories report stand: on the exercise's timeline, or in a storyline of them."""

    def made(*stories):
        if request.param == "timeline":
            return rows(client, f"{drill.get_absolute_url()}timeline/")
        cable = storylines.make_storyline(by=desk.editor, title="The cable", is_public=True)
        for story in stories:
            storylines.add_story(cable, story, by=desk.editor)
        return rows(client, cable.get_absolute_url())

    return made


both = pytest.mark.parametrize("told", ["timeline", "storyline"], indirect=True)


@both
def test_each_row_has_the_figures_of_its_own_story(desk, edition, told):
    alpha, beta = desk.live("Alpha"), desk.live("Beta")
    report(edition, alpha, by=desk.editor, days="12 May 2026", value=9000)
    report(edition, beta, by=desk.editor, days="June 2026", value=14000)

    assert sorted(told(alpha, beta)) == [
        ("12 May 2026", ["Personnel 9,000", "Alpha"]),
        ("June 2026", ["Personnel 14,000", "Beta"]),
    ]


@both
def test_stories_that_agree_on_the_days_and_not_on_the_figure_are_told_apart(desk, edition, told):
    alpha, beta = desk.live("Alpha"), desk.live("Beta")
    report(edition, alpha, by=desk.editor, days="12 May 2026", value=9000)
    report(edition, beta, by=desk.editor, days="12 May 2026", value=14000)

    assert told(alpha, beta) == [
        ("12 May 2026", ["Alpha", "Personnel 9,000", "Alpha", "Personnel 14,000", "Beta"]),
    ]


@both
def test_figure_of_a_story_without_days_stands_once_under_its_own_link(desk, edition, told):
    alpha, beta, gamma = desk.live("Alpha"), desk.live("Beta"), desk.live("Gamma")
    report(edition, alpha, by=desk.editor, days="12 May 2026")
    report(edition, beta, by=desk.editor, days="June 2026")
    report(edition, gamma, by=desk.editor, value=9000)

    assert sorted(told(alpha, beta, gamma)) == [
        ("12 May 2026", ["Alpha", "Personnel 9,000", "Gamma"]),
        ("June 2026", ["Beta"]),
    ]


@both
def test_figure_of_a_quotation_leads_to_it(client, desk, tell, drill, edition, told):
    story = tell("Said")
    report(edition, story, by=desk.editor, days="12 May 2026")
    report(edition, story, by=desk.editor, value=9000, quote=story.quotes.get())

    assert told(story) == [("12 May 2026", ["Said", "Personnel 9,000", "said in Said"])]


def test_part_in_an_exercise_names_its_story_and_that_of_the_days_where_it_is_another(
    client, desk, edition, finland, norway
):
    alpha, beta = desk.live("Alpha"), desk.live("Beta")
    report(edition, alpha, by=desk.editor, days="12 May 2026")
    report(edition, beta, by=desk.editor, days="June 2026")
    given = {"by": desk.editor, "kind": "participant"}
    exercise_facts.report(edition, article=beta, entity=finland, role="with a frigate", **given)
    gamma = desk.live("Gamma")
    exercise_facts.report(edition, article=gamma, entity=norway, **given)

    assert rows(client, "/countries/finland/timeline/") == [("June 2026", ["With a frigate", "Beta"])]
    assert rows(client, "/countries/norway/timeline/") == [("12 May 2026", ["Gamma", "Held 12 May 2026", "Alpha"])]


def test_part_without_days_is_no_line(client, desk, edition, finland):
    exercise_facts.report(edition, by=desk.editor, article=desk.live("Alpha"), kind="participant", entity=finland)

    assert rows(client, "/countries/finland/timeline/") == []
