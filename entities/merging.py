"""Merge one entity into another by pointer, and undo it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from entities.models import Entity, GazetteerVersion, Kind


@transaction.atomic
def merge(entity: Entity, *, into: Entity) -> None:
    """Point `entity`, and all that was merged into it, to `into`. Nothing else changes.

    Raises:
        ValidationError: the two are one, differ in kind, are countries, or the first is merged into another.
    """
    _one_merge_at_a_time()
    rows = Entity.objects.select_for_update(no_key=True).filter(pk__in=[entity.pk, into.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    source, target = locked[entity.pk], locked[into.pk].canonical
    refusal = refusal_of(source, into=target)
    if refusal:
        raise ValidationError(refusal)
    Entity.objects.filter(merged_into=source).update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into", "updated_at"])


def refusal_of(source: Entity, *, into: Entity) -> str:
    """Why one entity cannot be merged into another; empty where it can."""
    target = into.canonical
    if source.pk == target.pk or source.merged_into_id == target.pk:
        return f"“{source}” and “{into}” are already one entity."
    if source.merged_into is not None:
        return f"“{source}” has been merged into “{source.merged_into}”: undo that first."
    if source.kind != target.kind:
        return (
            f"“{source}” is a {source.get_kind_display()} and “{target}” a {target.get_kind_display()}: "
            "change the kind of one of them first."
        )
    if source.kind == Kind.COUNTRY:
        return "Countries follow ISO 3166-1 and are never merged."
    return ""


@transaction.atomic
def unmerge(entity: Entity) -> None:
    """Give an entity its own identity back. Entities merged into it before it was merged stay with the target."""
    _one_merge_at_a_time()
    locked = Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
    locked.merged_into = None
    locked.save(update_fields=["merged_into", "updated_at"])


def _one_merge_at_a_time() -> None:
    """Two merges at once could make a chain of pointers; the gazetteer's row, which both change, is the lock."""
    GazetteerVersion.objects.get_or_create(id=1)
    GazetteerVersion.objects.select_for_update(no_key=True).get(id=1)
