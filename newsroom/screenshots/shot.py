"""One picture to be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Shot:
    """One page to be taken; `role` signs in first, as one of those of the demonstration, and `step` is a hand's work
    on the page before the picture: a tab to open, a dialog to show."""

    name: str
    path: str
    role: str = ""
    step: Callable[[Page], None] = lambda page: None
