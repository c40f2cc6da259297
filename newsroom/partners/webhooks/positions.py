"""Where an endpoint stands in the change log, and what its key selects there."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.api.products import Selection
from articles.models import Change, ChangeCounter
from newsroom.partners.admission import selection_of
from newsroom.partners.models import ApiKey, WebhookEndpoint
from newsroom.partners.models.product import FIELDS


def selection_of_key(key: ApiKey) -> Selection | None:
    """The same as the API finds for requests with this key; one query, none where products were fetched with it."""
    names = ("id", "revision", "only_about", *FIELDS)
    products = sorted(key.products.all(), key=lambda product: product.pk)
    return selection_of([{name: getattr(product, name) for name in names} for product in products])


def revision_of(selection: Selection | None) -> int:
    return selection.revision if selection else 0


def changes_of(selection: Selection | None) -> QuerySet[Change]:
    """The key's own feed."""
    changes = Change.objects.filter(sequence__isnull=False)
    return selection.of_changes(changes) if selection else changes


def place_at_end(endpoint: WebhookEndpoint, selection: Selection | None) -> None:
    """Begin after everything that is public now. Not saved."""
    counter = ChangeCounter.objects.get_or_create(id=1)[0]
    endpoint.epoch, endpoint.sequence = counter.epoch, counter.sequence
    endpoint.revision = revision_of(selection)
    endpoint.previous_sequence = last_of_feed(selection, counter.sequence)


def last_of_feed(selection: Selection | None, sequence: int) -> int | None:
    """The number of the last change of a key's own feed up to a sequence."""
    if selection is None:
        return sequence or None
    own = changes_of(selection).filter(sequence__lte=sequence).order_by("-sequence")
    return own.values_list("sequence", flat=True).first()
