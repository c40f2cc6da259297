from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Revision(models.Model):
    """What an article was after one save: append-only, guarded in the database.

    `snapshot` holds everything that was written (see `articles.revisions.snapshot_of`), not the verdicts.
    `text` is the plain-text form of the body (NFC, blocks joined by a blank line) in the version
    `text_version` of that form; all spans index it in code points. `blocks` lists
    {"id", "type", "start", "end"} of each block in it.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    text = models.TextField(blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    text_sha256 = models.CharField(max_length=64)
    blocks = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once_an_article"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.snapshot.get('headline') or 'Untitled'}, revision {self.number}"

    @property
    def headline(self) -> str:
        return str(self.snapshot.get("headline", ""))

    @property
    def standfirst(self) -> str:
        return str(self.snapshot.get("standfirst", ""))

    @property
    def is_erased(self) -> bool:
        """Whether an operator destroyed its text on an order."""
        return bool(self.snapshot.get("erased"))

    @property
    def word_count(self) -> int:
        return len(self.text.split())

    def block_at(self, position: int) -> dict[str, Any] | None:
        """The block that holds a code point of the text."""
        return next((block for block in self.blocks if block["start"] <= position < block["end"]), None)
