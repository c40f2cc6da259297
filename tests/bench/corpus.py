"""`python -m tests.bench.corpus FIRST LAST SHARE FORMAT`: the synthetic corpus as lines of an archive.

The corpus is not part of this repository; NEWSROOM_BENCH names its folder. SHARE, such as 1/2, and FORMAT, jsonl or
ninjs, are those of the command `import_archive`: of every other hundred stories the lines stay empty.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.utils.text import slugify

from tests.bench.synthetic import corpus

SECTIONS = ("air", "exercises", "land", "policy-industry", "sea", "space-cyber")
BATCH = 100


def entity_slugs() -> dict[str, str]:
    """The organisations of the corpus: their slugs in the gazetteer, by name."""
    return {name: f"bench-{slugify(name)}" for name in corpus().NAMES}


def archive_story(number: int) -> dict[str, Any]:
    """A story of the corpus as `import_archive` reads it. It is about its first country and its first entity."""
    article = corpus().article(number)
    slugs = entity_slugs()
    countries = [{"country": code} for code in article["countries"]]
    entities = [{"entity": f"organisation/{slugs[name]}"} for name in article["entities"]]
    countries[0]["role"] = entities[0]["role"] = "about"
    return {
        "id": str(number),
        "headline": article["headline"],
        "slug": article["slug"],
        "standfirst": article["standfirst"],
        "published_at": article["published"],
        "section": SECTIONS[number % len(SECTIONS)],
        "authors": article["authors"],
        "body": "".join(_paragraph(block) for block in article["blocks"]),
        "tags": countries + entities,
        "quotes": [
            {"text": block["text"], "speaker": block["speaker"], "speaker_kind": "organisation"}
            for block in article["blocks"]
            if block["type"] == "quote"
        ],
        "related": [str(other) for other in article["related"]],
    }


def ninjs_item(number: int) -> dict[str, Any]:
    """The same as an agency would send it, in ninjs 2: its entities stand in the text alone."""
    story = archive_story(number)
    places = [
        {"literal": tag["country"], "rel": tag.get("role", "mention")} for tag in story["tags"] if "country" in tag
    ]
    return {
        "uri": story["id"],
        "type": "text",
        "pubstatus": "usable",
        "language": "en",
        "firstcreated": story["published_at"],
        "headline": story["headline"],
        "description_text": story["standfirst"],
        "body_html": story["body"],
        "subjects": [{"rel": "section", "literal": story["section"]}],
        "people": [{"rel": "author", "name": name} for name in story["authors"]],
        "places": places,
    }


LINES = {"jsonl": archive_story, "ninjs": ninjs_item}


def _paragraph(block: dict[str, Any]) -> str:
    if block["type"] == "quote":
        return f"<p>“{block['text']}” said {block['speaker']}.</p>"
    return f"<p>{block['text']}</p>"


def main(first: int, last: int, share: str, form: str) -> None:
    own, shares = (int(part) for part in share.split("/"))
    for place, number in enumerate(range(first, last + 1)):
        is_ours = place // BATCH % shares == own - 1
        sys.stdout.write((json.dumps(LINES[form](number), ensure_ascii=False) if is_ours else "") + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
