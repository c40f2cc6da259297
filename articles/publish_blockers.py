"""What stands in the way of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from articles.models import Image, PublicAddress, Quote, Representation
from articles.models.verdict import Verdict
from articles.written_copy import Finding, WrittenCopy

# Takes href="/news/2026/11/vostok-china/"; refuses an address elsewhere.
INTERNAL_LINK = re.compile(r'href="((?:https?://[^"/]+)?/news/(\d{4}/\d{2}/[-a-z0-9]+)/?)"')
# Takes <img src="/media/a.webp" alt="A ship">, as clean_body writes it.
PICTURE = re.compile(r'<img(?: src="([^"]*)")?(?: alt="([^"]*)")?')
# Takes the name of a picture file of ours, which is its content's SHA-256; refuses any other.
CONTENT_NAME = re.compile(r"[0-9a-f]{64}")


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
        yield Finding("The picture has no text alternative: say what it shows.", "image")
    for sentence in _unfit_rights(copy.image, "The picture", "the picture"):
        yield Finding(sentence, "image")


def unfit_pictures_in_text(copy: WrittenCopy) -> Iterator[Finding]:
    pictures = [(unescape(found[1] or ""), found[2] or "") for found in PICTURE.finditer(copy.html)]
    if not pictures:
        return
    names = {source: CONTENT_NAME.search(source) for source, _ in pictures}
    wanted = {name[0] for name in names.values() if name}
    ours = {image.sha256: image for image in Image.objects.filter(sha256__in=wanted)} if wanted else {}
    for source, alt in pictures:
        name = names[source]
        image = ours.get(name[0]) if name else None
        if not alt.strip():
            yield Finding("A picture in the text has no text alternative: say what it shows.", "body", picture=source)
        if image is None:
            words = "A picture in the text is not from our store: upload it, with its credit."
            yield Finding(words, "body", picture=source)
            continue
        for sentence in _unfit_rights(image, "A picture in the text", "a picture in the text"):
            yield Finding(sentence, "body", picture=source)


def _unfit_rights(image: Image, which: str, within: str) -> Iterator[str]:
    if not image.credit:
        yield f"{which} has no credit."
    if image.is_expired:
        yield f"The rights of {within} ended on {image.expires_on:%-d %B %Y}: choose another."


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


def shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


BLOCKERS = (missing_parts, unfit_lead_picture, unfit_pictures_in_text, lost_quotes, dead_links)
