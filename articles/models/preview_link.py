import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        """Links that nobody has revoked and whose time has not run out."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """An address under which one story may be read before publication, without an account.

    It stands for the story, not for one revision: who follows it reads the newest saved text.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="preview_links")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="preview_link_ends_after_begin"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="preview_link_revoked_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"Preview of {self.article} until {self.expires_at:%-d %B %Y, %H:%M} UTC"

    @property
    def is_open(self) -> bool:
        """Whether it may still be followed: neither revoked nor run out, and the story neither killed nor spiked. One
        that is held back is shown to nobody outside, unless readers have it anyway; once freed, it is again."""
        is_shown = not self.article.is_closed and (self.article.is_live or not self.article.hold_reason)
        return self.revoked_at is None and self.expires_at > timezone.now() and is_shown
