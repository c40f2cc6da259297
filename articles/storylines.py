"""Verbs: make a storyline, say what it is, and put stories into it, in order.

Each locks the storyline, so that editors who work on one at the same time come one after the other: what is said of a
story (after which, to which number) is done to the list as it stands then, and nobody's story is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify

from articles.body import clean_text
from articles.models import Article, Storyline, StorylineStory
from articles.notifications import called
from articles.purging import purge_on_commit
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from entities.models import Entity

MOST_STORIES = 500
FACTS = ("title", "slug", "intro", "is_public")


class StaleStoryline(Refused):
    """Somebody changed what the storyline is after this copy of it was read. Nothing was overwritten."""

    code = "stale"


@transaction.atomic
def make_storyline(
    *,
    by: User,
    title: str,
    slug: str = "",
    intro: str = "",
    is_public: bool = False,
    entities: Collection[Entity] = (),
) -> Storyline:
    """
    Raises:
        NotAllowed: the person may not make storylines.
        GuardFailed: it has no title, or its address is taken.
    """
    if not has_permission(by, "add_storyline"):
        raise NotAllowed("Storylines are made by editors. Ask one of them.")
    made = Storyline(made_by=by, changed_by=by, is_public=is_public)
    _say(made, {"title": title, "slug": slug or _free_slug(title), "intro": intro})
    made.save(force_insert=True)
    made.entities.set(entities)
    purge_on_commit()
    return made


@transaction.atomic
def describe(
    storyline: Storyline,
    *,
    by: User,
    expected_version: int | None = None,
    entities: Collection[Entity] | None = None,
    **facts: Any,
) -> Storyline:
    """Change title, address, introduction, entities, or whether it is public; what is not named stays.

    With an `expected_version`, only where nobody described it since.

    Raises:
        NotAllowed: the person may not change storylines.
        GuardFailed: it would have no title, or its address is taken.
        StaleStoryline: somebody else changed it.
    """
    locked = _locked(storyline, by=by)
    if expected_version is not None and locked.version != expected_version:
        raise StaleStoryline(
            f"Not saved: {called(locked.changed_by)} changed “{locked}” meanwhile. Open it in a second tab, and bring "
            "your words into what stands there."
        )
    _say(locked, facts)
    if entities is not None:
        locked.entities.set(entities)
    return _changed(locked, by=by)


@transaction.atomic
def close(storyline: Storyline, *, by: User) -> Storyline:
    """Say that it is told to the end; its page stays, and no story is added by chance.

    Raises:
        NotAllowed: as `describe`.
    """
    return _set_state(storyline, Storyline.State.CLOSED, by=by)


@transaction.atomic
def reopen(storyline: Storyline, *, by: User) -> Storyline:
    """
    Raises:
        NotAllowed: as `describe`.
    """
    return _set_state(storyline, Storyline.State.OPEN, by=by)


@transaction.atomic
def add_story(
    storyline: Storyline, story: Article, *, by: User, at: int | None = None, note: str = ""
) -> StorylineStory:
    """Put a story into a storyline, at the end or at a number; those from there on move back by one. One that is in it
    already stays where it is.

    Raises:
        NotAllowed: the person may not change storylines.
        GuardFailed: the storyline is closed or full, there is no such number, or the story is killed or spiked.
    """
    locked = _locked(storyline, by=by)
    known = locked.stories.filter(article=story).first()
    if known is not None:
        return known
    _check_addition(locked, story)
    last = _last(locked)
    ordinal = last + 1 if at is None else at
    _check_number(ordinal, most=last + 1)
    locked.stories.filter(ordinal__gte=ordinal).update(ordinal=F("ordinal") + 1)
    added = StorylineStory.objects.create(
        storyline=locked, article=story, ordinal=ordinal, note=_note(note), added_by=by
    )
    _changed(locked, by=by)
    return added


@transaction.atomic
def move_story(storyline: Storyline, story: Article, *, to: int, by: User) -> StorylineStory:
    """To another number; those between move by one.

    Raises:
        NotAllowed: as `add_story`.
        GuardFailed: there is no such number, or the story is not in it any more.
    """
    locked = _locked(storyline, by=by)
    row = _row(locked, story)
    _check_number(to, most=_last(locked))
    came_from = row.ordinal
    if to < came_from:
        locked.stories.filter(ordinal__range=(to, came_from - 1)).update(ordinal=F("ordinal") + 1)
    elif to > came_from:
        locked.stories.filter(ordinal__range=(came_from + 1, to)).update(ordinal=F("ordinal") - 1)
    else:
        return row
    row.ordinal = to
    row.save(update_fields=["ordinal"])
    _changed(locked, by=by)
    return row


@transaction.atomic
def remove_story(storyline: Storyline, story: Article, *, by: User) -> None:
    """Nothing happens where somebody did so before.

    Raises:
        NotAllowed: as `add_story`.
    """
    locked = _locked(storyline, by=by)
    row = locked.stories.filter(article=story).first()
    if row is None:
        return
    row.delete()
    locked.stories.filter(ordinal__gt=row.ordinal).update(ordinal=F("ordinal") - 1)
    _changed(locked, by=by)


@transaction.atomic
def note_story(storyline: Storyline, story: Article, *, note: str, by: User) -> StorylineStory:
    """Say in a sentence what a story adds.

    Raises:
        NotAllowed, GuardFailed: as `move_story`; or the note is too long.
    """
    locked = _locked(storyline, by=by)
    row = _row(locked, story)
    row.note = _note(note)
    row.save(update_fields=["note"])
    _changed(locked, by=by)
    return row


def may_change(user: User) -> bool:
    """Whether the person may say which stories a storyline has."""
    return has_permission(user, "change_storyline")


def _locked(storyline: Storyline, *, by: User) -> Storyline:
    if not may_change(by):
        raise NotAllowed("Storylines are changed by editors. Ask one of them.")
    return Storyline.objects.select_for_update(no_key=True).get(pk=storyline.pk)


def _changed(storyline: Storyline, *, by: User) -> Storyline:
    storyline.version += 1
    storyline.changed_by = by
    storyline.save()
    purge_on_commit()
    return storyline


def _set_state(storyline: Storyline, state: Storyline.State, *, by: User) -> Storyline:
    locked = _locked(storyline, by=by)
    if locked.state == state:
        return locked
    locked.state = state
    return _changed(locked, by=by)


def _say(storyline: Storyline, facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - set(FACTS):
        raise TypeError(f"A storyline has no {', '.join(sorted(unknown))}.")
    cleaned = {name: clean_text(value) if isinstance(value, str) else value for name, value in facts.items()}
    for name, value in cleaned.items():
        longest = getattr(Storyline._meta.get_field(name), "max_length", None)
        if longest and len(value) > longest:
            raise GuardFailed(f"The {name} may have {longest} characters; these are {len(value)}.")
        setattr(storyline, name, value)
    if not storyline.title:
        raise GuardFailed("Give the storyline a title: readers see it above the stories.")
    if not storyline.slug or storyline.slug != slugify(storyline.slug):
        raise GuardFailed("The address may have small letters, figures and hyphens, and at least one of them.")
    if Storyline.objects.filter(slug=storyline.slug).exclude(pk=storyline.pk).exists():
        raise GuardFailed(f"Another storyline has the address “{storyline.slug}”: choose a different one.")


def _free_slug(title: str) -> str:
    """Of the title, with a number where another storyline has it."""
    longest = (Storyline._meta.get_field("slug").max_length or 0) - 5
    plain = slugify(title)[:longest].strip("-") or "storyline"
    taken = set(Storyline.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    choices = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in choices if slug not in taken)


def _check_addition(storyline: Storyline, story: Article) -> None:
    if not storyline.is_open:
        raise GuardFailed(f"“{storyline}” is closed. Open it again to add a story.")
    if story.pub_state in (PubState.KILLED, PubState.SPIKED):
        raise GuardFailed(f"“{story}” is {story.get_pub_state_display()}: it cannot be part of a storyline.")
    if storyline.stories.count() >= MOST_STORIES:
        raise GuardFailed(f"A storyline holds {MOST_STORIES} stories. Begin a second one.")


def _check_number(number: int, *, most: int) -> None:
    if not 1 <= number <= most:
        raise GuardFailed(f"The number must be from 1 to {most}." if most > 1 else "The number is 1.")


def _row(storyline: Storyline, story: Article) -> StorylineStory:
    row = storyline.stories.filter(article=story).first()
    if row is None:
        raise GuardFailed(f"“{story}” is not in “{storyline}” any more: somebody took it out meanwhile.")
    return row


def _last(storyline: Storyline) -> int:
    return storyline.stories.aggregate(last=Max("ordinal"))["last"] or 0


def _note(note: str) -> str:
    line = " ".join(clean_text(note).split())
    longest = StorylineStory._meta.get_field("note").max_length or 0
    if len(line) > longest:
        raise GuardFailed(f"A note may have {longest} characters; this one has {len(line)}.")
    return line
