from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """Sealed text that an operator destroyed on an order: what it was, not what it said. Append-only.

    The database lets sealed text go only in the transaction that writes such a row for its article, and fills
    `transaction_id` itself, so that nothing can be destroyed without its trace.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="erasures")
    reference = models.CharField(max_length=300, help_text="The order: court, file number, date.")
    operator = models.CharField(max_length=150, help_text="Who ran the command, as the system knows them.")
    erased = models.JSONField(
        help_text="{versions: [{version, sha256}], revisions: [{number, sha256}]}: digests of the plain texts."
    )
    transaction_id = models.BigIntegerField(default=0, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(reference=""), name="erasure_names_its_order"),
            models.CheckConstraint(condition=~Q(operator=""), name="erasure_names_who"),
        )

    def __str__(self) -> str:
        return f"Text of article {self.article_id} destroyed: {self.reference}"

    @property
    def versions(self) -> list[int]:
        return [entry["version"] for entry in self.erased["versions"]]

    @property
    def revisions(self) -> list[int]:
        return [entry["number"] for entry in self.erased["revisions"]]
