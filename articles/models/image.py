import hashlib
import operator
import uuid
from functools import reduce
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

SEARCHED = ("title", "alt", "caption", "credit")


def image_path(image: "Image", filename: str) -> str:
    """A path by content, so that an address can be cached for ever and never guessed."""
    return f"images/{image.sha256[:2]}/{image.sha256}{PurePath(filename).suffix.lower()}"


class ImageQuerySet(models.QuerySet["Image"]):
    def with_words(self, text: str) -> "ImageQuerySet":
        """Pictures in whose title, description, caption or credit each word of the text stands."""
        found = self
        for word in text.split():
            found = found.filter(reduce(operator.or_, (Q(**{f"{name}__icontains": word}) for name in SEARCHED)))
        return found


class Image(models.Model):
    """A picture with what must stand beside it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ImageField(upload_to=image_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(max_length=200, blank=True, help_text="For finding it again; readers do not see it.")
    alt = models.CharField(
        "text alternative",
        max_length=400,
        blank=True,
        help_text="What the picture shows, for who cannot see it.",
    )
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Photographer / agency, as printed.")
    may_syndicate = models.BooleanField(default=True, help_text="Partners may show it too.")
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which we may show it.")
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_default=Now())

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ("-created_at", "-id")
        # The picture of an address in a body, or of a request for the file itself.
        indexes = (models.Index(fields=["file"], name="images_by_file"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)), name="image_focal_point_inside"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.alt or self.sha256[:12]

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.sha256:
            self.sha256 = hashlib.sha256(self.file.read()).hexdigest()
            self.file.seek(0)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_expired(self) -> bool:
        """Whether the last day on which we may show it has passed."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def why_not(self) -> str:
        """Why no story may take it, in words; empty where nothing forbids it. `is_killed` comes with a query."""
        if self.is_expired:
            return f"Rights ended on {self.expires_on:%-d %B %Y}"
        return "Belongs to a killed story" if getattr(self, "is_killed", False) else ""

    @property
    def lacks(self) -> list[str]:
        """What must still be added before a story with it can be published."""
        needed = (("text alternative", self.alt), ("credit", self.credit))
        return [name for name, value in needed if not value]
