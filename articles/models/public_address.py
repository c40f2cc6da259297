from django.db import models
from django.db.models.functions import Substr

# Year and month with their strokes, "2026/11/", stand before the slug.
MONTH_LENGTH = 8
# Longer slugs are cut when an address is made of them.
SLUG_LENGTH = 80


class PublicAddress(models.Model):
    """An address under /news/ that an article has or had: old ones lead to the current one for ever."""

    path = models.CharField(max_length=160, unique=True, help_text="Year, month and slug: 2026/11/vostok-china.")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="addresses")
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "public addresses"
        ordering = ("-id",)
        # A slug that is asked for without its month, or under another one.
        indexes = (models.Index(Substr("path", MONTH_LENGTH + 1), name="public_addresses_by_slug"),)
        constraints = (
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(is_current=True), name="public_address_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"/news/{self.path}/"
