"""One picture to be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

SCREENS = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
EVERY = tuple((screen, scheme) for screen in SCREENS for scheme in SCHEMES)
# For what only few look at often: both widths and both schemes, in half as many files.
BRIEF = (("wide", "light"), ("narrow", "dark"))


@dataclass(frozen=True, slots=True)
class Shot:
    """One page to be taken; `role` signs in first, as one of those of the demonstration, and `step` is a hand's work
    on the page before the picture: a tab to open, a dialog to show. A step is done once for each of `views`, so it
    leaves the desk as it was. `views` are pairs of a screen and a colour scheme."""

    name: str
    path: str
    role: str = ""
    step: Callable[[Page], None] = lambda page: None
    views: tuple[tuple[str, str], ...] = EVERY
