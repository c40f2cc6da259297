"""What should make an editor look twice before publication; nothing of it stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.country_names import countries_named
from articles.fact_words import lost, written
from articles.models import Quote, ReportedFact, Tag, TaggingRun
from articles.models.image import NEEDS_NOTE
from articles.models.public_address import SLUG_LENGTH
from articles.models.verdict import Verdict
from articles.publish_blockers import shortened
from articles.states import PubState
from articles.written_copy import Finding, WrittenCopy
from articles.written_numbers import numbers_in
from entities.models import Kind

LONG_PARAGRAPH = 120


def tagging_status(copy: WrittenCopy) -> str:
    run: TaggingRun | None = getattr(copy.revision, "tagging_run", None)
    return run.status if run else TaggingRun.Status.RUNNING


def unfinished_tagging(copy: WrittenCopy) -> Iterator[Finding]:
    status = tagging_status(copy)
    if status == TaggingRun.Status.RUNNING:
        yield Finding("The tagger has not finished with this version yet.", card="panel-tagging")
    elif status == TaggingRun.Status.FAILED:
        yield Finding("The tagger failed on this version; its proposals may be missing.", card="panel-tagging")


def speakerless_quotes(copy: WrittenCopy) -> Iterator[Finding]:
    for quote in _publishable(copy):
        if not quote.speaker_name and not quote.speaker_as_written:
            yield Finding(f"The quotation “{shortened(quote.text)}” has no speaker.", card=f"quote-{quote.pk}")


def undecided(copy: WrittenCopy) -> Iterator[Finding]:
    quotes = [quote for quote in copy.article.quotes.all() if quote.verdict == Verdict.PROPOSED]
    if quotes:
        words = f"{_counted(quotes, 'proposed quotation')} not decided: they stay out of this edition."
        yield Finding(words, card=f"quote-{quotes[0].pk}")
    tags = [tag for tag in copy.article.tags.all() if tag.verdict == Verdict.PROPOSED and not tag.is_accepted]
    if tags:
        words = f"{_counted(tags, 'proposed tag')} not decided: they stay out of this edition."
        yield Finding(words, card=f"tag-{tags[0].pk}")


def numbers_only_in_headline(copy: WrittenCopy) -> Iterator[Finding]:
    written = set(numbers_in(copy.text).values())
    for words, number in numbers_in(copy.headline).items():
        if number not in written:
            yield Finding(f"The headline says {words}, the body does not.", "headline")


def untagged_headline_country(copy: WrittenCopy) -> Iterator[Finding]:
    """Countries that the headline names and no tag carries; asked once the tagger has finished."""
    if tagging_status(copy) != TaggingRun.Status.FINISHED:
        return
    tags = {tag.entity_id: tag for tag in copy.article.tags.all() if tag.entity.kind == Kind.COUNTRY}
    for entity_id, name in countries_named(copy.headline).items():
        tag = tags.get(entity_id)
        if tag is None:
            yield Finding(f"{name} is named in the headline but not tagged.", "headline")
        elif not _is_publishable(tag):
            yield Finding(f"{name} is named in the headline but not tagged.", "headline", card=f"tag-{tag.pk}")


def only_unnamed_sources(copy: WrittenCopy) -> Iterator[Finding]:
    quotes = _publishable(copy)
    if quotes and all(quote.speaker_kind == Quote.SpeakerKind.UNNAMED for quote in quotes):
        yield Finding("Every quotation comes from an unnamed source.", card=f"quote-{quotes[0].pk}")


def withdrawn_related(copy: WrittenCopy) -> Iterator[Finding]:
    gone = (PubState.WITHDRAWN, PubState.KILLED)
    links = copy.article.related_links.publishable().filter(target__pub_state__in=gone)
    if not getattr(copy.article, "has_links", True):
        return
    for link in links.select_related("target"):
        if link.target is not None:
            state = link.target.get_pub_state_display()
            yield Finding(f"The related story “{link.target}” is {state} and will not be shown.", "related")


def lost_facts(copy: WrittenCopy) -> Iterator[Finding]:
    """Facts of exercises that were read in an earlier version and have no words in this one."""
    if not getattr(copy.article, "has_facts", True):
        return
    worded = copy.article.reported_facts.filter(kind__in=(ReportedFact.Kind.DATES, ReportedFact.Kind.FIGURE))
    for fact in lost(worded.select_related("edition__exercise__merged_into"), now={copy.article.pk: written(copy)}):
        sentence = (
            f"“{fact.says}” stands under {fact.edition} as told by this story, and is no longer in it: take it back, "
            "with a correction or on the page of that edition."
        )
        yield Finding(sentence, "body")


def heading_order(copy: WrittenCopy) -> Iterator[Finding]:
    first = next((block for block in copy.blocks if block["type"] in ("h2", "h3")), None)
    if first is not None and first["type"] == "h3":
        words = "The first heading is a third-level one: make it second-level."
        yield Finding(words, "body", block=first["id"])


def long_paragraphs(copy: WrittenCopy) -> Iterator[Finding]:
    for block in copy.blocks:
        text = copy.words_of(block)
        words = len(text.split())
        if words > LONG_PARAGRAPH:
            sentence = f"The paragraph that begins “{shortened(text)}” has {words} words."
            yield Finding(sentence, "body", block=block["id"])


def changed_slug(copy: WrittenCopy) -> Iterator[Finding]:
    edition = copy.article.edition
    if edition is None or not copy.slug:
        return
    wanted = copy.slug[:SLUG_LENGTH].strip("-")
    # A number behind the slug tells it from another story's of the same month.
    if not re.fullmatch(re.escape(wanted) + r"(-\d+)?", edition.slug):
        words = f"The address will change from “{edition.slug}” to “{wanted}”; the old one leads on."
        yield Finding(words, "slug")


def _publishable(copy: WrittenCopy) -> list[Quote]:
    """`QuoteQuerySet.publishable` of quotes that may be prefetched: the editing page asks all checks at once."""
    return [
        quote
        for quote in copy.article.quotes.all()
        if quote.verdict == Verdict.CONFIRMED and quote.anchor != Quote.Anchor.GONE
    ]


def _is_publishable(tag: Tag) -> bool:
    """`TagQuerySet.publishable` of a tag that is loaded."""
    return tag.verdict == Verdict.CONFIRMED or (tag.verdict == Verdict.PROPOSED and tag.is_accepted and tag.is_found)


def unproven_picture(copy: WrittenCopy) -> Iterator[Finding]:
    """Of a picture above the story: rights that somebody may ask proof of, and none is written down."""
    image = copy.image
    if image is not None and image.rights in NEEDS_NOTE and not image.rights_note:
        right = image.get_rights_display()
        yield Finding(
            f"The picture is used as “{right}”, but its source or proof is not entered.", "image", image=image.pk
        )


def held_while_live(copy: WrittenCopy) -> Iterator[Finding]:
    """What would keep the story from readers if they did not have it already."""
    if copy.article.hold_reason and copy.article.is_live:
        yield Finding(copy.article.hold_reason)


def _counted(rows: list[Quote] | list[Tag], what: str) -> str:
    return f"{len(rows)} {what}{'s' if len(rows) > 1 else ''}"


WARNINGS = (
    held_while_live,
    unfinished_tagging,
    speakerless_quotes,
    undecided,
    numbers_only_in_headline,
    untagged_headline_country,
    only_unnamed_sources,
    withdrawn_related,
    lost_facts,
    heading_order,
    long_paragraphs,
    changed_slug,
    unproven_picture,
)
