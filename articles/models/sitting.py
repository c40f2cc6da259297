from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# A tab says every ten seconds that it is there, once a minute while it is hidden.
PRESENT = timedelta(seconds=90)
EDITING = timedelta(minutes=5)


class SittingQuerySet(models.QuerySet["Sitting"]):
    def present(self) -> SittingQuerySet:
        """Whose tab has been heard of lately."""
        return self.filter(seen_at__gt=timezone.now() - PRESENT)

    def with_words(self) -> SittingQuerySet:
        return self.filter(fields__isnull=False)


class Sitting(models.Model):
    """One person at one story, in one tab: when it was last heard of, and what was typed there and is not saved.

    The row lives while the tab is open or holds unsaved words. `fields` maps each field of the form to the
    list of its values, as a browser sends them; no public surface and no colleague ever reads them.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="sittings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(max_length=40, help_text="The tab's own name: each loading of the page makes one.")
    seen_at = models.DateTimeField(null=True, help_text="Empty: the tab was closed.")
    typed_at = models.DateTimeField(null=True)
    fields = models.JSONField(null=True)
    base_version = models.PositiveIntegerField(null=True, help_text="The lock version of the copy that was typed into.")
    word_count = models.PositiveIntegerField(default=0, db_default=0, help_text="Of the unsaved body.")
    kept_at = models.DateTimeField(null=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["article", "user", "tab"], name="sitting_once_a_tab"),
            models.CheckConstraint(
                condition=Q(fields__isnull=True, base_version__isnull=True, kept_at__isnull=True)
                | Q(fields__isnull=False, base_version__isnull=False, kept_at__isnull=False),
                name="sitting_words_know_their_base",
            ),
        )
        indexes = (
            # The sweep asks for both: tabs that fell silent, and words that nobody came back for.
            models.Index(fields=["seen_at"], name="sittings_last_seen"),
            models.Index(fields=["kept_at"], name="sittings_last_kept", condition=Q(kept_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.user} at “{self.article}”"

    @property
    def name(self) -> str:
        """How colleagues call the person."""
        return str(self.user.get_short_name() or self.user.get_username())

    @property
    def is_present(self) -> bool:
        return self.seen_at is not None and self.seen_at > timezone.now() - PRESENT

    @property
    def has_words(self) -> bool:
        return self.kept_at is not None

    @property
    def is_editing(self) -> bool:
        """Whether the person has unsaved words, or typed a moment ago."""
        return self.has_words or (self.typed_at is not None and self.typed_at > timezone.now() - EDITING)
