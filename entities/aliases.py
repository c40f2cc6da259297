"""Verb: say how a text is to be read, once for all stories."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from entities.models import Entity, Form, Name, Strength


@transaction.atomic
def set_alias(entity: Entity, text: str, *, strength: str, needs_context: Sequence[str] = ()) -> list[Name]:
    """Make a text a strong or weak name of an entity, or forbid it; returns the rows as they are now.

    Rows with this text are changed, also those that came with an entity merged into this one; where there is
    none, one is added.

    Raises:
        ValidationError: a weak name without context words, or a part that cannot be written.
    """
    names = aliases_after(entity, text, strength=strength, needs_context=needs_context)
    for name in names:
        name.full_clean()
        name.save()
    return names


def aliases_after(entity: Entity, text: str, *, strength: str, needs_context: Sequence[str] = ()) -> list[Name]:
    """The rows as `set_alias` would leave them, not saved.

    Raises:
        ValidationError: a weak name without context words.
    """
    words = list(needs_context) if strength == Strength.WEAK else []
    if strength == Strength.WEAK and not words:
        raise ValidationError({"needs_context": "A weak name needs at least one word that must stand in the story."})
    canonical = entity.canonical
    of_entity = Q(entity=canonical) | Q(entity__merged_into=canonical)
    standing = list(Name.objects.select_related("entity").filter(of_entity, text=text).order_by("pk"))
    names = standing or [Name(entity=canonical, text=text, form=Form.NAME)]
    for name in names:
        name.strength, name.needs_context = strength, words
    return names
