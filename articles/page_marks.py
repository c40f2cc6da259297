"""What the article's page marks in a body: confirmed quotations, who said them, and names at first mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from articles.pictures.in_bodies import shown_pictures
from articles.public_notation import path_of, path_of_entity
from articles.quote_marks import Mark, mark_passages, parts, plain_passages

if TYPE_CHECKING:
    from articles.models import Edition, Image

# A pull quote breaks the column of a long story only, and reads in one breath.
PULL_QUOTE_LENGTHS = range(45, 190)
PULL_QUOTE_IDEAL = 100
FEWEST_PARAGRAPHS = 7
# Demonyms and capitals are not linked: a link on "Chinese" or "Beijing" tells a reader nothing new.
LINKED_COUNTRY_FORMS = frozenset({"name", "short"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedBody:
    """A body ready for the page: with a pull quote, in the two halves around it."""

    before: str
    after: str = ""
    pull_quote: dict[str, Any] | None = None

    @property
    def pulled_words(self) -> str:
        return spoken_words(self.pull_quote["text"]) if self.pull_quote else ""


def marked_body(
    edition: Edition,
    document: dict[str, Any],
    *,
    pictures: Mapping[str, Image] = MappingProxyType({}),
    chosen: set[str] | None = None,
) -> MarkedBody:
    """The edition's body with its marks, and with the pictures of ours that may be shown.

    Reads one statement, unless it is told: the uuids of the quotations that the desk has `chosen` to pull.
    """
    quotes = document["quotes"]
    marks = [_quotation(quote) for quote in quotes]
    read = list(parts(edition.html, edition.blocks))
    marks += _links(edition, document, plain_passages(read), taken=[(mark.start, mark.end) for mark in marks])
    html = shown_pictures(mark_passages(read, marks), pictures)
    if chosen is None:
        chosen = {str(uuid) for uuid in edition.quotes.filter(is_pull_quote=True).values_list("quote__uuid", flat=True)}
    pull_quote = choose_pull_quote(quotes, chosen=chosen)
    gap = _gap(edition.blocks, pull_quote) if pull_quote else None
    if gap is None:
        return MarkedBody(html)
    before, after = split_after(html, gap)
    return MarkedBody(before, after, pull_quote) if after else MarkedBody(html)


def choose_pull_quote(quotes: Iterable[dict[str, Any]], *, chosen: set[str]) -> dict[str, Any] | None:
    """The desk's choice, else the direct quotation of a named person that comes closest to a good length; never one
    that was retracted."""
    standing = [quote for quote in quotes if not quote.get("retraction")]
    by_desk = [quote for quote in standing if quote["id"] in chosen]
    if by_desk:
        return by_desk[0]
    fitting = [
        quote
        for quote in standing
        if quote["kind"] == "direct"
        and quote["speaker"]["kind"] == "person"
        and quote["speaker"]["name"]
        and len(quote["text"]) in PULL_QUOTE_LENGTHS
        and "\n" not in quote["text"]
    ]
    return min(fitting, key=lambda quote: abs(len(quote["text"]) - PULL_QUOTE_IDEAL), default=None)


def split_after(html: str, block_id: str) -> tuple[str, str]:
    """The HTML before and after the end of a paragraph; the second is empty where the paragraph is in a list
    or a block quotation, which must not be torn apart."""
    start = html.find(f'<p data-block="{block_id}">')
    end = html.find("</p>", start)
    if start < 0 or end < 0:
        return html, ""
    earlier = html[:start]
    is_nested = any(earlier.count(f"<{name}>") != earlier.count(f"</{name}>") for name in ("ul", "ol", "blockquote"))
    end += len("</p>")
    return (html, "") if is_nested else (html[:end], html[end:])


def speaker_address(name: str) -> str:
    """All public statements under one name."""
    return f"{path_of('quotes')}?{urlencode({'speaker': name})}"


def spoken_words(text: str) -> str:
    """A quotation that stands alone: without the comma that led on to "she said"."""
    return text.rstrip(" ,")


def _quotation(quote: dict[str, Any]) -> Mark:
    attributes = {
        "class": "quotation is-retracted" if quote.get("retraction") else "quotation",
        "data-quote": quote["id"],
    }
    return Mark(quote["start"], quote["end"], "mark", attributes, identifier=f"quote-{quote['id']}")


def _links(
    edition: Edition, document: dict[str, Any], passages: Sequence[Span], *, taken: list[Span]
) -> Iterator[Mark]:
    """One link an address, on the first mention that stands in `passages` of running text and in no quotation."""
    for address, candidates in _targets(edition, document).items():
        for start, end in candidates:
            is_plain = any(first <= start and end <= last for first, last in passages)
            if is_plain and all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield Mark(start, end, "a", {"class": "name", "href": address})
                break


def _targets(edition: Edition, document: dict[str, Any]) -> dict[str, list[Span]]:
    """Addresses with the places that may carry their link, speakers first."""
    addresses = {
        tagged["id"]: path_of_entity(tagged.get("kind", "country"), tagged["slug"])
        for tagged in (*document["entities"], *document["countries"])
    }
    targets: dict[str, list[Span]] = {}
    for quote in document["quotes"]:
        speaker = quote["speaker"]
        if speaker["name"] and speaker["kind"] in ("person", "organisation"):
            address = addresses.get(speaker["entity_id"]) or speaker_address(speaker["name"])
            targets.setdefault(address, []).extend(_speaker_places(edition.text, speaker))
    for tagged in (*document["entities"], *document["countries"]):
        is_country = "kind" not in tagged
        targets.setdefault(addresses[tagged["id"]], []).extend(
            (mention["start"], mention["end"])
            for mention in tagged["mentions"]
            if not is_country or mention["form"] in LINKED_COUNTRY_FORMS
        )
    return targets


def _speaker_places(text: str, speaker: dict[str, Any]) -> list[Span]:
    """Where the full name stands; then where the name as written does, if it shares a word with the full one."""
    name, as_written = speaker["name"], speaker["as_written"]
    names = [name]
    if not set(name.split()).isdisjoint(as_written.split()):
        names.append(as_written)
    return [span for written in names for span in _places(text, written)]


def _places(text: str, words: str) -> Iterator[Span]:
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end
        start = text.find(words, end)


def _gap(blocks: list[dict[str, Any]], quote: dict[str, Any]) -> str | None:
    """The paragraph after which the pull quote stands: near the middle, two paragraphs from its own words."""
    if sum(block["type"] == "p" for block in blocks) < FEWEST_PARAGRAPHS:
        return None
    own = next((number for number, block in enumerate(blocks) if block["start"] <= quote["start"] < block["end"]), 0)
    free = [
        number
        for number in range(1, len(blocks) - 2)
        if blocks[number]["type"] == blocks[number + 1]["type"] == "p" and not own - 2 <= number <= own + 1
    ]
    middle = len(blocks) * 0.45
    nearest = min(free, key=lambda number: abs(number - middle), default=None)
    return None if nearest is None else blocks[nearest]["id"]
