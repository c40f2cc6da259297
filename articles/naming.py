"""Verbs of the queue of new names: make an entity, take as another name of one, never propose again, undo.

Each is one transaction that locks the name's row first, so that of two editors the second is told what the
first has done. Stories that named it are read again by a task, which only proposes.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.models import NewName
from articles.models.verdict import Verdict
from articles.roles import has_permission
from articles.states import GuardFailed, NotAllowed, WrongState
from entities.models import Country, Entity, Form, Kind, Name, Strength

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SLUG_LENGTH = 120
STRENGTHS = frozenset({Strength.STRONG, Strength.WEAK})
DECIDED = {
    Verdict.CONFIRMED: "has been made a name of “{entity}”",
    Verdict.REJECTED: "is never proposed again",
    Verdict.PROPOSED: "is waiting to be decided",
}


@transaction.atomic
def make_entity(
    new_name: NewName,
    *,
    by: User,
    name: str,
    kind: str,
    category: str = "",
    country: Country | None = None,
    strength: str = Strength.STRONG,
    needs_context: list[str] | None = None,
) -> Entity:
    """Make an entity called `name`. The name as the stories wrote it finds it with the given strength; a name
    that the editor wrote otherwise finds it as well, as every entity's own name does.

    Raises:
        NotAllowed: the person may not decide new names.
        WrongState: somebody has decided it in the meantime.
        GuardFailed: there is such an entity already, or a part is not one that can be written.
    """
    locked = _begin(new_name, by=by, expected=(Verdict.PROPOSED,))
    if kind == Kind.COUNTRY:
        raise GuardFailed("Countries follow ISO 3166-1: take it as another name of one, or choose another kind.")
    name = " ".join(name.split())
    if not any(sign.isalnum() for sign in name):
        raise GuardFailed("A name needs at least one letter or digit that can be seen.")
    twin = Entity.objects.filter(kind=kind, name__iexact=name).first()
    if twin is not None:
        raise GuardFailed(f"There is a {twin.get_kind_display()} “{twin}” already: take this as another name of it.")
    entity = Entity(name=name, kind=kind, category=category.strip(), country=country)
    entity.slug = _free_slug(entity.name, kind)
    _save(entity)
    _add_name(entity, locked, strength=strength, needs_context=needs_context)
    _finish(locked, Verdict.CONFIRMED, by=by, entity=entity)
    return entity


@transaction.atomic
def add_alias(
    new_name: NewName, *, to: Entity, by: User, strength: str = Strength.STRONG, needs_context: list[str] | None = None
) -> Entity:
    """Take it as another name of an entity that exists; returns the entity.

    Raises:
        NotAllowed, WrongState, GuardFailed: as `make_entity`.
    """
    locked = _begin(new_name, by=by, expected=(Verdict.PROPOSED,))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=to.canonical.pk)
    if entity.merged_into_id is not None:
        raise WrongState(f"“{entity}” has just been merged into another: choose that one.")
    _add_name(entity, locked, strength=strength, needs_context=needs_context)
    _finish(locked, Verdict.CONFIRMED, by=by, entity=entity)
    return entity


@transaction.atomic
def dismiss(new_name: NewName, *, by: User) -> NewName:
    """Never propose this name again. Sightings are still counted, so that the verdict can be taken back.

    Raises:
        NotAllowed, WrongState: as `make_entity`.
    """
    locked = _begin(new_name, by=by, expected=(Verdict.PROPOSED,))
    return _finish(locked, Verdict.REJECTED, by=by)


@transaction.atomic
def reconsider(new_name: NewName, *, by: User) -> NewName:
    """Put a dismissed name back into the queue.

    Raises:
        NotAllowed, WrongState: as `make_entity`; what became an entity is renamed, hidden or merged there.
    """
    locked = _begin(new_name, by=by, expected=(Verdict.REJECTED,))
    return _finish(locked, Verdict.PROPOSED, by=None)


def may_decide(user: User) -> bool:
    return has_permission(user, "decide_newname")


def read_again(new_name: NewName) -> None:
    """Ask for the stories that name it to be read again, once this transaction has been committed."""

    def send() -> None:
        current_app.send_task("articles.retag_new_name", args=[new_name.pk])

    transaction.on_commit(send, robust=True)


def _begin(new_name: NewName, *, by: User, expected: tuple[Verdict, ...]) -> NewName:
    if not may_decide(by):
        raise NotAllowed("You may not decide new names: ask an editor.")
    locked = NewName.objects.select_for_update(no_key=True).get(pk=new_name.pk)
    if locked.verdict not in expected:
        says = DECIDED[Verdict(locked.verdict)].format(entity=locked.entity)
        who = f", by {locked.verdict_by.get_username()}" if locked.verdict_by else ""
        raise WrongState(f"Nothing was changed: “{locked}” {says}{who}.")
    return locked


def _finish(new_name: NewName, verdict: Verdict, *, by: User | None, entity: Entity | None = None) -> NewName:
    new_name.verdict, new_name.entity = verdict, entity
    new_name.verdict_by = by
    new_name.verdict_at = timezone.now() if by else None
    new_name.save(update_fields=["verdict", "entity", "verdict_by", "verdict_at"])
    return new_name


def _add_name(entity: Entity, new_name: NewName, *, strength: str, needs_context: list[str] | None) -> None:
    """The stories' name as an alias; none is needed where it is the entity's own and strong."""
    if strength not in STRENGTHS:
        raise GuardFailed("A new name is strong or weak: what is never this entity is forbidden on its own page.")
    if strength == Strength.WEAK and not needs_context:
        raise GuardFailed("A weak name needs words that must stand in the story: give at least one.")
    if strength == Strength.STRONG and new_name.name == entity.name:
        return
    alias = Name.objects.filter(entity=entity, text=new_name.name, form=Form.NAME).first()
    alias = alias or Name(entity=entity, text=new_name.name)
    alias.strength, alias.needs_context = strength, needs_context or []
    _save(alias)


def _save(row: Any) -> None:
    """Save a row after its own checks; what they say becomes the refusal."""
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise GuardFailed(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise GuardFailed("Somebody made the same entry at this moment: look again.") from error


def _free_slug(name: str, kind: str) -> str:
    """From the name; what Latin letters cannot write, or is taken, gets a few signs of its own."""
    slug = slugify(name)[:SLUG_LENGTH].strip("-")
    if slug and not Entity.objects.filter(kind=kind, slug=slug).exists():
        return slug
    return f"{slug[: SLUG_LENGTH - 9]}-{uuid.uuid4().hex[:8]}".strip("-")
