from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class PublicState(models.Model):
    """One row. A trigger raises it, at the commit, with every change of what lists for the public are made of, so that
    a list that was made under a number is what it was as long as the number stands.

    Deferred to the commit like the counter of changes: its row is locked for the shortest time, and always before
    that one.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4, help_text="New with every number, and so after a restored backup.")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="public_state_one_row"),)

    def __str__(self) -> str:
        return str(self.number)
