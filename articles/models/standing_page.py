"""Pages that stand for years: who we are, and the rules we keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

ABOUT = "about"
CORRECTIONS = "corrections"


class StandingPageQuerySet(models.QuerySet["StandingPage"]):
    def public(self) -> StandingPageQuerySet:
        return self.filter(is_public=True)


class StandingPage(models.Model):
    """One of them as it is now. Saved by `articles.standing_pages`, which keeps every version."""

    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The last part of its address. It stays for life: links to it are out in the world.",
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=300, blank=True, help_text="One sentence: what a reader finds here. Search engines show it."
    )
    body = models.TextField(blank=True, help_text="Cleaned like the body of a story: headings, lists, links.")
    ordinal = models.PositiveSmallIntegerField("order", default=0, help_text="Lower stands first in the list of pages.")
    is_public = models.BooleanField(
        "public", default=True, help_text="Off: readers find no page at the address, and no link to it in the list."
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    objects = StandingPageQuerySet.as_manager()

    class Meta:
        ordering = ("ordinal", "title")
        verbose_name = "page"
        constraints = (
            models.CheckConstraint(condition=~Q(slug="") & ~Q(title=""), name="standing_page_has_slug_and_title"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("about") if self.slug == ABOUT else reverse("policy", args=[self.slug])


class StandingPageVersion(models.Model):
    """A page as it was saved once, and by whom. Append-only."""

    page = models.ForeignKey(StandingPage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    is_public = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: it came with the installation.",
    )

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["page", "number"], name="standing_page_version_once"),)

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
