"""The panel's four tabs: what they show, how they are reached, and that nothing in them is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles import proposing
from articles.models import Article
from tests.browser.editing_page import SHIPS, edit, open_tab, save

pytestmark = pytest.mark.browser


def shown(page) -> list[str]:
    return [part.get_attribute("data-tab-panel") for part in page.locator(".tab-panel").all() if part.is_visible()]


def test_tabs_say_what_waits_in_each(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS, section=None, authors=[])
    proposing.suggest(article.revision_id)
    page = edit(signed_in(journalist), article)

    assert shown(page) == ["desk"]
    expect(page.get_by_role("tab", name="Desk 2 to be mended before publication")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.get_by_role("tab", name="Proposals 1 to decide")).to_be_visible()
    expect(page.get_by_role("tab", name="About", exact=True)).to_be_visible()
    expect(page.get_by_role("tab", name="Comments", exact=True)).to_be_visible()


def test_part_that_is_written_anew_says_its_new_count(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft())

    page.evaluate(
        """() => {
          const counted = document.querySelector("#comments-tab [data-count]");
          Object.assign(counted.dataset, { count: "3", countSays: "open" });
          counted.append(document.createElement("i"));
        }"""
    )

    expect(page.get_by_role("tab", name="Comments 3 open")).to_be_visible()


def test_count_of_what_is_to_be_mended_falls_while_writing(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(headline="", standfirst=""))
    expect(page.get_by_role("tab", name="Desk 2 to be mended")).to_be_visible()

    page.get_by_label("Headline").fill("Fleet returns")

    expect(page.get_by_role("tab", name="Desk 1 to be mended")).to_be_visible()


def test_count_of_proposals_falls_with_every_verdict(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    proposing.suggest(article.revision_id)
    page = edit(signed_in(journalist), article)
    expect(page.get_by_role("tab", name="Proposals 1 to decide")).to_be_visible()

    page.keyboard.press("Alt+n")
    page.keyboard.press("a")

    expect(page.get_by_role("tab", name="Proposals", exact=True)).to_be_visible()


def test_part_without_anything_has_no_tab(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft(), tab="Comments")

    page.evaluate("document.getElementById('comments-tab').replaceChildren()")

    expect(page.get_by_role("tab", name="Comments")).to_have_count(0)
    assert shown(page) == ["desk"]


def test_tabs_are_walked_with_arrow_keys(signed_in, journalist, desk) -> None:
    page = edit(signed_in(journalist), desk.draft())

    page.get_by_role("tab", name="Desk").focus()
    walked = []
    for key in (*["ArrowRight"] * 4, "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        focused = page.evaluate("document.activeElement.dataset.tab")
        assert shown(page) == [focused]
        walked.append(focused)

    assert walked == ["proposals", "comments", "about", "desk", "about", "desk", "about"]
    assert page.locator("[role=tab][tabindex='0']").count() == 1


def test_chosen_tab_is_remembered_and_another_story_begins_with_what_can_be_done(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article)

    open_tab(page, "About")
    edit(page, article)
    again = shown(page)
    edit(page, desk.draft("Another story"))

    assert (again, shown(page)) == (["about"], ["desk"])


def test_blocker_leads_to_its_field(signed_in, journalist, desk) -> None:
    article = desk.draft(section=None, authors=[], headline="")
    page = edit(signed_in(journalist), article)

    page.get_by_role("link", name="No section is chosen.").click()
    section = page.evaluate("document.activeElement.id")
    first = shown(page)
    open_tab(page, "Desk")
    page.get_by_role("link", name="No author is named.").click()
    author = page.evaluate("document.activeElement.name")
    open_tab(page, "Desk")
    page.get_by_role("link", name="The headline is missing.").click()

    assert (section, first, author) == ("id_section", ["about"], "authors")
    assert page.evaluate("document.activeElement.id") == "id_headline"


def test_refused_field_opens_its_tab(signed_in, journalist, desk) -> None:
    article = desk.draft()
    page = edit(signed_in(journalist), article, tab="About")

    page.evaluate("document.getElementById('id_related').value = '#999999 Gone'")
    open_tab(page, "Desk")
    page.keyboard.press("Control+s")
    error = page.locator("[data-error-for=related]")
    expect(error).to_have_text("There is no story #999999 to link to.")

    assert shown(page) == ["about"]
    assert error.is_visible()


def test_what_is_typed_beside_the_story_is_saved_with_it(signed_in, journalist, desk, section) -> None:
    article = desk.draft(section=None)
    page = edit(signed_in(journalist), article, tab="About")

    page.get_by_label("Section").select_option(label="Sea")
    page.get_by_label("Dateline").fill("GDYNIA")
    expect(page.locator("[data-save-state]")).to_have_text("Unsaved changes")
    save(page)

    saved = desk.fresh(article)
    assert (saved.section, saved.dateline) == (section, "GDYNIA")


def test_typing_beside_the_story_survives_a_fresh_panel(signed_in, journalist, desk, norway) -> None:
    article = desk.draft(body=SHIPS)
    page = edit(signed_in(journalist), article, tab="About")

    page.get_by_label("Dateline").fill("GDY")
    proposing.suggest(article.revision_id)
    expect(page.get_by_role("tab", name="Proposals 1 to decide")).to_be_visible()
    page.keyboard.type("NIA")

    assert page.get_by_label("Dateline").input_value() == "GDYNIA"
    assert shown(page) == ["about"]


def test_without_javascript_all_parts_stand_below_each_other(signed_in, journalist, desk, section) -> None:
    article = desk.draft(section=None)
    page = signed_in(journalist, java_script_enabled=False)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))

    assert shown(page) == ["desk", "proposals", "comments", "about"]
    assert not page.locator("[role=tablist]").is_visible()
    page.get_by_label("Section").select_option(label="Sea")
    page.get_by_role("button", name="Save").click()

    assert desk.fresh(article).section == section


def test_text_and_panel_scroll_on_their_own(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>A line of the story.</p>" * 60)
    page = edit(signed_in(journalist, viewport={"width": 1440, "height": 700}), article, tab="About")

    page.locator(".story p").nth(10).hover()
    page.mouse.wheel(0, 600)
    page.wait_for_function("document.querySelector('.writing-column').scrollTop > 0")

    assert page.evaluate("[document.querySelector('.panel').scrollTop, window.scrollY]") == [0, 0]


def test_on_a_telephone_the_tabs_lead_down_to_their_part(signed_in, journalist, desk) -> None:
    article = desk.draft(body="<p>A line of the story.</p>" * 60)
    page = edit(signed_in(journalist, viewport={"width": 390, "height": 800}, has_touch=True), article)

    page.get_by_role("tab", name="About").tap()
    expect(page.get_by_label("Section")).to_be_in_viewport()
    page.get_by_role("button", name="Story", exact=True).tap()

    expect(page.get_by_label("Headline")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


COUNT_CLICKS = """
sessionStorage.setItem("clicks", sessionStorage.getItem("clicks") ?? "0");
addEventListener("click", () => sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + 1), true);
"""
PASTED = "Fleet sails north\n\nThe fleet sailed at dawn, the navy said.\n\nNobody else spoke of it that day."


def test_from_pasting_to_submitted_takes_five_clicks_at_most(signed_in, journalist, section) -> None:
    page = signed_in(journalist)
    page.goto(reverse("admin:index"))
    page.add_init_script(COUNT_CLICKS)
    page.reload()

    page.get_by_role("banner").get_by_role("link", name="New from text").click()
    expect(page.get_by_label("The story")).to_be_focused()
    page.keyboard.insert_text(PASTED)
    page.get_by_role("button", name="Make a draft of it").click()
    page.wait_for_selector(".is-ready .story")
    page.get_by_role("link", name="No section is chosen.").click()
    page.keyboard.type("Sea")
    open_tab(page, "Desk")
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_role("button", name="Take back from review").wait_for()

    article = Article.objects.get()
    assert (article.work_state, article.section, article.headline) == ("in_review", section, "Fleet sails north")
    assert int(page.evaluate("sessionStorage.getItem('clicks')")) <= 5


def test_the_page_is_called_as_the_story_and_what_was_said_goes(signed_in, desk, journalist) -> None:
    article = desk.draft("")
    page = edit(signed_in(journalist), article)
    assert page.title().startswith("Untitled story | ")

    page.get_by_label("Headline").fill("Fleet returns")
    assert page.title().startswith("Fleet returns | ")
    expect(page.locator("h1")).to_have_text("Editing Fleet returns")

    page.get_by_label("Standfirst").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#body-surface")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-style-button]")).to_be_focused()

    open_tab(page, "Desk")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".verb-said")).not_to_be_empty()
    open_tab(page, "About")
    expect(page.locator(".verb-said")).to_be_empty()
