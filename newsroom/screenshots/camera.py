"""A headless Chromium that signs in, does what a shot asks, and takes its picture."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Error, Page

from newsroom.screenshots.shot import SCREENS, Shot

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
QUALITY = 50
# What an animation moves stands still after so many milliseconds.
PAUSE = 600
PATIENCE = 60_000
# Pictures that are loaded late come when their place is in view; one that is broken is complete, too.
PICTURES_ARE_THERE = """() => [...document.images].every((image) => {
    const place = image.getBoundingClientRect();
    return image.complete || place.top > innerHeight || place.bottom < 0 || place.width === 0;
})"""


@dataclass
class Camera:
    """Takes shots of the desk at `address` into `folder`; `passwords` are by the name of who signs in, `only_views`
    are such as “wide-light”."""

    browser: Browser
    address: str
    folder: Path
    passwords: dict[str, str]
    whole_pages: bool = False
    only_views: frozenset[str] = frozenset()
    _signed_in: dict[str, Any] = field(default_factory=dict)

    def take(self, shots: Iterable[Shot]) -> Iterator[Path]:
        """Each shot in each of its views.

        Raises:
            CommandError: a page did not come to show what the shot is for, with the name of the shot.
        """
        for shot in shots:
            for screen, scheme in shot.views:
                if self.only_views and f"{screen}-{scheme}" not in self.only_views:
                    continue
                try:
                    yield self.photograph(shot, screen, scheme)
                except Error as error:
                    raise CommandError(f"{shot.name}, {screen} and {scheme}, at {shot.path}: {error}") from error

    def photograph(self, shot: Shot, screen: str, scheme: Any) -> Path:
        width, height = SCREENS[screen]
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-GB",
            storage_state=self.signed_in(shot.role) if shot.role else None,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(shot.path, wait_until="load")
        shot.step(page)
        # What the step opened asks for its pictures only in the pause.
        page.wait_for_timeout(PAUSE)
        page.wait_for_function(PICTURES_ARE_THERE)
        page.wait_for_timeout(PAUSE)
        path = self.folder / f"{shot.name}-{screen}-{scheme}.webp"
        picture = Image.open(BytesIO(page.screenshot(full_page=self.whole_pages)))
        picture.convert("RGB").save(path, quality=QUALITY, method=6)
        # The page says that it is left: the next one must not be told of another tab.
        page.goto("about:blank")
        page.wait_for_timeout(PAUSE)
        context.close()
        return path

    def signed_in(self, role: str) -> Any:
        """The cookies of one of the desk's people, who signs in once."""
        if role not in self._signed_in:
            context = self.browser.new_context(base_url=self.address)
            sign_in(context.new_page(), role, self.passwords)
            self._signed_in[role] = context.storage_state()
            context.close()
        return self._signed_in[role]


def sign_in(page: Page, role: str, passwords: dict[str, str]) -> None:
    """Raises CommandError where nobody of that name is known."""
    if role not in passwords:
        raise CommandError(f"There is no sign-in for the {role}.")
    page.goto(reverse("admin:login"))
    page.fill("[name=username]", role)
    page.fill("[name=password]", passwords[role])
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def chromium() -> str:
    """The path of Chromium: from the environment, else as Debian and others name it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise CommandError("Chromium is needed for screenshots and was not found: install it, or set CHROMIUM.")
    return found
