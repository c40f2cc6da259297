from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

if TYPE_CHECKING:
    from articles.models.image import Image


class Author(models.Model):
    """A name that stands under headlines, whether or not the person has an account."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="The last part of the address of this author's page, for life."
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    biography = models.TextField(blank=True)
    picture = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A portrait from the picture library, shown on the author's page while its rights last.",
    )
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The account of this author: a new story by it carries this byline.",
    )

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="author_named"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    @property
    def shown_picture(self) -> Image | None:
        """The portrait, while we may show it."""
        return None if self.picture is None or self.picture.is_expired else self.picture


class BylineManager(models.Manager["Byline"]):
    """Bylines come with their authors: nobody reads one without the name."""

    def get_queryset(self) -> models.QuerySet[Byline]:
        return super().get_queryset().select_related("author")


class Byline(models.Model):
    """One author of one article, in order."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    ordinal = models.PositiveSmallIntegerField(default=0)

    objects = BylineManager()

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (models.UniqueConstraint(fields=["article", "author"], name="byline_once_an_article"),)

    def __str__(self) -> str:
        return self.author.name
