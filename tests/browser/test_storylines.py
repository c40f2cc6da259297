"""Storylines, facts of exercises and the diary in a browser: dragged, found, pressed, and whole on a telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import diary, exercise_facts, storylines
from articles.day_precision import read_days
from articles.models import ReportedFact
from entities.models import Entity, Name
from tests.browser.editing_page import accessibility_problems, edit

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def cable(desk):
    made = storylines.make_storyline(by=desk.editor, title="The cable off Hanko", is_public=True)
    for name in ("One cut", "Two boarded", "Three freed"):
        storylines.add_story(made, desk.live(name), by=desk.editor)
    return made


def told(storyline):
    return [str(row.article) for row in storyline.stories.all()]


@pytest.mark.journey
def test_stories_are_dragged_to_their_place_and_found_while_typing(signed_in, editor, desk, cable) -> None:
    desk.live("Frigate sails north")
    page = signed_in(editor)
    page.goto(reverse("admin:articles_storyline_change", args=[cable.pk]))
    rows = page.locator("[data-rows] > li")

    rows.nth(2).locator(".storyline-headline + p").drag_to(rows.nth(0).locator(".storyline-headline + p"))
    expect(page.get_by_text("“Three freed” is number 1.")).to_be_visible()
    field = page.get_by_role("combobox", name="Which")
    field.fill("frig")
    page.locator("#storyline-found").get_by_role("option", name="Frigate sails north").click()
    expect(page.get_by_text("“Frigate sails north” is number 4.")).to_be_visible()

    assert told(cable) == ["Three freed", "One cut", "Two boarded", "Frigate sails north"]
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_what_can_be_pressed_stands_beneath_itself(signed_in, editor, cable, width) -> None:
    page = signed_in(editor, viewport={"width": width, "height": 900})
    page.goto(reverse("admin:articles_storyline_change", args=[cable.pk]))

    for what in ("input[name^=note]", "[aria-label^='Move up']", "[aria-label^='Move down']", "[name=remove]"):
        places = [one.bounding_box() for one in page.locator(f"[data-rows] {what}").all()]
        assert len({(place["x"], place["width"]) for place in places}) == 1, what


def test_story_is_pressed_up_over_the_border_of_a_page(signed_in, editor, cable, monkeypatch) -> None:
    monkeypatch.setattr("articles.admin.storyline.STORIES_ON_PAGE", 2)
    page = signed_in(editor, viewport=PHONE)
    page.goto(reverse("admin:articles_storyline_change", args=[cable.pk]))
    page.get_by_role("link", name="3 to 3").first.click()
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    assert accessibility_problems(page) == []
    assert page.evaluate(OVERFLOW) == 0

    page.get_by_role("button", name="Move up: Three freed").click()

    expect(page.get_by_text("“Three freed” is number 2.")).to_be_visible()
    expect(page.locator(".storyline-headline")).to_have_text(["One cut", "Three freed"])


LISTS = (
    *("articles_diaryentry", "articles_storyline", "articles_exerciseedition"),
    *("articles_standingpage", "entities_name"),
)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_cards_on_a_telephone(signed_in, editor, cable, name) -> None:
    drill = Entity.objects.create(kind="exercise", name="Cold Response", slug="cold-response")
    Name.objects.create(entity=drill, text="the Norwegian-led winter exercise called Cold Response 2026")
    exercise_facts.save_edition(by=editor, exercise=drill, year=2026)
    diary.save_entry(by=editor, title="Bundestag votes", days=read_days("2099-05-12"))
    page = signed_in(editor, viewport=PHONE)
    page.goto(reverse(f"admin:{name}_changelist"))

    row = page.locator("#result_list tbody tr").first
    title = row.locator("> th").bounding_box()
    others = [cell.bounding_box() for cell in row.locator("> td:visible").all()]

    assert title["width"] > PHONE["width"] * 0.7
    assert all(place["x"] > 0 and place["x"] + place["width"] < PHONE["width"] for place in others)
    assert page.locator("#changelist .results").evaluate("(list) => list.scrollWidth <= list.clientWidth")


def test_storyline_of_a_story_is_set_without_losing_what_is_typed(signed_in, editor, desk, cable) -> None:
    article = desk.draft("Fourth")
    page = edit(signed_in(editor), article)
    page.get_by_label("Standfirst").fill("Typed and not saved")
    page.get_by_role("tab", name="About").click()

    page.get_by_label("Put it at the end of").select_option(label="The cable off Hanko")
    page.locator("[data-storylines-add]").click()

    expect(page.locator("[data-storylines]")).to_contain_text("number 4")
    expect(page.get_by_label("Standfirst")).to_have_value("Typed and not saved")
    assert told(cable)[-1] == "Fourth"


def test_fact_of_an_exercise_is_written_down_with_who_takes_part(signed_in, editor, desk, norway) -> None:
    drill = Entity.objects.create(kind="exercise", name="Northern Drill", slug="northern-drill")
    edition = exercise_facts.save_edition(by=editor, exercise=drill, year=2026)
    desk.live("Norway readies its army")
    page = signed_in(editor)
    page.goto(reverse("admin:articles_exerciseedition_report", args=[edition.pk, "participant"]))

    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").last.fill("norw")
    page.get_by_role("option", name="Norway").click()
    page.get_by_label("Which story of ours says so").fill("Norway readies")
    page.get_by_role("button", name="Write it down").click()

    expect(page.get_by_text("Written down: Norway.")).to_be_visible()
    assert ReportedFact.objects.get().entity == norway


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_diary_reads_well_on_a_telephone(signed_in, editor, desk, cable, scheme) -> None:
    today = timezone.localdate()
    long = "Bundestag votes on the frigate budget and on a great deal of concrete for the barracks at Rukla"
    for days in (f"{today}", f"{today:%Y-%m}", f"{today + timedelta(days=40)}"):
        diary.save_entry(by=editor, title=long, days=read_days(days), place="Berlin", is_public=True)
    page = signed_in(editor, viewport=PHONE, color_scheme=scheme)

    for path in (
        reverse("admin:articles_diaryentry_month"),
        reverse("admin:articles_diaryentry_changelist"),
        reverse("admin:articles_storyline_change", args=[cable.pk]),
        reverse("diary"),
        cable.get_absolute_url(),
    ):
        page.goto(path)
        assert page.evaluate(OVERFLOW) <= 0, path
        assert accessibility_problems(page) == [], path
