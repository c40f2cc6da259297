"""Make an edition: the immutable rows of one published version, from the newest revision and its verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.text import slugify

from articles.edition_rows import ENTITY_OF_TAG, EditionRows, under_canonical
from articles.models import (
    Article,
    Author,
    Edition,
    EditionPicture,
    EditionQuote,
    EditionRelated,
    EditionTag,
    Mention,
    PublicAddress,
    Quote,
    Revision,
    Tag,
)
from articles.models.public_address import SLUG_LENGTH
from articles.models.related_link import RelatedLink
from articles.models.verdict import Verdict
from articles.pictures.in_bodies import own_pictures
from articles.planned_query import planned_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COPIED_FROM_QUOTE = (
    *("kind", "text", "start", "end", "prefix", "suffix", "block_id", "cue"),
    *("speaker_as_written", "speaker_name", "speaker_kind", "speaker_role", "confidence"),
    *("said_on", "said_at_place", "medium", "source_url", "is_pull_quote"),
)


def make_edition(article: Article, *, kind: str, version: int, by: User | None) -> tuple[Edition, EditionRows]:
    """Write the edition of an article's newest revision, with its rows as they would be read, but for what notices took
    back. `published_at` and `updated_at` are already set on it; its bylines with their authors and its quotations with
    their speakers are best read before."""
    assert article.section is not None, "a publish check has let an article without a section through"
    revision = article.newest_revision
    edition = edition_of(article, revision, kind=kind, version=version, slug=claim_address(article, version=version))
    edition.bylines = printed_bylines(byline.author for byline in article.bylines.all())
    edition.created_by = by
    edition.save(force_insert=True)
    tags = _write_tags(edition, article, revision)
    quotes = _write_quotes(edition, article, revision)
    related = _write_related(edition, article)
    _write_pictures(edition)
    return edition, EditionRows(tags=under_canonical(in_order(tags)), quotes=quotes, related=related)


def edition_of(article: Article, revision: Revision, *, kind: str, version: int, slug: str) -> Edition:
    """The row of an edition, not written, with all but its bylines and its maker. Its times are set already."""
    assert article.published_at is not None
    assert article.updated_at is not None
    return Edition(
        article=article,
        version=version,
        kind=kind,
        revision=revision,
        type=article.type,
        headline=article.headline,
        slug=slug,
        standfirst=article.standfirst,
        html=article.body,
        text=revision.text,
        blocks=revision.blocks,
        dateline=article.dateline,
        language=article.language,
        section=article.section,
        image=article.image,
        urgency=article.urgency,
        may_syndicate=article.may_syndicate,
        source_name=article.source_name,
        published_at=article.published_at,
        updated_at=article.updated_at,
    )


def printed_bylines(authors: Iterable[Author]) -> list[dict[str, str]]:
    return [{"slug": author.slug, "name": author.name} for author in authors]


def seal_editions(article: Article, *, before_version: int) -> None:
    """Seal the editions of an article below a version; the database lets each be sealed once."""
    article.editions.filter(version__lt=before_version, sealed_at=None).update(sealed_at=timezone.now())


def claim_address(article: Article, *, version: int) -> str:
    """The slug of the article's current address, new where the desk changed it; old addresses stay and lead on. A
    first version has none yet."""
    # In small letters, so that an address typed in capitals can lead to it.
    wanted = (article.slug.lower() or slugify(article.headline))[:SLUG_LENGTH].strip("-") or f"story-{article.pk}"
    assert article.published_at is not None
    month = f"{article.published_at:%Y/%m}"
    if version == 1 and _take(article, f"{month}/{wanted}"):
        return wanted
    own, taken = _addresses(article, f"{month}/{wanted}")
    if own is not None and (not article.slug or own == f"{month}/{wanted}"):
        return own.rpartition("/")[2]
    if own is not None:
        PublicAddress.objects.filter(article=article, is_current=True).update(is_current=False)
    return _take_address(article, month, wanted, taken)


# Where the address is another story's, nothing comes back; where that story takes it at this very moment, this waits
# for its transaction. An address that was ours before is ours again.
_TAKE = """
INSERT INTO articles_publicaddress AS known (path, article_id, is_current, created_at)
VALUES (%(path)s, %(article)s, TRUE, %(now)s)
ON CONFLICT (path) DO UPDATE SET is_current = TRUE WHERE known.article_id = EXCLUDED.article_id
RETURNING id
"""


def _take_address(article: Article, month: str, wanted: str, taken: set[str]) -> str:
    """Take the first free slug: an address is never taken away from a story."""
    slug, number = wanted, 1
    while True:
        while f"{month}/{slug}" in taken:
            number += 1
            slug = f"{wanted}-{number}"
        path = f"{month}/{slug}"
        if _take(article, path):
            return slug
        taken.add(path)


def _take(article: Article, path: str) -> bool:
    """Whether the address is the article's now."""
    return bool(planned_rows(_TAKE, {"path": path, "article": article.pk, "now": timezone.now()}))


