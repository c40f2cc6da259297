"""What a feed of stories can be about: everything, a section, a country, another entity, an author, a storyline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.feeds.deletions import Facts
from articles.models import Author, AuthorListing, Representation, Section, Storyline, StorylineStory
from articles.views.rivers import live_stories, newest_listings
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Subject:
    """A list of live stories with its page.

    `stories` gives the newest that match, so many of them; `has` tells from the facts of a change whether the list
    had the story, `had` from its uuid.
    """

    route: str
    names: dict[str, str]
    title: str
    says: str
    page: str
    stories: Callable[[Q, int], QuerySet[Representation]]
    has: Callable[[Facts], bool]
    had: Callable[[UUID], bool] = lambda uuid: False

    def address(self, form: str) -> str:
        """The path of the feed in one of the formats."""
        return reverse(self.route, kwargs=self.names | {"form": form})


def everything() -> Subject:
    return Subject(
        route="feed-all",
        names={},
        title=settings.SITE_NAME,
        says="Every story, the newest first.",
        page=reverse("home"),
        stories=lambda older, most: live_stories().filter(older)[:most],
        has=lambda facts: True,
    )


def of_section(slug: str) -> Subject:
    section = get_object_or_404(Section, slug=slug)
    return Subject(
        route="feed-section",
        names={"slug": slug},
        title=f"{section.name} – {settings.SITE_NAME}",
        says=section.description or f"Stories of the section {section.name}.",
        page=section.get_absolute_url(),
        stories=lambda older, most: live_stories().filter(older, section=section)[:most],
        has=lambda facts: bool(facts["section"] == slug),
    )


def of_author(slug: str) -> Subject:
    author = get_object_or_404(Author, slug=slug)
    listed = AuthorListing.objects.filter(author_slug=slug).order_by("-published_at", "-article_id")
    return Subject(
        route="feed-author",
        names={"slug": slug},
        title=f"{author.name} – {settings.SITE_NAME}",
        says=f"Stories by {author.name}.",
        page=reverse("author", args=[slug]),
        stories=lambda older, most: _listed(listed, older, most),
        has=lambda facts: slug in facts["authors"],
    )


def of_storyline(slug: str) -> Subject:
    """Newest first, unlike its page: a feed tells what is new. What was taken down is told by its number, for the facts
    of a change know no storylines."""
    shown = get_object_or_404(Storyline.objects.public(), slug=slug)
    listed = StorylineStory.objects.filter(storyline=shown)
    had = set(listed.values_list("article__uuid", flat=True))
    return Subject(
        route="feed-storyline",
        names={"slug": slug},
        title=f"{shown.title} – {settings.SITE_NAME}",
        says=shown.intro or f"Stories of the storyline {shown.title}.",
        page=shown.get_absolute_url(),
        stories=lambda older, most: live_stories().filter(older, article_id__in=listed.values("article_id"))[:most],
        has=lambda facts: False,
        had=had.__contains__,
    )


def of_entity(entity: Entity) -> Subject:
    """Of a canonical entity, with what stands under those that were merged into it."""
    family = [entity, *Entity.objects.filter(merged_into=entity)]
    uuids = {str(member.uuid) for member in family}
    listed = newest_listings([member.pk for member in family])
    is_country = entity.kind == Kind.COUNTRY
    code = entity.country_facts.alpha2 if is_country else ""
    return Subject(
        route="feed-country" if is_country else "feed-entity",
        names={"slug": entity.slug} if is_country else {"kind": entity.kind, "slug": entity.slug},
        title=f"{entity.name} – {settings.SITE_NAME}",
        says=f"Stories about {entity.name}.",
        page=entity.get_absolute_url(),
        stories=lambda older, most: _listed(listed, older, most),
        has=lambda facts: code in facts["countries"] if is_country else not uuids.isdisjoint(facts["entities"]),
    )


def _listed(rows: QuerySet[Any], older: Q, most: int) -> QuerySet[Representation]:
    """The stories of narrow rows, of which no more are read than are shown."""
    return live_stories().filter(article_id__in=rows.filter(older).values("article_id")[:most])
