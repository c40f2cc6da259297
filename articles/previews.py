"""A story as readers would see it, though it is not published: drawn by what draws editions, and written nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from articles import quote_anchors
from articles.body import clean_body, clean_text
from articles.documents import edition_document
from articles.edition_rows import ENTITY_OF_TAG, EditionRows, under_canonical
from articles.editions import edition_of, printed_bylines, quote_row, related_row, tag_row
from articles.models import (
    Article,
    Edition,
    EditionQuote,
    EditionRelated,
    EditionTag,
    Image,
    Quote,
    RelatedLink,
    Representation,
    Revision,
    Section,
    Tag,
)
from articles.models.verdict import Origin
from articles.pictures.in_bodies import own_pictures
from articles.representations import card_of, page_context
from articles.story_so_far import earlier_stories
from articles.voices import voices_in

LINES = frozenset({"headline", "slugline", "standfirst", "dateline", "source_name"})
NO_SECTION = "No section yet"
NEXT_STORIES = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What the article's page needs, and the pictures of ours on it."""

    story: Representation
    next_stories: Sequence[Mapping[str, str]] = field(default_factory=list)
    pictures: Sequence[Image] = field(default_factory=list)


def preview_of(article: Article, content: Mapping[str, Any] | None = None, *, at: datetime | None = None) -> Preview:
    """A story as the page would show it if it were published now.

    `content` are the arguments of `articles.revisions.save_revision` where what was typed is not saved yet;
    without it, the newest revision is shown. Quotations, tags and related news are those that would go public.
    """
    content = content or {}
    draft = _with_content(article, content, at=at or timezone.now())
    body = clean_body(draft.body)
    draft.body = body.html
    revision = Revision(article=article, number=0, text=body.text, blocks=list(body.blocks))
    edition = _edition(draft, revision, authors=content.get("authors"))
    quotes, related = _quotes(edition, article, revision), _related(edition, article, content.get("related"))
    tags = under_canonical(_tags(edition, article, revision))
    rows = EditionRows(tags=tags, quotes=quotes, related=related)
    document = edition_document(edition, rows)
    story = _story(edition, document, rows)
    story.voices = voices_in(quotes, edition)
    story.earlier = earlier_stories(edition, tags, linked=[row.target_id for row in related if row.target_id])
    story.earlier_quotes = [quote for voice in story.voices for quote in voice["earlier"]]
    story.related = _shown_related(related)  # type: ignore[attr-defined]
    pictures = [*own_pictures(body.html).values(), *([edition.image] if edition.image else [])]
    return Preview(story, _next_stories(story, edition), pictures)


def _with_content(article: Article, content: Mapping[str, Any], *, at: datetime) -> Article:
    """A copy of the article that holds what was typed and the times of a publication now; it is never saved."""
    draft = copy(article)
    for name, value in content.items():
        if name not in ("authors", "related"):
            setattr(draft, name, clean_text(value) if name in LINES else value)
    draft.headline = draft.headline or str(draft)
    if draft.section is None:
        draft.section = Section(slug="none", name=NO_SECTION)
    draft.published_at = article.published_at or article.publish_at or at
    draft.updated_at = max(article.updated_at or draft.published_at, draft.published_at)
    return draft


def _edition(draft: Article, revision: Revision, *, authors: Iterable[Any] | None) -> Edition:
    slug = draft.slug or slugify(draft.headline) or f"story-{draft.pk}"
    edition = edition_of(draft, revision, kind=Edition.Kind.UPDATE, version=draft.version + 1, slug=slug)
    if authors is None:
        authors = [byline.author for byline in draft.bylines.select_related("author").order_by("ordinal", "id")]
    edition.bylines = printed_bylines(authors)
    edition.created_at = timezone.now()
    return edition


def _tags(edition: Edition, article: Article, revision: Revision) -> list[EditionTag]:
    tags = list(article.tags.publishable().select_related(*ENTITY_OF_TAG).prefetch_related("mentions__revision"))
    for tag in tags:
        for mention in tag.mentions.all():
            _follow(mention, revision)
    return [tag_row(edition, tag, revision, _spans(tag)) for tag in tags]


def _spans(tag: Tag) -> list[dict[str, Any]]:
    return [
        {"start": mention.start, "end": mention.end, "as_written": mention.surface, "form": mention.form}
        for mention in tag.mentions.all()
        if mention.field == mention.Field.BODY
    ]


