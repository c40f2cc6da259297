"""Pages that readers see."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db.models import Count
from django.urls import reverse

from articles.models import Listing, Representation
from entities.models import Entity, Kind
from newsroom.screenshots.shot import Shot


def public_shots() -> list[Shot]:
    """Pages that readers see, on stories that have something to show."""
    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at")
    story = live.filter(html__contains="pull-quote", image__isnull=False).first() or live.first()
    named = Listing.objects.filter(entity__kind=Kind.COUNTRY, entity__is_hidden=False)
    country = named.values("entity").annotate(stories=Count("id")).order_by("-stories", "entity").first()
    if story is None or country is None:
        raise CommandError("There is no live story to show: load the demo stories first (manage.py seed).")
    return [
        Shot("home", reverse("home")),
        Shot("article", story.get_absolute_url()),
        Shot("section", reverse("section", args=["sea"])),
        Shot("country", Entity.objects.get(pk=country["entity"]).get_absolute_url()),
        Shot("quotes", reverse("quotes")),
    ]
