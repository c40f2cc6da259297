"""Take the pictures of docs/screenshots/ from a running desk, in a headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from articles.models import Article, NewName, Tag
from articles.states import PubState, WorkState
from entities.models import Entity, Kind
from newsroom import sign_ins
from newsroom.screenshots.public_pages import public_shots
from newsroom.screenshots.shot import Shot

FOLDER = settings.BASE_DIR / "docs" / "screenshots"
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SCREENS = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
QUALITY = 72
PAUSE = 700


def admin_shots() -> list[Shot]:
    """Pages that the desk works on, each with the role that sees it."""
    lists = [
        *(("stories", "articles_article"), ("pictures", "articles_image"), ("authors", "articles_author")),
        *(("entities", "entities_entity"), ("names", "entities_name"), ("new-names", "articles_newname")),
        ("notifications", "articles_notification"),
    ]
    return [
        Shot("sign-in", reverse("admin:login")),
        Shot("board", reverse("admin:index"), role="editor"),
        *(Shot(name, reverse(f"admin:{model}_changelist"), role="editor") for name, model in lists),
        Shot("new-from-text", reverse("admin:articles_article_from_text"), role="editor"),
        *editing_shots(),
        *verb_shots(),
        *gazetteer_shots(),
    ]


def editing_shots() -> list[Shot]:
    """The editing page of a story in review, with each of its tabs and dialogs."""
    waiting = Article.objects.filter(work_state=WorkState.IN_REVIEW).order_by("-saved_at").first()
    if waiting is None:
        return []
    path = reverse("admin:articles_article_change", args=[waiting.pk])
    steps: list[tuple[str, Callable[[Page], None]]] = [
        ("editing", ready),
        ("editing-proposals", lambda page: open_tab(page, "proposals")),
        ("editing-comments", lambda page: open_tab(page, "comments")),
        ("editing-about", lambda page: open_tab(page, "about")),
        ("editing-bubble", select_word),
        ("editing-link", lambda page: press(page, "Control+k", "dialog[open]")),
        ("editing-picture", lambda page: press(page, "Control+Alt+p", "dialog[open]")),
        ("editing-keys", lambda page: press(page, "Control+/", "dialog[open]")),
        ("editing-preview", preview),
        ("editing-schedule", schedule),
    ]
    history = reverse("admin:articles_article_history", args=[waiting.pk])
    return [*(Shot(name, path, "editor", step) for name, step in steps), Shot("history", history, "editor")]


def verb_shots() -> list[Shot]:
    """The pages of a correction (of a live story with new words) and of a kill, as the chief sees them, and what is
    left of a killed story."""
    live = Article.objects.filter(pub_state=PubState.LIVE).order_by("-published_at")
    rewritten = live.exclude(work_state=WorkState.APPROVED)
    killed = Article.objects.filter(pub_state=PubState.KILLED)
    verbs = (("correcting", rewritten, "approve_and_correct"), ("killing", live, "kill"))
    return [
        *(
            Shot(name, reverse("admin:articles_article_verb", args=[story.pk, verb]), "chief")
            for name, stories, verb in verbs
            for story in stories[:1]
        ),
        *(
            Shot("killed", reverse("admin:articles_article_change", args=[story.pk]), "chief", ready)
            for story in killed[:1]
        ),
    ]


def gazetteer_shots() -> list[Shot]:
    """An entity that many stories name, and a name that waits to be decided."""
    entities = Entity.objects.filter(kind=Kind.ORGANISATION, merged_into=None, is_hidden=False)
    used = Tag.objects.filter(entity__in=entities).values("entity").annotate(stories=Count("id")).order_by("-stories")
    name = NewName.objects.waiting().first()
    shots = [
        Shot("entity", reverse("admin:entities_entity_change", args=[row["entity"]]), "editor") for row in used[:1]
    ]
    if name is not None:
        shots.append(Shot("new-name", reverse("admin:articles_newname_change", args=[name.pk]), "editor"))
    return shots


def ready(page: Page) -> None:
    page.wait_for_selector(".is-ready .story")


def open_tab(page: Page, name: str) -> None:
    ready(page)
    page.locator(f"[role=tab][data-tab={name}]").click()


def select_word(page: Page) -> None:
    ready(page)
    page.locator(".story p").first.dblclick(position={"x": 40, "y": 12})
    page.locator("[data-bubble]").wait_for()


def press(page: Page, keys: str, shown: str) -> None:
    """With a word selected, as some keys want one."""
    select_word(page)
    page.keyboard.press(keys)
    page.locator(shown).first.wait_for()


def preview(page: Page) -> None:
    ready(page)
    page.get_by_role("button", name="Preview").first.click()
    page.frame_locator("iframe").locator("h1").first.wait_for()


def schedule(page: Page) -> None:
    open_tab(page, "desk")
    page.get_by_text("Schedule and embargo").last.click()
    page.locator("dialog[open]").first.wait_for()


class Command(BaseCommand):
    help = "Take the pictures of docs/screenshots/ from a running desk (make run), wide and narrow, light and dark."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.SITE_URL, help="of the running desk")
        parser.add_argument("--folder", type=Path, default=FOLDER)
        parser.add_argument("--only", nargs="*", help="names of pages, such as home article")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["only"]
        shots = [shot for shot in (*public_shots(), *admin_shots()) if not wanted or shot.name in wanted]
        options["folder"].mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
            for screen in SCREENS:
                for scheme in SCHEMES:
                    for path in take(browser, shots, options["address"], screen, scheme, options["folder"]):
                        self.stdout.write(str(path))
            browser.close()


def take(browser: Browser, shots: list[Shot], address: str, screen: str, scheme: Any, folder: Path) -> Iterator[Path]:
    """Take all pages on one screen in one colour scheme, signing in where a page asks for it."""
    width, height = SCREENS[screen]
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    signed_in = ""
    for shot in shots:
        if shot.role and shot.role != signed_in:
            sign_in(page, shot.role)
            signed_in = shot.role
        page.goto(shot.path, wait_until="load")
        shot.step(page)
        # What an animation moves stands still before it is taken.
        page.wait_for_timeout(PAUSE)
        path = folder / f"{shot.name}-{screen}-{scheme}.webp"
        Image.open(BytesIO(page.screenshot())).convert("RGB").save(path, quality=QUALITY, method=6)
        yield path
    context.close()


def sign_in(page: Page, role: str) -> None:
    """Sign in as one of the people of the demonstration.

    Raises:
        CommandError: there is no sign-in for the role.
    """
    password = sign_ins.read(settings.VAR_DIR).get(role)
    if password is None:
        raise CommandError(f"There is no sign-in for the {role} in {settings.VAR_DIR}: start the desk with make run.")
    page.context.clear_cookies()
    page.goto(reverse("admin:login"))
    page.fill("[name=username]", role)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def chromium() -> str:
    """The path of Chromium: from the environment, else as Debian and others name it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise CommandError("Chromium is needed for screenshots and was not found: install it, or set CHROMIUM.")
    return found
