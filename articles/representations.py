"""What readers and partners get of an article: built once, stored, read many times.

`represent` derives the stored row from the current edition; nothing here reads the working copy.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from articles.documents import document_of, facts_of, tombstone_of
from articles.edition_rows import EditionRows, ShownTag, rows_of
from articles.models import Article, Edition, Image, PublicAddress, Representation
from articles.page_marks import marked_body
from articles.page_metadata import head_of_story
from articles.pictures.in_bodies import own_pictures
from articles.pictures.sources import HERO_SIZES, sources_of
from articles.public_notation import encode
from articles.public_versions import PublicHistory, change_log, history_of
from articles.states import PubState
from articles.stored_representations import store_representation
from articles.story_so_far import earlier_stories
from articles.voices import voices_of

if TYPE_CHECKING:
    from articles.models import Correction

# The columns of what readers see, of a story that they see no more.
SHOWS_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("headline", "standfirst", "type", "html", "head"), ""),
    **dict.fromkeys(("section", "image")),
    "card": {},
    "earlier": [],
    "voices": [],
    "earlier_quotes": [],
}
# What people read of English prose on a screen: Brysbaert, Journal of Memory and Language 109 (2019).
WORDS_A_MINUTE = 238


def represent(article: Article, *, public_note: str = "", rows: EditionRows | None = None) -> dict[str, Any]:
    """Write the representation of an article as it is now; the document that was stored.

    `article` carries its states, version and current edition. A live one gets its JSON, page, listing rows,
    lexemes and terms; a withdrawn or killed one a tombstone with its public note. `rows` are those of its edition,
    where they are at hand; else they are read.
    """
    edition = article.edition if article.pub_state == PubState.LIVE else None
    if edition is None:
        tags: Sequence[ShownTag] = ()
        document = tombstone_of(article, public_note)
        values = _columns(article, path=_path(article)) | SHOWS_NOTHING
    else:
        rows, history = rows or rows_of(edition), history_of(article)
        tags = rows.tags
        document = document_of(article, rows, history)
        values = _columns(article, path=history.path) | _shown(edition, document, rows, history)
    encoded = encode(document)
    values |= {
        "json": encoded,
        "etag": hashlib.sha256(encoded).hexdigest(),
        "public_note": public_note,
    }
    store_representation(article, edition, tags, values)
    return document


def stored_document(article: Article) -> dict[str, Any] | None:
    """The article object that the public has now; None when it has none."""
    live = Representation.objects.filter(article=article, status=Representation.Status.LIVE)
    stored = live.values_list("json", flat=True).first()
    return json.loads(bytes(stored)) if stored is not None else None


def _columns(article: Article, *, path: str) -> dict[str, Any]:
    edition = article.edition
    assert edition is not None
    return {
        "uuid": article.uuid,
        "edition": edition if article.pub_state == PubState.LIVE else None,
        "status": article.pub_state,
        "version": article.version,
        "path": path,
        "published_at": edition.published_at,
        "updated_at": article.updated_at or edition.published_at,
    }


def _shown(edition: Edition, document: dict[str, Any], rows: EditionRows, history: PublicHistory) -> dict[str, Any]:
    """The columns of what readers see, with who speaks and which stories came before, for the page to join with what
    is live when it is read."""
    voices = voices_of(edition) if rows.quotes else []
    context = page_context(edition, document, chosen=rows.chosen, corrections=history.corrections)
    context |= {"log": change_log(edition.article, history), "address": edition.get_absolute_url()}
    return {
        "headline": edition.headline,
        "standfirst": edition.standfirst,
        "type": edition.type,
        "section": edition.section,
        "image": _shown_image(edition),
        "facts": facts_of(document),
        "card": card_of(edition, document),
        "html": render_to_string("articles/edition.html", context),
        "head": head_of_story(edition, document, _shown_image(edition)),
        "earlier": earlier_stories(edition, rows.tags),
        "voices": voices,
        "earlier_quotes": [quote for voice in voices for quote in voice["earlier"]],
    }


def card_of(edition: Edition, document: dict[str, Any]) -> dict[str, Any]:
    """What a list shows beside headline and standfirst."""
    image = _shown_image(edition)
    return {
        "bylines": edition.bylines,
        "section": document["section"],
        "word_count": document["body"]["word_count"],
        "quotes": len(document["quotes"]),
        "countries": [
            {"code": country["code"], "name": country["name"], "slug": country["slug"]}
            for country in document["countries"]
            if country["role"] == "about"
        ],
        "image": {
            "url": image.file.url,
            "width": image.width,
            "height": image.height,
            "alt": image.alt,
            # What a feed says of an enclosure.
            "bytes": _bytes_of(image),
            "mime": mimetypes.guess_type(str(image.file))[0] or "application/octet-stream",
        }
        if image
        else None,
        "corrections": len(document["corrections"]),
    }


def page_context(
    edition: Edition,
    document: dict[str, Any],
    *,
    chosen: set[str] | None = None,
    corrections: Sequence[Correction] | None = None,
) -> dict[str, Any]:
    """What the article page's middle is drawn from: the edition and its public document, nothing else.

    `chosen` are the uuids of quotations to pull, `corrections` the story's notices, the newest first; both are read
    where they are not at hand.
    """
    if corrections is None:
        corrections = list(edition.article.corrections.prefetch_related("retracts_entities").order_by("-id"))
    image = _shown_image(edition)
    return {
        "edition": edition,
        "document": document,
        "image": image,
        "sources": sources_of(image, "hero") if image else [],
        "sizes": HERO_SIZES,
        "corrections": corrections,
        "minutes": reading_minutes(document["body"]["word_count"]),
        "body": marked_body(edition, document, pictures=own_pictures(edition.html), chosen=chosen),
    }


def reading_minutes(words: int) -> int:
    """How long a story takes to read, at least a minute."""
    return max(1, round(words / WORDS_A_MINUTE))


def _shown_image(edition: Edition) -> Image | None:
    """The edition's picture, while we may show it."""
    image = edition.image
    return None if image is None or image.is_expired else image


def _bytes_of(image: Image) -> int:
    """0 where the file is missing, as RSS has it: that must not stand in the way of a kill beside it."""
    try:
        return int(image.file.size)
    except OSError:
        return 0


def _path(article: Article) -> str:
    return PublicAddress.objects.values_list("path", flat=True).get(article=article, is_current=True)
