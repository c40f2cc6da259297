"""Verb: write an entry of the diary, new or changed. Who covers it is told; what is public is an editor's to say."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.body import clean_text
from articles.models import DiaryEntry, Notification
from articles.notifications import called, deliver
from articles.purging import purge_on_commit
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, PubState, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.day_precision import Days
    from entities.models import Entity

FACTS = ("title", "kind", "place", "country", "assigned_to", "story", "note", "is_public", "is_cancelled")
LINES = ("title", "place")


class StaleEntry(Refused):
    """Somebody changed the entry after this copy of it was read. Nothing was overwritten."""

    code = "stale"


@transaction.atomic
def save_entry(
    entry: DiaryEntry | None = None,
    *,
    by: User,
    expected_version: int | None = None,
    days: Days | None = None,
    entities: Collection[Entity] | None = None,
    **facts: Any,
) -> DiaryEntry:
    """A new entry, or what is named of one that stands; with an `expected_version`, only where nobody changed it since.

    Raises:
        NotAllowed: the person may not write the diary, or not what readers see of it.
        GuardFailed: it lacks a title or a day, whom it is assigned to may write no stories, or the story that it is to
            lead to is killed or spiked.
        StaleEntry: somebody else changed it.
    """
    if not has_permission(by, "change_diaryentry" if entry else "add_diaryentry"):
        raise NotAllowed("The diary is written by the desk. Ask a colleague with a role on it.")
    locked = DiaryEntry.objects.select_for_update(no_key=True).get(pk=entry.pk) if entry else DiaryEntry(made_by=by)
    if entry and expected_version is not None and locked.version != expected_version:
        raise StaleEntry(
            f"Not saved: {called(locked.changed_by)} changed “{locked}” meanwhile. Open it in a second tab, and bring "
            "your words into what stands there."
        )
    was_public, covered_by, led_to = locked.is_public, locked.assigned_to_id, locked.story_id
    _say(locked, facts, days)
    _check(locked, by=by, was_public=was_public, covered_by=covered_by)
    _check_story(locked, led_to=led_to)
    locked.version += 1 if entry else 0
    locked.changed_by = by
    locked.save()
    if entities is not None:
        locked.entities.set(entities)
    if locked.assigned_to_id != covered_by:
        _tell(locked, by=by)
    purge_on_commit()
    return locked


def may_make_public(user: User) -> bool:
    return has_permission(user, "publish_article")


def _say(entry: DiaryEntry, facts: dict[str, Any], days: Days | None) -> None:
    if unknown := facts.keys() - set(FACTS):
        raise TypeError(f"An entry of the diary has no {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(entry, name, clean_text(value) if name in LINES else value)
    entry.note = entry.note.replace("\x00", "")
    if days is not None:
        entry.starts, entry.ends, entry.precision = days.first, days.last, days.precision


def _check(entry: DiaryEntry, *, by: User, was_public: bool, covered_by: int | None) -> None:
    if not entry.title:
        raise GuardFailed("Say what happens: give the entry a title.")
    if entry.starts is None or entry.ends is None:
        raise GuardFailed("Say when it happens: a day, a month, a quarter or a year.")
    if (entry.is_public or was_public) and not may_make_public(by):
        raise NotAllowed(
            "What readers see under “Coming up” is an editor’s to say: leave the entry private, and ask one."
        )
    who = entry.assigned_to
    if who is not None and entry.assigned_to_id != covered_by and not has_permission(who, "write_article"):
        raise GuardFailed(f"{who} may not write stories: choose somebody with a role on the desk.")


def _check_story(entry: DiaryEntry, *, led_to: int | None) -> None:
    """One that was killed since it was chosen stands in nobody's way."""
    story = entry.story
    if story and story.pk != led_to and story.pub_state in (PubState.KILLED, PubState.SPIKED):
        raise GuardFailed(f"“{story}” is {story.get_pub_state_display()}: choose another story, or none.")


def _tell(entry: DiaryEntry, *, by: User) -> None:
    """At the bell of who covers it now, unless it was their own doing."""
    who = entry.assigned_to
    if who is None or who == by or not who.is_active:
        return
    message = f"{called(by)} wants you to cover “{entry}”, {entry.when}."[:500]
    deliver([Notification(user=who, diary_entry=entry, kind=Notification.Kind.ASSIGNED, message=message, by=by)])
