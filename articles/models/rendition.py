"""The sizes and formats in which a picture is sent to browsers and partners."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Rendition(models.Model):
    """One copy of a picture, made by the worker: `articles.pictures.rendering`.

    Its file is named after the digest of the original and of its own content, so that an address never changes what
    it shows. A copy that a moved focal point made obsolete is kept for some days, for pages that others hold.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", "the whole picture"
        HERO = "hero", "16:9 around the focal point"
        SHARE = "share", "1.91:1 around the focal point, for shared addresses"

    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    file = models.FileField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("image", "kind", "width", "media_type")
        constraints = (
            models.UniqueConstraint(
                fields=["image", "kind", "media_type", "width"],
                condition=Q(replaced_at=None),
                name="rendition_once_a_size",
            ),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="rendition_has_a_size"),
        )
        indexes = (
            # The picture of a request for the file.
            models.Index(fields=["file"], name="renditions_by_file"),
            # What can be forgotten.
            models.Index(fields=["replaced_at"], condition=Q(replaced_at__isnull=False), name="renditions_replaced"),
        )

    def __str__(self) -> str:
        return f"{self.kind}, {self.width} × {self.height}, {self.media_type}"
