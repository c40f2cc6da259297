"""The number that rises with every change of entities and names."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class GazetteerVersion(models.Model):
    """One row. Triggers raise it in the transaction that changes the gazetteer, so that a compiled
    gazetteer cached under a number is never older than the rows that number stands for."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField(default=0)
    stamp = models.UUIDField(
        default=uuid.uuid4,
        help_text="New with every number: a number that was rolled back can come again, a stamp not.",
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="gazetteer_version_one_row"),)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> GazetteerVersion:
        """The row as it is now; number 0 where nothing was ever written."""
        return cls.objects.filter(id=1).first() or cls(stamp=uuid.UUID(int=0))
