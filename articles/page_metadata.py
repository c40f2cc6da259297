"""What stands in a page's head for machines: its one address, how it looks when it is shared, its feeds, its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from articles import structured_data
from articles.pictures import share_images
from articles.pictures.sources import share_of
from articles.public_notation import absolute, path_of

if TYPE_CHECKING:
    from articles.models import Edition, Image

MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class FeedOf:
    """A feed that a page names: its title, the name of its route, and the names in its address."""

    title: str
    route: str
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def formats(self) -> list[tuple[str, str]]:
        """Media types and whole addresses."""
        return [
            (media_type, absolute(path_of(self.route, *self.names.values(), form)))
            for form, media_type in MEDIA_TYPES.items()
        ]


@dataclass(frozen=True, slots=True)
class SharedImage:
    """What stands for a page where its address is shared; `url` is a whole address."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """`canonical` is a whole address, empty where a page has none."""

    title: str
    description: str
    canonical: str = ""
    kind: str = "website"
    robots: str = ""
    image: SharedImage | None = None
    published_at: str = ""
    updated_at: str = ""
    section: str = ""
    feeds: Sequence[FeedOf] = ()
    script: SafeString | str = ""


def all_stories() -> FeedOf:
    return FeedOf(settings.SITE_NAME, "feed-all")


def of_list(
    *,
    title: str,
    description: str,
    path: str,
    filters: Mapping[str, str] | None = None,
    before: object = None,
    feeds: Sequence[FeedOf] = (),
    steps: Sequence[tuple[str, str]] = (),
    about: Mapping[str, Any] | None = None,
    main: Mapping[str, Any] | None = None,
    further: Mapping[str, str] | None = None,
) -> Metadata:
    """A page of a list, what it is about, and what is the list itself. Every page of it has an address of its own,
    those after the first by `before` or, where the list has another order, by `further`; of a filtered one only the
    filters that we know count, in their order, and search engines are led on by it but do not list it."""
    chosen = {name: value for name, value in (filters or {}).items() if value}
    query = urlencode(chosen | ({"before": str(before)} if before else {}) | dict(further or {}))
    address = absolute(path)
    page = {"@type": "CollectionPage", "@id": address, "url": address, "name": title, "description": description}
    told = page | {"isPartOf": structured_data.website()} | ({"about": dict(about)} if about else {})
    told |= {"mainEntity": dict(main)} if main else {}
    return Metadata(
        title=title,
        description=description,
        canonical=f"{address}?{query}" if query else address,
        robots="noindex, follow" if chosen else "",
        feeds=[*feeds, all_stories()] if feeds else [all_stories()],
        script=structured_data.script(told, structured_data.breadcrumbs(*steps)),
    )


def of_page(*, title: str, description: str, path: str) -> Metadata:
    """A page that stands by itself."""
    address = absolute(path)
    page = {"@type": "WebPage", "@id": address, "url": address, "name": title, "description": description}
    return Metadata(
        title=title,
        description=description,
        canonical=address,
        feeds=[all_stories()],
        script=structured_data.script(
            page | {"isPartOf": structured_data.website()}, structured_data.breadcrumbs((title, path))
        ),
    )


def of_front_page(description: str) -> Metadata:
    return Metadata(
        title=settings.SITE_NAME,
        description=description,
        canonical=absolute(path_of("home")),
        feeds=[all_stories()],
        script=structured_data.script(structured_data.organisation(), structured_data.website()),
    )


def of_author(*, name: str, slug: str, role: str, biography: str, before: object = None) -> Metadata:
    path = path_of("author", slug)
    who = structured_data.person(name, path, jobTitle=role, description=biography)
    profile = {"@type": "ProfilePage", "url": absolute(path), "mainEntity": who}
    address = absolute(path)
    return Metadata(
        title=name,
        description=f"{name}, {role}" if role else name,
        canonical=f"{address}?{urlencode({'before': str(before)})}" if before else address,
        kind="profile",
        feeds=[FeedOf(name, "feed-author", {"slug": slug}), all_stories()],
        script=structured_data.script(profile, structured_data.breadcrumbs((name, path))),
    )


def head_of_story(edition: Edition, document: dict[str, Any], image: Image | None) -> str:
    """HTML for the head of a story's page, stored with it: whatever it says comes from the edition and its document."""
    section = document["section"]
    path = edition.get_absolute_url()
    steps = ((section["name"], path_of("section", section["slug"])), (edition.headline, path))
    metadata = Metadata(
        title=edition.headline,
        description=edition.standfirst,
        canonical=absolute(path),
        kind="article",
        robots="max-image-preview:large",
        image=_shared_image(edition, image),
        published_at=document["published_at"],
        updated_at=document["updated_at"],
        section=section["name"],
        feeds=[FeedOf(section["name"], "feed-section", {"slug": section["slug"]}), all_stories()],
        script=structured_data.script(
            structured_data.article(edition, document, image), structured_data.breadcrumbs(*steps)
        ),
    )
    return render_to_string("articles/parts/metadata.html", {"metadata": metadata})


def _shared_image(edition: Edition, image: Image | None) -> SharedImage | None:
    """The picture of the story, cut for it, else one that is drawn of its headline, where our typefaces have its
    letters."""
    cut = share_of(image) if image else None
    if image and cut:
        return SharedImage(absolute(cut["url"]), cut["width"], cut["height"], image.alt)
    if image:
        return SharedImage(absolute(image.file.url), image.width, image.height, image.alt)
    if not share_images.can_be_set(edition.headline):
        return None
    path = reverse("share-image", args=[edition.article.uuid, edition.version])
    return SharedImage(absolute(path), share_images.WIDTH, share_images.HEIGHT, edition.headline)
