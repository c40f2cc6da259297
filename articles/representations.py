"""What readers and partners get of an article: built once, stored, read many times.

`represent` derives the stored row from the current edition; nothing here reads the working copy.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from articles.author_listings import list_under_authors
from articles.body_pictures import own_pictures
from articles.documents import ShownTag, document_of, encode, facts_of, shown_tags, tombstone_of
from articles.lexemes import store_lexemes
from articles.models import Article, Edition, Image, Listing, PublicAddress, Representation
from articles.page_marks import marked_body
from articles.page_metadata import head_of_story
from articles.public_versions import change_log
from articles.states import PubState
from articles.story_so_far import earlier_stories
from articles.term_table import store_terms
from articles.voices import voices_of

# What people read of English prose on a screen: Brysbaert, Journal of Memory and Language 109 (2019).
WORDS_A_MINUTE = 238


def represent(article: Article, *, public_note: str = "") -> dict[str, Any]:
    """Write the representation of an article as it is now; the document that was stored.

    `article` carries its states, version and current edition. A live one gets its JSON, page, listing rows,
    lexemes and terms; a withdrawn or killed one a tombstone with its public note.
    """
    edition = article.edition if article.pub_state == PubState.LIVE else None
    tags = shown_tags(edition) if edition else []
    document = document_of(article, tags) if edition else tombstone_of(article, public_note)
    encoded = encode(document)
    values = _columns(article, document) | _beside(edition, tags, is_spoken=bool(edition and document["quotes"]))
    values |= {
        "json": encoded,
        "etag": hashlib.sha256(encoded).hexdigest(),
        "public_note": public_note,
    }
    _store(article, values)
    _write_listings(article, edition, tags)
    list_under_authors(article, edition)
    store_lexemes(article, edition)
    store_terms(article, edition, tags)
    return document


def _store(article: Article, values: dict[str, Any]) -> None:
    """Insert the row or replace it, in one statement."""
    row = Representation(article=article, built_at=timezone.now(), **values)
    Representation.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["article"], update_fields=[*values, "built_at"]
    )


def stored_document(article: Article) -> dict[str, Any] | None:
    """The article object that the public has now; None when it has none."""
    live = Representation.objects.filter(article=article, status=Representation.Status.LIVE)
    stored = live.values_list("json", flat=True).first()
    return json.loads(bytes(stored)) if stored is not None else None


def _columns(article: Article, document: dict[str, Any]) -> dict[str, Any]:
    edition = article.edition
    assert edition is not None
    is_live = article.pub_state == PubState.LIVE
    columns: dict[str, Any] = {
        "uuid": article.uuid,
        "edition": edition if is_live else None,
        "status": article.pub_state,
        "version": article.version,
        "path": _path(article),
        "published_at": edition.published_at,
        "updated_at": article.updated_at or edition.published_at,
    }
    shown: dict[str, Any] = {
        "headline": "",
        "standfirst": "",
        "type": "",
        "section": None,
        "image": None,
        "card": {},
        "html": "",
        "head": "",
    }
    if is_live:
        shown = {
            "headline": edition.headline,
            "standfirst": edition.standfirst,
            "type": edition.type,
            "section": edition.section,
            "image": _shown_image(edition),
            "facts": facts_of(document),
            "card": card_of(edition, document),
            "html": render_to_string("articles/edition.html", _story_context(edition, document)),
            "head": head_of_story(edition, document, _shown_image(edition)),
        }
    return columns | shown


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


def page_context(edition: Edition, document: dict[str, Any], *, chosen: set[str] | None = None) -> dict[str, Any]:
    """What the article page's middle is drawn from: the edition and its public document, nothing else.

    `chosen` are the uuids of quotations to pull, where they are not to be read from the edition's rows.
    """
    return {
        "edition": edition,
        "document": document,
        "image": _shown_image(edition),
        "corrections": edition.article.corrections.prefetch_related("retracts_entities").order_by("-id"),
        "minutes": reading_minutes(document["body"]["word_count"]),
        "body": marked_body(edition, document, pictures=own_pictures(edition.html), chosen=chosen),
    }


def _beside(edition: Edition | None, tags: list[ShownTag], *, is_spoken: bool) -> dict[str, Any]:
    """Who speaks, and which stories came before, for the page to join with what is live when it is read."""
    if edition is None:
        return {"earlier": [], "voices": [], "earlier_quotes": []}
    voices = voices_of(edition) if is_spoken else []
    return {
        "earlier": earlier_stories(edition, tags),
        "voices": voices,
        "earlier_quotes": [quote for voice in voices for quote in voice["earlier"]],
    }


def reading_minutes(words: int) -> int:
    """How long a story takes to read, at least a minute."""
    return max(1, round(words / WORDS_A_MINUTE))


def _story_context(edition: Edition, document: dict[str, Any]) -> dict[str, Any]:
    log = {"log": change_log(edition.article), "address": edition.get_absolute_url()}
    return page_context(edition, document) | log


def _write_listings(article: Article, edition: Edition | None, tags: list[ShownTag]) -> None:
    article.listings.all().delete()
    if edition is not None:
        Listing.objects.bulk_create(
            Listing(article=article, entity=tag.entity, role=tag.role, published_at=edition.published_at)
            for tag in tags
        )


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
