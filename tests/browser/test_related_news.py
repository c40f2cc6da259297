"""Related News as a list: found, pasted, ordered and taken out, and submitted as its lines."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.editing_page import accessibility_problems, edit, save

pytestmark = pytest.mark.browser


def open_about(page):
    page.get_by_role("tab", name="About").click()
    return page.get_by_role("list", name="Related news")


def found(page):
    return page.locator("#related-found").get_by_role("option")


def links_of(article) -> list[tuple[str, str]]:
    return [(link.target.headline if link.target else link.title, link.url) for link in article.related_links.all()]


@pytest.mark.journey
def test_stories_pages_and_titles_are_added_and_saved(signed_in, journalist, desk) -> None:
    desk.live("Frigate sails north")
    article = desk.draft("Own story")
    page = edit(signed_in(journalist), article)
    open_about(page)
    field = page.get_by_role("combobox", name="Add related news")

    field.fill("frig")
    expect(found(page).first).to_contain_text("Frigate sails north")
    field.press("Enter")
    field.fill("https://example.org/report")
    expect(found(page)).to_contain_text("a page elsewhere")
    field.press("Enter")
    page.get_by_label("Its title, as readers will see it").fill("A report | of others")
    page.keyboard.press("Enter")
    field.fill("A story to come")
    found(page).filter(has_text="a title alone").click()
    expect(page.get_by_role("list", name="Related news").get_by_role("listitem")).to_have_count(3)
    save(page)

    assert links_of(desk.fresh(article)) == [
        ("Frigate sails north", ""),
        ("A report – of others", "https://example.org/report"),
        ("A story to come", ""),
    ]


def test_pasted_address_of_ours_becomes_the_story(signed_in, journalist, desk) -> None:
    live = desk.live("Frigate sails north")
    article = desk.draft("Own story")
    page = edit(signed_in(journalist), article)
    open_about(page)

    page.get_by_role("combobox", name="Add related news").fill(live.edition.get_absolute_url())
    found(page).filter(has_text="Frigate sails north").click()
    save(page)

    assert desk.fresh(article).related_links.get().target == live


def test_entries_are_ordered_and_removed_by_buttons_and_keys(signed_in, journalist, desk) -> None:
    article = desk.draft("Own story", related=[{"title": title} for title in ("One", "Two", "Three")])
    page = edit(signed_in(journalist), article)
    open_about(page)

    page.get_by_role("button", name="Move down: One").click()
    expect(page.get_by_role("button", name="Move down: One")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("button", name="Move up: One")).to_be_focused()
    page.get_by_role("button", name="Remove: Three").click()
    expect(page.get_by_role("button", name="Remove: One")).to_be_focused()
    save(page)

    assert [title for title, _ in links_of(desk.fresh(article))] == ["Two", "One"]


def test_story_that_readers_cannot_open_is_told(signed_in, journalist, desk) -> None:
    article = desk.draft("Own story", related=[{"target": desk.draft("Secret draft")}])
    page = edit(signed_in(journalist), article)

    expect(open_about(page)).to_contain_text("never published: readers do not see it yet")


def test_form_works_without_javascript(signed_in, journalist, desk) -> None:
    article = desk.draft("Own story")
    page = signed_in(journalist, java_script_enabled=False)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))

    page.get_by_role("textbox", name="Related news").fill("A bare title\nOther | https://example.org/")
    page.get_by_role("button", name="Save").click()

    assert links_of(desk.fresh(article)) == [("A bare title", ""), ("Other", "https://example.org/")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_list_is_accessible(signed_in, journalist, desk, scheme, width) -> None:
    live = desk.live("A frigate with a rather long name sails north at dawn and is expected back by Friday")
    related = [{"target": live}, {"title": "A report", "url": "https://example.org/x"}, {"title": "Bare title"}]
    desk.live("Frigate in the yard")
    article = desk.draft("Own story", related=[*related, {"target": desk.draft("Draft")}])
    page = edit(signed_in(journalist, color_scheme=scheme, viewport={"width": width, "height": 900}), article)
    open_about(page)
    page.get_by_role("combobox", name="Add related news").fill("frig")
    expect(found(page).first).to_be_visible()

    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
