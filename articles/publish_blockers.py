"""What stands in the way of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.models import Image, PublicAddress, Quote, Representation
from articles.models.verdict import Verdict
from articles.pictures.in_bodies import BodyPicture, own_pictures, pictures_in
from articles.written_copy import Finding, WrittenCopy

# Takes href="/news/2026/11/vostok-china/"; refuses an address elsewhere.
INTERNAL_LINK = re.compile(r'href="((?:https?://[^"/]+)?/news/(\d{4}/\d{2}/[-a-z0-9]+)/?)"')


def missing_parts(copy: WrittenCopy) -> Iterator[Finding]:
    if not copy.headline:
        yield Finding("The headline is missing.", "headline")
    if not copy.standfirst:
        yield Finding("The standfirst is missing.", "standfirst")
    if not copy.has_section:
        yield Finding("No section is chosen.", "section")
    if not copy.has_byline:
        yield Finding("No author is named.", "authors")
    if not copy.text:
        yield Finding("The body is empty.", "body")


def unfit_lead_picture(copy: WrittenCopy) -> Iterator[Finding]:
    if copy.image is None:
        return
    if not copy.image.alt:
        yield Finding("The picture has no text alternative: say what it shows.", "image", image=copy.image.pk)
    if not copy.image.credit:
        yield Finding("The picture has no credit.", "image", image=copy.image.pk)
    if copy.image.is_expired:
        ended = f"{copy.image.expires_on:%-d %B %Y}"
        yield Finding(f"The rights of the picture ended on {ended}: choose another.", "image")


def unfit_pictures_in_text(copy: WrittenCopy) -> Iterator[Finding]:
    """Of pictures in the text: what readers could not see, or must not."""
    pictures = pictures_in(copy.html)
    own = own_pictures(copy.html) if pictures else {}
    for picture in pictures:
        yield from _unfit(picture, own.get(picture.file_name))


def _unfit(picture: BodyPicture, image: Image | None) -> Iterator[Finding]:
    name = f"The picture “{picture.short_name}” in the text"
    if image is None:
        yield Finding(f"{name} is not one of the desk’s: upload it, or take it out.", "body", picture=picture.src)
        return
    if not picture.alt:
        yield Finding(f"{name} has no text alternative: say what it shows.", "body", picture=picture.src)
    if not image.credit:
        yield Finding(f"{name} has no credit.", "body", picture=picture.src, image=image.pk)
    if image.is_expired:
        ended = f"{image.expires_on:%-d %B %Y}"
        sentence = f"The rights of the picture “{picture.short_name}” in the text ended on {ended}."
        yield Finding(sentence, "body", picture=picture.src)


def lost_quotes(copy: WrittenCopy) -> Iterator[Finding]:
    """Confirmed quotations whose words are no longer in the text. A save moves their anchors; what is only typed
    is searched for the words."""
    for quote in copy.article.quotes.all():
        if quote.verdict != Verdict.CONFIRMED or (copy.is_typed and quote.text in copy.text):
            continue
        words, card = shortened(quote.text), f"quote-{quote.pk}"
        if quote.anchor == Quote.Anchor.CHANGED:
            sentence = f"The words of “{words}” have changed: take the new words, or reject the quotation."
            yield Finding(sentence, block=quote.block_id, card=card)
        elif quote.anchor == Quote.Anchor.GONE or copy.is_typed:
            sentence = f"“{words}” is no longer in the text: put the words back, or reject the quotation."
            yield Finding(sentence, card=card)


def dead_links(copy: WrittenCopy) -> Iterator[Finding]:
    links = {path: address for address, path in INTERNAL_LINK.findall(copy.html)}
    if not links:
        return
    alive = PublicAddress.objects.filter(
        path__in=links, article__representation__status=Representation.Status.LIVE
    ).values_list("path", flat=True)
    for path in sorted(links.keys() - set(alive)):
        block = copy.block_with(f'href="{links[path]}"')
        yield Finding(f"The link to /news/{path}/ leads to no live story of ours.", "body", block)


def held(copy: WrittenCopy) -> Iterator[Finding]:
    """A new version of what is live may go out: it may mend what readers have. That it is held, a warning says."""
    if copy.article.hold_reason and not copy.article.is_live:
        yield Finding(copy.article.hold_reason)


def shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


BLOCKERS = (held, missing_parts, unfit_lead_picture, unfit_pictures_in_text, lost_quotes, dead_links)
