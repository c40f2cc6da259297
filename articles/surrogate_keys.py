"""The names under which shared caches keep our answers, and let go of them: one word each, made of addresses.

Every public answer carries those of what it shows; a public change names those of all that may show it
(`articles.purging`). An answer under an address that names one thing (a section, a country, a feed of it) has the key
of that thing, every other one the key of all lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

# Of every public answer, so that a newsroom can empty its cache by one word.
SITE = "site"
# Of the front page, the archive of quotations, search, feeds and maps of the site: whatever a new story may change.
LISTS = "lists"


def story(path: str) -> str:
    """`path` as in PublicAddress: "2026/11/vostok-china"."""
    return f"story-{path}"


def section(slug: str) -> str:
    return f"section-{slug}"


def author(slug: str) -> str:
    return f"author-{slug}"


def entity(kind: str, slug: str) -> str:
    return f"{kind}-{slug}"


def storyline(slug: str) -> str:
    return f"storyline-{slug}"


def picture(file_name: str) -> str:
    """The stem of a picture's file is the digest of its content; its renditions stand in a folder of that name, and go
    with it."""
    path = PurePosixPath(file_name)
    digest = path.parent.name if path.parts[:1] == ("renditions",) else path.stem
    return f"picture-{digest}"


def of_route(name: str, values: Mapping[str, object]) -> str:
    """The key of what stands at an address, from the name of its route and the values in it."""
    kind, slug, path = (str(values.get(part, "")) for part in ("kind", "slug", "path"))
    subject = name.removeprefix("feed-").removesuffix("-timeline")
    if subject in ("media", "rendition"):
        return picture(path)
    if path:
        return story(path)
    if subject == "section":
        return section(slug)
    if subject == "author":
        return author(slug)
    if subject == "storyline":
        return storyline(slug)
    if subject == "country":
        return entity("country", slug)
    if subject == "entity":
        return entity(kind, slug)
    return LISTS
