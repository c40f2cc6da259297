from django.conf import settings
from django.db import models


class Transition(models.Model):
    """One verb, done to one article: the audit trail. Append-only, guarded in the database."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(max_length=24)
    work_from = models.CharField(max_length=20)
    work_to = models.CharField(max_length=20)
    pub_from = models.CharField(max_length=20)
    pub_to = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey("articles.Edition", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the newsroom's own clock.",
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.verb} by {self.by or 'the clock'} at {self.at:%Y-%m-%d %H:%M}"