def _follow(mention: Any, revision: Revision) -> None:
    """Move a mention to the same words of the same block, in memory: the tagger has not read what is being typed."""
    if mention.field != mention.Field.BODY or revision.text[mention.start : mention.end] == mention.surface:
        return
    before = mention.revision.block_at(mention.start)
    now = next((block for block in revision.blocks if before and block["id"] == before["id"]), None)
    if before is None or now is None:
        return
    words = revision.text[now["start"] : now["end"]]
    offset = mention.start - before["start"]
    found = list(_places(words, mention.surface))
    if found:
        mention.start = now["start"] + min(found, key=lambda place: abs(place - offset))
        mention.end = mention.start + len(mention.surface)


def _places(text: str, words: str) -> Iterable[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _quotes(edition: Edition, article: Article, revision: Revision) -> list[EditionQuote]:
    quotes = article.quotes.publishable().select_related("speaker_entity__merged_into", "speaker_country")
    kept = [_anchored(quote, revision) for quote in quotes]
    standing = sorted(
        (quote for quote in kept if quote.anchor == Quote.Anchor.KEPT), key=lambda quote: quote.start or 0
    )
    return [quote_row(edition, quote, ordinal) for ordinal, quote in enumerate(standing, start=1)]


def _anchored(quote: Quote, revision: Revision) -> Quote:
    """The quotation at its place in the text; nothing is saved."""
    if revision.text[quote.start or 0 : quote.end or 0] != quote.text or quote.anchor != Quote.Anchor.KEPT:
        quote_anchors.anchor(quote, revision)
    return quote


def _related(edition: Edition, article: Article, entries: Sequence[Mapping[str, Any]] | None) -> list[EditionRelated]:
    links = list(article.related_links.publishable().order_by("ordinal", "id"))
    if entries is not None:
        typed = _typed_links(article, entries)
        targets = {link.target_id for link in typed}
        confirmed = [link for link in links if link.origin == Origin.MACHINE and link.target_id not in targets]
        links = sorted([*typed, *confirmed], key=lambda link: link.ordinal)
    stories = Article.objects.select_related("representation").in_bulk(
        [link.target_id for link in links if link.target_id]
    )
    for link in links:
        link.target = stories.get(link.target_id) if link.target_id else None
    return [related_row(edition, link, ordinal) for ordinal, link in enumerate(links, start=1)]


def _typed_links(article: Article, entries: Sequence[Mapping[str, Any]]) -> list[RelatedLink]:
    links: list[RelatedLink] = []
    for entry in entries:
        target = entry.get("target")
        is_there = target is not None and (
            target.pk == article.pk or any(link.target_id == target.pk for link in links)
        )
        if not is_there and (target is not None or clean_text(entry.get("title", ""))):
            title = clean_text(entry.get("title", ""))[:300]
            links.append(RelatedLink(ordinal=len(links), target=target, title=title, url=entry.get("url", "")))
    return links


def _shown_related(rows: Iterable[EditionRelated]) -> list[dict[str, Any]]:
    """As the page shows them: our live stories under today's headline and address, and titles."""
    shown = []
    for row in rows:
        if row.target is None:
            shown.append({"headline": row.title, "path": None, "url": row.url})
            continue
        standing = getattr(row.target, "representation", None)
        if standing is not None and standing.status == Representation.Status.LIVE:
            shown.append({"headline": standing.headline, "path": standing.path, "url": ""})
    return shown


def _story(edition: Edition, document: dict[str, Any], rows: EditionRows) -> Representation:
    context = page_context(edition, document, chosen=rows.chosen) | {"is_preview": True}
    return Representation(
        article=edition.article,
        path=edition.get_absolute_url().strip("/").removeprefix("news/"),
        status=Representation.Status.LIVE,
        headline=edition.headline,
        standfirst=edition.standfirst,
        html=render_to_string("articles/edition.html", context),
        card=card_of(edition, document),
        published_at=edition.published_at,
        updated_at=edition.updated_at,
    )


def _next_stories(story: Representation, edition: Edition) -> Sequence[Mapping[str, str]]:
    if edition.section.pk is None:
        return []
    linked = [entry["path"] for entry in story.related if entry["path"]]  # type: ignore[attr-defined]
    stories = Representation.objects.filter(status=Representation.Status.LIVE, section=edition.section)
    older = (
        stories.exclude(article=edition.article).exclude(path__in=linked).filter(published_at__lte=story.published_at)
    )
    newest = older.order_by("-published_at", "-article_id")[:NEXT_STORIES]
    columns = ("headline", "standfirst", "path")
    return [dict(zip(columns, values, strict=True)) for values in newest.values_list(*columns)]
