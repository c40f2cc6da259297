"""The verb by which a partner confirms that a killed story is gone, and which kills await whose word."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from articles.api.products import Selection
from articles.models import Change
from newsroom.partners.admission import Bearer
from newsroom.partners.models import AccessEvent, Acknowledgement


class NotAPurge(Exception):
    """The change does not ask for a purge, or the key cannot see it; the message says so."""


@transaction.atomic
def acknowledge(sequence: int, *, by: Bearer) -> tuple[Acknowledgement, bool]:
    """Note that the partner has purged what the change `sequence` told it to; whether this is the first word of it.

    Raises:
        NotAPurge: nothing was to be purged there.
    """
    change = _changes(by.selection).filter(sequence=sequence).only("id", "must_purge", "article_id").first()
    if change is None:
        raise NotAPurge(f"There is no change {sequence} in your feed.")
    if not change.must_purge:
        raise NotAPurge(f"Change {sequence} asks for no purge: only those with must_purge are acknowledged.")
    acknowledgement, is_new = Acknowledgement.objects.get_or_create(
        partner_id=by.partner_id, change=change, defaults={"key_id": by.key_id}
    )
    if is_new:
        AccessEvent.objects.create(
            verb=AccessEvent.Verb.ACKNOWLEDGED,
            partner_id=by.partner_id,
            key_id=by.key_id,
            detail=f"No. {sequence} in the feed",
        )
    return acknowledgement, is_new


def _changes(selection: Selection | None) -> QuerySet[Change]:
    changes = Change.objects.filter(sequence__isnull=False)
    return selection.of_changes(changes) if selection else changes
