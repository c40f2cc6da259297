"""Verb: save one of the pages that stand for years. Every version is kept, with who saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from articles.body import clean_body, clean_text
from articles.models import StandingPage, StandingPageVersion
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KEPT = ("title", "summary", "body", "is_public")


class StalePage(Refused):
    """Somebody saved the page after this copy of it was read. Nothing was overwritten."""

    code = "stale"


@transaction.atomic
def save_page(page: StandingPage, *, by: User, expected_version: int) -> StandingPage:
    """Save a page as it was changed in memory; a new one where it has no row yet.

    Raises:
        NotAllowed: the person may not change pages.
        GuardFailed: it has no title.
        StalePage: somebody else saved it since `expected_version`.
    """
    if not has_permission(by, "change_standingpage" if page.pk else "add_standingpage"):
        raise NotAllowed("Only a chief changes what stands on these pages.")
    page.title, page.summary = clean_text(page.title), clean_text(page.summary)
    page.body = clean_body(page.body).html
    if not page.title:
        raise GuardFailed("Give the page a title: readers see it in the list of pages.")
    if page.pk:
        _require_newest(page, expected_version)
        page.version = expected_version + 1
    page.updated_at = timezone.now()
    page.save()
    kept = {name: getattr(page, name) for name in KEPT}
    StandingPageVersion.objects.create(page=page, number=page.version, at=page.updated_at, by=by, **kept)
    return page


def _require_newest(page: StandingPage, expected_version: int) -> None:
    found = StandingPage.objects.select_for_update().get(pk=page.pk)
    if found.version != expected_version:
        raise StalePage(
            f"Not saved: “{found}” was saved by somebody else meanwhile. Open it in a second tab, and bring "
            "your words into the newer text."
        )
