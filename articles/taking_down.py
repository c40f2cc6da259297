"""Verbs that take a story from the public: withdraw, for now, and kill, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.announcing import take_down
from articles.editions import seal_editions
from articles.models import Article, Change
from articles.neighbours import lock_with_neighbours
from articles.states import GuardFailed
from articles.transitions import begin

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str, public_note: str = "") -> Change:
    """Take a live story from the public; it may be published again."""
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "withdraw", by=by)
    if not reason.strip():
        raise GuardFailed("Say why the story is withdrawn: partners and colleagues will ask.")
    said = {"reason": reason.strip(), "public_note": public_note.strip()}
    return take_down(locked, "withdraw", before, by=by, dependants=dependants, **said)


@transaction.atomic
def kill(article: Article, *, by: User, reason: str, public_note: str, confirmation: str) -> Change:
    """Kill a story for good: every edition is sealed and partners are told to purge it.

    `confirmation` is the slugline, the address or the headline typed out, in capitals or not, so that no slip of
    the hand kills.
    """
    dependants = lock_with_neighbours(article)
    locked, before = begin(article, "kill", by=by)
    if not reason.strip() or not public_note.strip():
        raise GuardFailed("A kill needs a reason for the desk and a public notice for readers and partners.")
    if not _confirms(locked, confirmation):
        raise GuardFailed(f"Not killed, for the confirmation is another word. Type: {word_to_type(locked)}")
    seal_editions(locked, before_version=locked.version + 1)
    said = {"reason": reason.strip(), "public_note": public_note.strip()}
    return take_down(locked, "kill", before, by=by, dependants=dependants, **said)


def word_to_type(article: Article) -> str:
    """The word that confirms a kill: the desk's name for the story, else its address."""
    assert article.edition is not None
    return article.slugline or article.edition.slug


def _confirms(article: Article, typed: str) -> bool:
    assert article.edition is not None
    names = (article.slugline, article.edition.slug, article.edition.headline)
    return _plain(typed) in {_plain(name) for name in names if name}


def _plain(text: str) -> str:
    """Without regard to capitals and to spaces around or between."""
    return " ".join(text.split()).casefold()
