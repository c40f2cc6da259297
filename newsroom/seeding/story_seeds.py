"""The demo stories as they stand in seeds/stories/: TOML between "+++" lines, then the story's text."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.models import Author, Image, Section
from articles.story_files import StoryFile, read_story
from newsroom.seeding.tables import FOLDER, read_table


@dataclass(frozen=True, slots=True)
class StorySeed:
    """One file: its front matter and its story."""

    path: Path
    matter: dict[str, Any]
    story: StoryFile

    @property
    def state(self) -> str:
        return str(self.matter.get("state", "live"))

    def content(self) -> dict[str, Any]:
        """The columns of the article, for `create_article`."""
        matter = self.matter
        authors = Author.objects.in_bulk(matter.get("authors", []), field_name="slug")
        return {
            "headline": matter.get("headline", ""),
            "slug": matter.get("slug", ""),
            "slugline": matter.get("slugline", ""),
            "standfirst": matter.get("standfirst", ""),
            "type": matter.get("type", "news"),
            "dateline": matter.get("dateline", ""),
            "urgency": matter.get("urgency"),
            "section": Section.objects.filter(slug=matter.get("section", "")).first(),
            "authors": [authors[slug] for slug in matter.get("authors", [])],
            "image": _image(matter.get("image", "")),
        }


def read_story_seeds() -> list[StorySeed]:
    """All demo stories, earliest publication first, so that later ones can link to earlier ones."""
    seeds = [_read(path) for path in sorted((FOLDER / "stories").glob("*.txt"))]
    return sorted(seeds, key=lambda seed: (str(seed.matter.get("published", "9999")), seed.path.name))


def _read(path: Path) -> StorySeed:
    _, matter, text = path.read_text(encoding="utf-8").split("+++", 2)
    return StorySeed(path, tomllib.loads(matter), read_story(text, has_headline=False))


def _image(file: str) -> Image | None:
    if not file:
        return None
    row = next(row for row in read_table("images") if row["file"] == file)
    digest = hashlib.sha256((FOLDER / "images" / row["file"]).read_bytes()).hexdigest()
    return Image.objects.get(sha256=digest)
