"""What differs between two revisions, two editions, or what readers have and what they would get: in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles.edition_rows import shown_tags
from articles.models import Article, ArticleType, Author, Edition, Image, Revision, Section
from articles.word_diff import ADDED, REMOVED, SAME, Piece, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

# A piece that stands for a stretch left out.
GAP = "gap"
UNCHANGED_SHOWN = 1
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "slugline": "Slugline",
    "type": "Type",
    "dateline": "Dateline",
    "section": "Section",
    "authors": "Authors",
    "image": "Picture",
    "related": "Related news",
    "slug": "Address",
    "source_name": "Agency or paper",
    "may_syndicate": "Partners get it",
    "urgency": "Urgency",
    "language": "Language",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a story in two states."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Differences:
    """The parts beside the body that differ, and the body. `is_form_changed`: the same words, in another form."""

    parts: list[Difference] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    is_form_changed: bool = False

    @property
    def is_body_same(self) -> bool:
        return all(piece.kind == SAME for piece in self.body)

    @property
    def is_empty(self) -> bool:
        return not self.parts and self.is_body_same and not self.is_form_changed

    @property
    def shown_body(self) -> list[Piece]:
        return shortened(self.body)


def between_revisions(older: Revision, newer: Revision) -> Differences:
    names = [name for name in LABELS if older.snapshot.get(name) != newer.snapshot.get(name)]
    parts = [
        Difference(LABELS[name], compare(_in_words(name, older.snapshot), _in_words(name, newer.snapshot)))
        for name in names
    ]
    is_form_changed = older.text == newer.text and older.snapshot.get("body") != newer.snapshot.get("body")
    return Differences(parts, compare(older.text, newer.text), is_form_changed)


def between_editions(older: Edition, newer: Edition) -> Differences:
    """What readers of two editions were given; what only the desk knows is left out."""
    before, after = _public_words(older), _public_words(newer)
    parts = [
        Difference(label, compare(before[label], after[label])) for label in before if before[label] != after[label]
    ]
    is_form_changed = older.text == newer.text and older.html != newer.html
    return Differences(parts, compare(older.text, newer.text), is_form_changed)


def from_edition(edition: Edition, article: Article) -> Differences:
    """What readers have, and what they would get of the article as it is written and judged now."""
    written = between_revisions(edition.revision, article.newest_revision)
    judged = (
        ("Quotations", _quoted(edition.quotes.order_by("ordinal")), _quoted(_quotes_to_come(article))),
        ("Countries and entities", _named(tag.entity for tag in shown_tags(edition)), _named(_tags_to_come(article))),
    )
    parts = [Difference(label, compare(then, now)) for label, then, now in judged if then != now]
    return Differences([*written.parts, *parts], written.body, written.is_form_changed)


def words_changed(pieces: Iterable[Piece]) -> tuple[int, int]:
    """How many words were added, and how many removed."""
    counts = {ADDED: 0, REMOVED: 0}
    for piece in pieces:
        if piece.kind in counts:
            counts[piece.kind] += sum(any(sign.isalnum() for sign in word) for word in piece.text.split())
    return counts[ADDED], counts[REMOVED]


def changed_labels(older: Revision, newer: Revision) -> list[str]:
    """The names of the parts beside the body that differ. Asks the database nothing."""
    return [LABELS[name] for name in LABELS if older.snapshot.get(name) != newer.snapshot.get(name)]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Long unchanged stretches cut down to the paragraphs next to a change, with a `gap` piece between."""
    last = len(pieces) - 1
    return [
        shown
        for place, piece in enumerate(pieces)
        for shown in (_cut(piece, is_first=place == 0, is_last=place == last) if piece.kind == SAME else [piece])
    ]


def _cut(piece: Piece, *, is_first: bool, is_last: bool) -> list[Piece]:
    paragraphs = piece.text.split("\n\n")
    head = paragraphs[: 0 if is_first else UNCHANGED_SHOWN + 1]
    tail = paragraphs[len(paragraphs) if is_last else -UNCHANGED_SHOWN - 1 :]
    left_out = len(paragraphs) - len(head) - len(tail)
    if left_out < 2 or (is_first and is_last):
        return [piece]
    gap = Piece(GAP, f"{left_out} paragraphs without a change")
    before = [Piece(SAME, "\n\n".join(head) + "\n\n")] if head else []
    after = [Piece(SAME, "\n\n" + "\n\n".join(tail))] if tail else []
    return [*before, gap, *after]


def _in_words(name: str, snapshot: dict[str, Any]) -> str:
    value = snapshot.get(name)
    if name == "type":
        return str(ArticleType(value).label) if value in ArticleType.values else ""
    if name == "section":
        return str(Section.objects.filter(pk=value or 0).first() or "")
    if name == "image":
        return str(Image.objects.filter(pk=value or 0).first() or "")
    if name == "authors":
        names = Author.objects.in_bulk(value or ())
        return ", ".join(str(names[pk]) for pk in value or () if pk in names)
    if name == "related":
        return _related_lines(value or ())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _related_lines(entries: Iterable[dict[str, Any]]) -> str:
    entries = list(entries)
    targets = Article.objects.only("headline").in_bulk([entry["target"] for entry in entries if entry["target"]])
    return "\n".join(
        str(targets.get(entry["target"], f"Story {entry['target']}"))
        if entry["target"]
        else " ".join(filter(None, (entry["title"], entry["url"])))
        for entry in entries
    )


def _public_words(edition: Edition) -> dict[str, str]:
    image = edition.image
    return {
        "Headline": edition.headline,
        "Standfirst": edition.standfirst,
        "Byline": " and ".join(byline["name"] for byline in edition.bylines),
        "Dateline": edition.dateline,
        "Section": edition.section.name,
        "Picture": " / ".join(filter(None, (image.alt, image.caption, image.credit))) if image else "",
    }


def _quotes_to_come(article: Article) -> Iterable[Any]:
    return article.quotes.publishable().filter(anchor="kept").order_by("start", "id")


def _quoted(quotes: Iterable[Any]) -> str:
    return "\n".join(f"“{quote.text}” – {quote.speaker_name or quote.speaker_as_written}" for quote in quotes)


def _tags_to_come(article: Article) -> Iterable[Any]:
    return (tag.entity.canonical for tag in article.tags.publishable().select_related("entity__merged_into"))


def _named(entities: Iterable[Any]) -> str:
    """In the order of the alphabet: how salient each is belongs to no comparison of words."""
    return "\n".join(sorted({str(entity) for entity in entities if not entity.is_hidden}))
