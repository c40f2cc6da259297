"""A partner's word that a killed story is gone from its systems."""

from __future__ import annotations

from django.db import models


class Acknowledgement(models.Model):
    """Append-only, once a partner and change."""

    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="acknowledgements")
    change = models.ForeignKey("articles.Change", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey("partners.ApiKey", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=["partner", "change"], name="acknowledgement_once_a_partner"),)

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.change_id}"
