"""Take the pictures of docs/screenshots/ from a running desk, in a headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from articles.models import Article, Listing, Representation
from articles.states import WorkState
from entities.models import Entity, Kind
from newsroom import sign_ins

FOLDER = settings.BASE_DIR / "docs" / "screenshots"
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SCREENS = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
QUALITY = 84


@dataclass(frozen=True, slots=True)
class Shot:
    """One page to be taken; `role` signs in first, as one of those of the demonstration."""

    name: str
    path: str
    role: str = ""


def public_shots() -> list[Shot]:
    """Pages that readers see, on stories that have something to show."""
    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at")
    story = live.filter(html__contains="pull-quote", image__isnull=False).first() or live.first()
    named = Listing.objects.filter(entity__kind=Kind.COUNTRY, entity__is_hidden=False)
    country = named.values("entity").annotate(stories=Count("id")).order_by("-stories", "entity").first()
    if story is None or country is None:
        raise CommandError("There is no live story to show: load the demo stories first (manage.py seed).")
    return [
        Shot("home", reverse("home")),
        Shot("article", story.get_absolute_url()),
        Shot("section", reverse("section", args=["sea"])),
        Shot("country", Entity.objects.get(pk=country["entity"]).get_absolute_url()),
        Shot("quotes", reverse("quotes")),
    ]


def admin_shots() -> list[Shot]:
    """Pages that the desk works on, each with the role that sees it."""
    waiting = Article.objects.filter(work_state=WorkState.IN_REVIEW).order_by("-saved_at").first()
    shots = [
        Shot("board", reverse("admin:index"), role="editor"),
        Shot("stories", reverse("admin:articles_article_changelist"), role="editor"),
    ]
    if waiting is not None:
        shots.append(Shot("editing", reverse("admin:articles_article_change", args=[waiting.pk]), role="editor"))
    return shots


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
        page.goto(shot.path, wait_until="networkidle")
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
