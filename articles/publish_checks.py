"""What stands in the way of publication, and what should make an editor look twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.body_pictures import own_pictures, pictures_in
from articles.models import Article, PublicAddress, Quote, Representation, Revision, TaggingRun
from articles.models.public_address import SLUG_LENGTH
from articles.models.verdict import Verdict
from articles.states import PubState

LONG_PARAGRAPH = 120
# Takes href="/news/2026/11/vostok-china/"; refuses an address elsewhere.
INTERNAL_LINK = re.compile(r'href="(?:https?://[^"/]+)?/news/(\d{4}/\d{2}/[-a-z0-9]+)/?"')
# Takes 1,200 and 3.5; refuses the 34 of Su-34 and the 16 of F16.
NUMBER = re.compile(r"(?<![\w-])\d[\d,.]*\d|(?<![\w-])\d(?![\w-])")


class Sentence(str):
    """A sentence about one field of the story, so that a page can lead there."""

    field = ""

    def __new__(cls, words: str, *, field: str = "") -> Sentence:
        sentence = super().__new__(cls, words)
        sentence.field = field
        return sentence


@dataclass(frozen=True, slots=True)
class PublishChecks:
    """Sentences for the editor. Blockers are enforced at approve and publish; warnings are not."""

    blockers: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        return not self.blockers


def publish_checks(article: Article) -> PublishChecks:
    """Ask every question of the newest revision of an article."""
    revision = article.revision
    if revision is None:
        return PublishChecks(("Nothing has been written yet.",), ())
    return PublishChecks(blockers(article), _answers(WARNINGS, article, revision))


def blockers(article: Article) -> tuple[str, ...]:
    """What stands in the way of publication, without the warnings."""
    return _answers(BLOCKERS, article, article.newest_revision)


def _answers(checks: tuple[Check, ...], article: Article, revision: Revision) -> tuple[str, ...]:
    return tuple(sentence for check in checks for sentence in check(article, revision))


def _missing_parts(article: Article, revision: Revision) -> Iterator[str]:
    if not article.headline:
        yield Sentence("The headline is missing.", field="headline")
    if not article.standfirst:
        yield Sentence("The standfirst is missing.", field="standfirst")
    if article.section_id is None:
        yield Sentence("No section is chosen.", field="section")
    if not article.bylines.exists():
        yield Sentence("No author is named.", field="authors")
    if not revision.text:
        yield Sentence("The body is empty.", field="body")


def _unfit_image(article: Article, revision: Revision) -> Iterator[str]:
    image = article.image
    if image is None:
        return
    if not image.alt:
        yield Sentence("The picture has no text alternative: say what it shows.", field="image")
    if not image.credit:
        yield Sentence("The picture has no credit.", field="image")
    if image.is_expired:
        ended = f"{image.expires_on:%-d %B %Y}"
        yield Sentence(f"The rights of the picture ended on {ended}: choose another.", field="image")


def _unfit_body_pictures(article: Article, revision: Revision) -> Iterator[str]:
    """Of pictures in the text: what readers could not see, or must not."""
    pictures = pictures_in(article.body)
    own = own_pictures(article.body) if pictures else {}
    for picture in pictures:
        image = own.get(picture.file_name)
        name = f"The picture “{picture.short_name}” in the text"
        if image is None:
            yield f"{name} is not one of the desk’s: upload it, or take it out."
            continue
        if not picture.alt:
            yield f"{name} has no text alternative: say what it shows."
        if not image.credit:
            yield f"{name} has no credit."
        if image.is_expired:
            yield f"The rights of the picture “{picture.short_name}” in the text ended on {image.expires_on:%-d %B %Y}."


def _lost_quotes(article: Article, revision: Revision) -> Iterator[str]:
    for quote in article.quotes.all():
        if quote.verdict != Verdict.CONFIRMED:
            continue
        if quote.anchor == Quote.Anchor.CHANGED:
            yield f"The words of “{_short(quote.text)}” have changed: take the new words, or reject the quotation."
        elif quote.anchor == Quote.Anchor.GONE:
            yield f"“{_short(quote.text)}” is no longer in the text: put the words back, or reject the quotation."


def _dead_links(article: Article, revision: Revision) -> Iterator[str]:
    paths = set(INTERNAL_LINK.findall(article.body))
    if not paths:
        return
    alive = PublicAddress.objects.filter(
        path__in=paths, article__representation__status=Representation.Status.LIVE
    ).values_list("path", flat=True)
    for path in sorted(paths - set(alive)):
        yield f"The link to /news/{path}/ leads to no live story of ours."


def _unfinished_tagging(article: Article, revision: Revision) -> Iterator[str]:
    run = TaggingRun.objects.filter(revision=revision).first()
    if run is None or run.status == TaggingRun.Status.RUNNING:
        yield "The tagger has not finished with this version yet."
    elif run.status == TaggingRun.Status.FAILED:
        yield "The tagger failed on this version; its proposals may be missing."


def _speakerless_quotes(article: Article, revision: Revision) -> Iterator[str]:
    for quote in _publishable(article):
        if not quote.speaker_name and not quote.speaker_as_written:
            yield f"The quotation “{_short(quote.text)}” has no speaker."


def _undecided(article: Article, revision: Revision) -> Iterator[str]:
    quotes = sum(quote.verdict == Verdict.PROPOSED for quote in article.quotes.all())
    if quotes:
        yield f"{quotes} proposed quotation{'s' if quotes > 1 else ''} not decided: they stay out of this edition."
    tags = article.tags.undecided().filter(is_accepted=False).count()
    if tags:
        yield f"{tags} proposed tag{'s' if tags > 1 else ''} not decided: they stay out of this edition."


def _numbers_only_in_headline(article: Article, revision: Revision) -> Iterator[str]:
    written = set(NUMBER.findall(revision.text))
    for number in dict.fromkeys(NUMBER.findall(article.headline)):
        if number not in written:
            yield f"The headline says {number}, the body does not."


def _untagged_headline_country(article: Article, revision: Revision) -> Iterator[str]:
    rejected = article.tags.filter(
        entity__kind="country", verdict=Verdict.REJECTED, mentions__field="headline"
    ).distinct()
    for tag in rejected.select_related("entity"):
        yield f"{tag.entity} is named in the headline but not tagged."


def _only_unnamed_sources(article: Article, revision: Revision) -> Iterator[str]:
    kinds = {quote.speaker_kind for quote in _publishable(article)}
    if kinds == {Quote.SpeakerKind.UNNAMED}:
        yield "Every quotation comes from an unnamed source."


def _withdrawn_related(article: Article, revision: Revision) -> Iterator[str]:
    gone = (PubState.WITHDRAWN, PubState.KILLED)
    for link in article.related_links.publishable().filter(target__pub_state__in=gone).select_related("target"):
        if link.target is not None:
            yield f"The related story “{link.target}” is {link.target.get_pub_state_display()} and will not be shown."


def _heading_order(article: Article, revision: Revision) -> Iterator[str]:
    headings = [block["type"] for block in revision.blocks if block["type"] in ("h2", "h3")]
    if headings and headings[0] == "h3":
        yield "The first heading is a third-level one: make it second-level."


def _long_paragraphs(article: Article, revision: Revision) -> Iterator[str]:
    for block in revision.blocks:
        words = len(revision.text[block["start"] : block["end"]].split())
        if words > LONG_PARAGRAPH:
            opening = _short(revision.text[block["start"] : block["end"]])
            yield f"The paragraph that begins “{opening}” has {words} words."


def _changed_slug(article: Article, revision: Revision) -> Iterator[str]:
    if article.edition is None or not article.slug:
        return
    wanted = article.slug[:SLUG_LENGTH].strip("-")
    # A number behind the slug tells it from another story's of the same month.
    if not re.fullmatch(re.escape(wanted) + r"(-\d+)?", article.edition.slug):
        yield f"The address will change from “{article.edition.slug}” to “{wanted}”; the old one leads on."


def _publishable(article: Article) -> list[Quote]:
    """`QuoteQuerySet.publishable` of quotes that may be prefetched: the editing page asks all checks at once."""
    return [
        quote
        for quote in article.quotes.all()
        if quote.verdict == Verdict.CONFIRMED and quote.anchor != Quote.Anchor.GONE
    ]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


Check = Callable[[Article, Revision], Iterator[str]]

BLOCKERS: tuple[Check, ...] = (_missing_parts, _unfit_image, _unfit_body_pictures, _lost_quotes, _dead_links)
WARNINGS: tuple[Check, ...] = (
    _unfinished_tagging,
    _speakerless_quotes,
    _undecided,
    _numbers_only_in_headline,
    _untagged_headline_country,
    _only_unnamed_sources,
    _withdrawn_related,
    _heading_order,
    _long_paragraphs,
    _changed_slug,
)