def _addresses(article: Article, beginning: str) -> tuple[str | None, set[str]]:
    """The article's current path, and those of other stories that begin like the wanted one."""
    known = PublicAddress.objects.filter(Q(path__startswith=beginning) | Q(article=article, is_current=True))
    own, taken = None, set()
    for path, owner, is_current in known.order_by().values_list("path", "article_id", "is_current"):
        if owner != article.pk:
            taken.add(path)
        elif is_current:
            own = path
    return own, taken


def in_order(tags: Iterable[EditionTag]) -> list[EditionTag]:
    """As rows of tags are read."""
    return sorted(tags, key=lambda tag: (not tag.is_primary, -tag.salience, tag.pk))


def _write_tags(edition: Edition, article: Article, revision: Revision) -> list[EditionTag]:
    spans = Mention.objects.filter(tag=OuterRef("pk"), field=Mention.Field.BODY).order_by("start", "pk")
    columns = JSONObject(start="start", end="end", as_written="surface", form="form")
    tags = (
        article.tags.publishable().select_related(*ENTITY_OF_TAG).annotate(spans=ArraySubquery(spans.values(j=columns)))
    )
    return EditionTag.objects.bulk_create(tag_row(edition, tag, revision, tag.spans) for tag in tags)


def tag_row(edition: Edition, tag: Tag, revision: Revision, spans: Iterable[dict[str, Any]]) -> EditionTag:
    """`spans` are its places in the body. Those that still hold in this revision's text are written: an edit after the
    last tagging leaves some out."""
    return EditionTag(
        edition_id=edition.pk,
        entity=tag.entity,
        role=tag.role,
        is_primary=tag.is_primary,
        salience=tag.score,
        mentions=[span for span in spans if revision.text[span["start"] : span["end"]] == span["as_written"]],
        source=tag.origin,
        is_reviewed=tag.verdict == Verdict.CONFIRMED,
    )


def _write_quotes(edition: Edition, article: Article, revision: Revision) -> list[EditionQuote]:
    """Only what a person has confirmed, and whose words stand in this revision."""
    quotes = [
        quote
        for quote in article.quotes.all()
        if quote.verdict == Verdict.CONFIRMED and quote.anchor == Quote.Anchor.KEPT and quote.revision_id == revision.pk
    ]
    return EditionQuote.objects.bulk_create(
        quote_row(edition, quote, ordinal)
        for ordinal, quote in enumerate(sorted(quotes, key=lambda quote: (quote.start or 0, quote.pk)), start=1)
    )


def quote_row(edition: Edition, quote: Quote, ordinal: int) -> EditionQuote:
    """The speaker's entity and country are best read before."""
    return EditionQuote(
        edition_id=edition.pk,
        quote=quote,
        ordinal=ordinal,
        method=quote.origin,
        speaker_entity=quote.speaker_entity,
        speaker_country=quote.speaker_country,
        **{name: getattr(quote, name) for name in COPIED_FROM_QUOTE},
    )


def _write_related(edition: Edition, article: Article) -> list[EditionRelated]:
    links = article.related_links.publishable().select_related("target__representation").order_by("ordinal", "id")
    return EditionRelated.objects.bulk_create(
        related_row(edition, link, ordinal) for ordinal, link in enumerate(links, start=1)
    )


def related_row(edition: Edition, link: RelatedLink, ordinal: int) -> EditionRelated:
    """The story that it leads to is best read before."""
    return EditionRelated(
        edition_id=edition.pk,
        ordinal=ordinal,
        kind=link.kind,
        target=link.target,
        title=link.title,
        url=link.url,
    )


def _write_pictures(edition: Edition) -> None:
    EditionPicture.objects.bulk_create(
        EditionPicture(edition=edition, ordinal=ordinal, image=image)
        for ordinal, image in enumerate(own_pictures(edition.html).values(), start=1)
    )
