import hashlib
import operator
import uuid
from functools import reduce
from pathlib import PurePath

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

SEARCHED = ("title", "alt", "caption", "credit", "rights_note")
# Pictures whose renditions are not those of their focal point.
NOT_RENDERED = ~Q(rendered_x=F("focal_x"), rendered_y=F("focal_y"))
# So often the worker tries a picture whose file it cannot read.
MOST_ATTEMPTS = 5
# Columns that the worker writes, and a form never: it holds what they were when its page was sent.
OF_THE_WORKER = frozenset(
    {"rendered", "rendered_x", "rendered_y", "rendering_at", "rendering_attempts", "rendering_problem"}
)


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


class Rights(models.TextChoices):
    """By what right we show a picture."""

    OWN = "own", "our own"
    AGENCY = "agency", "agency or bought"
    HANDOUT = "handout", "handout, official"
    LICENCE = "licence", "free licence (Creative Commons)"
    PUBLIC = "public", "public domain"
    PERMISSION = "permission", "by permission"


# What each right asks of us, for a journalist at midnight.
DEMANDS = {
    Rights.OWN: "Taken or drawn by us. Credit the photographer; nothing else is owed.",
    Rights.AGENCY: "Credit as the agency demands (photographer / agency). Enter the last day of the licence, and let "
    "partners have it only where the contract says so.",
    Rights.HANDOUT: "Credit who gave it out, and say in the caption that it is theirs: what such a picture leaves out "
    "is part of the story. Enter the last day if one was set.",
    Rights.LICENCE: "Credit photographer and licence (Ana Sample / CC BY 4.0), and enter the address where it was "
    "found. NC and ND licences do not fit a newspaper that crops and is paid for.",
    Rights.PUBLIC: "Credit the source all the same, and enter where it says that nobody holds rights any more.",
    Rights.PERMISSION: "Enter who allowed it, when, and for what. Partners are not covered unless it says so.",
}
# Of these somebody may ask for proof.
NEEDS_NOTE = frozenset({Rights.LICENCE, Rights.PUBLIC, Rights.PERMISSION})


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
    rights = models.CharField(
        "rights category",
        max_length=12,
        choices=Rights.choices,
        blank=True,
        db_default="",
        default="",
        help_text="By what right we show it.",
    )
    rights_note = models.CharField(
        "source or proof",
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text="The licence with its address, the number of the contract, or who allowed it. Readers do not see it.",
    )
    may_syndicate = models.BooleanField(default=True, help_text="Partners may show it too.")
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which we may show it.")
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    rendered = models.JSONField(
        null=True,
        editable=False,
        help_text="Its renditions as their rows say, so that a page asks nothing more.",
    )
    rendered_x = models.FloatField(null=True, editable=False, help_text="The focal point of its renditions.")
    rendered_y = models.FloatField(null=True, editable=False)
    rendering_at = models.DateTimeField(null=True, editable=False, help_text="When the last attempt began.")
    rendering_attempts = models.PositiveSmallIntegerField(db_default=0, default=0, editable=False)
    rendering_problem = models.CharField(max_length=200, blank=True, db_default="", default="", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_default=Now())

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ("-created_at", "-id")
        # The picture of an address in a body, or of a request for the file itself.
        indexes = (
            models.Index(fields=["file"], name="images_by_file"),
            # What the sweep looks for.
            models.Index(fields=["id"], condition=NOT_RENDERED, name="images_to_render"),
        )
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
        if not self._state.adding and kwargs.get("update_fields") is None:
            written = (field.name for field in self._meta.concrete_fields if not field.primary_key)
            kwargs["update_fields"] = [name for name in written if name not in OF_THE_WORKER]
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

    @property
    def demands(self) -> str:
        """What its rights ask of us, in words."""
        return DEMANDS.get(Rights(self.rights), "") if self.rights else ""
