"""What a hand does on a page before its picture is taken."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, TimeoutError

Step = Callable[[Page], None]
# A word that is pressed while the page still moves is not selected; the next press finds it.
TRIES, TRY = 5, 5_000


def ready(page: Page) -> None:
    page.wait_for_selector(".is-ready .story")


def open_tab(name: str) -> Step:
    def open_it(page: Page) -> None:
        ready(page)
        page.locator(f"[role=tab][data-tab={name}]").click()

    return open_it


def select_word(page: Page) -> None:
    ready(page)
    for left in reversed(range(TRIES)):
        page.locator(".story p").first.dblclick(position={"x": 40, "y": 12})
        try:
            return page.locator("[data-bubble]").wait_for(timeout=TRY)
        except TimeoutError:
            if not left:
                raise
    return None


def press_keys(keys: str) -> Step:
    """A dialog by its keys, with a word selected, as some keys want one."""

    def press(page: Page) -> None:
        select_word(page)
        page.keyboard.press(keys)
        page.locator("dialog[open]").first.wait_for()

    return press


def preview(page: Page) -> None:
    ready(page)
    page.get_by_role("button", name="Preview").first.click()
    page.frame_locator("iframe").locator("h1").first.wait_for()


def verb_dialog(verb: str) -> Step:
    """The dialog of a verb over the editing page."""

    def show(page: Page) -> None:
        open_tab("desk")(page)
        page.get_by_role("link", name=verb).or_(page.get_by_role("button", name=verb)).last.click()
        page.locator("dialog[open]").first.wait_for()

    return show


def mention(page: Page) -> None:
    """The box of a comment with the colleagues that a letter finds."""
    open_tab("comments")(page)
    box = page.locator("#new-comment")
    box.click()
    page.keyboard.type("Who saw it? @r")
    page.locator("[role=option]").first.wait_for()


def press_first(name: str) -> Step:
    """A button, by what it says."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=name).first.click()
        page.wait_for_load_state()

    return press


def open_first(selector: str) -> Step:
    def open_it(page: Page) -> None:
        page.locator(selector).first.click()

    return open_it


def choose_bulk(verb: str) -> Step:
    """The page between for the first three stories of the list."""

    def choose(page: Page) -> None:
        boxes = page.locator("input[name=_selected_action]")
        for place in range(min(3, boxes.count())):
            boxes.nth(place).check()
        page.locator("select[name=action]").select_option(verb)
        page.get_by_role("button", name="Go").click()
        page.locator(".story-lines").wait_for()

    return choose


def sign_in_wrongly(page: Page) -> None:
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "a guess")
    page.press("[name=password]", "Enter")
    page.locator("[role=alert], .errornote").first.wait_for()


def change_password_wrongly(page: Page) -> None:
    page.fill("[name=old_password]", "a guess")
    page.fill("[name=new_password1]", "1234")
    page.fill("[name=new_password2]", "12345")
    page.press("[name=new_password2]", "Enter")
    page.locator(".errorlist").first.wait_for()


def send_empty(page: Page) -> None:
    """A form with nothing in it, past what the browser itself would ask."""
    page.locator("main form").last.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    page.wait_for_load_state()


def open_form(page: Page) -> None:
    """The form under an entity's page."""
    page.get_by_role("link", name="Edit", exact=True).first.click()


def unsaved_offered(page: Page) -> None:
    ready(page)
    page.get_by_text("unsaved").first.wait_for()
