"""What the tagger proposes for a story, as cards with their evidence, in the groups that the panel shows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from articles.admin.evidence import Place, places_of_quote, places_of_tag
from articles.admin.quote_form import values_of
from articles.models import Quote, RelatedLink, Tag
from articles.models.tag import Role
from articles.models.verdict import Origin, Verdict
from entities.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article, Revision

SHOWN_PLACES = 3
LABEL_LENGTH = 60


@dataclass(slots=True)
class Card:
    """One proposal with its evidence. `address` is where its verdicts go, with the verdict's name behind."""

    kind: str
    row: Tag | Quote | RelatedLink
    title: str
    places: list[Place] = field(default_factory=list)
    base: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def address(self) -> str:
        return f"{self.base}{self.kind}/{self.row.pk}/"

    @property
    def short_title(self) -> str:
        """For the labels of its buttons; a page of proposals has hundreds of them."""
        return self.title if len(self.title) <= LABEL_LENGTH else self.title[: LABEL_LENGTH - 1].rstrip() + "…"

    @property
    def shown_places(self) -> list[Place]:
        return self.places[:SHOWN_PLACES]

    @property
    def hidden_count(self) -> int:
        return max(0, len(self.places) - SHOWN_PLACES)

    @property
    def is_open(self) -> bool:
        """Whether the machine waits for an answer: undecided, and not public by itself."""
        return self.row.verdict == Verdict.PROPOSED and not getattr(self.row, "is_accepted", False)

    @property
    def is_rejected(self) -> bool:
        return self.row.verdict == Verdict.REJECTED

    @property
    def may_go_with_others(self) -> bool:
        """Whether many may be confirmed at once with it: a quotation only with its speaker and its own words."""
        return self.is_open and (not isinstance(self.row, Quote) or (self.row.is_spoken and self.row.is_kept))

    @property
    def percent(self) -> int:
        score = self.row.confidence if isinstance(self.row, Quote) else self.row.score
        return round(100 * score)

    @property
    def says_when_open(self) -> str:
        """Its state in words while nobody has decided it."""
        if getattr(self.row, "is_accepted", False):
            return "goes out"
        if isinstance(self.row, Tag) and not self.row.is_found:
            return "no longer in the text"
        return f"{self.percent} %"

    @property
    def state(self) -> str:
        return self.says_when_open if self.row.verdict == Verdict.PROPOSED else self.row.get_verdict_display()

    @property
    def mark(self) -> str:
        """Which look its evidence has in the text."""
        if isinstance(self.row, Tag):
            return "country" if self.row.entity.kind == Kind.COUNTRY else "entity"
        return self.kind

    @property
    def is_about(self) -> bool:
        """Whether the story is about it, and does not only mention it."""
        return isinstance(self.row, Tag) and self.row.role == Role.ABOUT

    @property
    def quote_values(self) -> str:
        """What the form of a quotation begins with, as JSON."""
        assert isinstance(self.row, Quote)
        return json.dumps(values_of(self.row), ensure_ascii=False)

    @property
    def circumstances(self) -> list[tuple[str, str]]:
        """Where, when and how it was said, as far as it is known."""
        quote = self.row
        assert isinstance(quote, Quote)
        said_on = f"{quote.said_on:%-d %B %Y}" if quote.said_on else ""
        told = (
            ("Country", str(quote.speaker_country or "")),
            ("Said in", quote.medium),
            ("Place", quote.said_at_place),
            ("Date", said_on),
            ("Source", quote.source_url),
        )
        return [(name, value) for name, value in told if value]

    def as_json(self) -> dict[str, Any]:
        """For the editor: where its evidence stands, and why, place by place."""
        reason = self.row.reason
        return {
            "mark": self.mark,
            "verdict": self.row.verdict,
            "reason": reason[:1].upper() + reason[1:],
            "whys": [place.reason if place.reason != reason else "" for place in self.places],
            "places": [place.as_json() for place in self.places],
        }


@dataclass(slots=True)
class Group:
    """The cards of one sort: those to decide, then the decided ones, then the rejected, which are folded away."""

    name: str
    title: str
    cards: list[Card]

    @property
    def shown(self) -> list[Card]:
        return sorted((card for card in self.cards if not card.is_rejected), key=lambda card: not card.is_open)

    @property
    def rejected(self) -> list[Card]:
        return [card for card in self.cards if card.is_rejected]


class Review:
    """The proposals of one article, which `articles.admin.panel.loaded` has loaded."""

    def __init__(self, article: Article, revision: Revision, base: str) -> None:
        self.article, self.revision, self.base = article, revision, base

    @cached_property
    def groups(self) -> list[Group]:
        tags = [self._tag(tag) for tag in self.article.tags.all()]
        groups = (
            Group("quotes", "Quotations", [self._quote(quote) for quote in self.article.quotes.all()]),
            Group("countries", "Countries", [card for card in tags if card.mark == "country"]),
            Group("entities", "Entities", [card for card in tags if card.mark == "entity"]),
            Group("related", "Related news", list(self._related())),
        )
        return [group for group in groups if group.cards]

    @cached_property
    def cards(self) -> list[Card]:
        return [card for group in self.groups for card in group.cards]

    @property
    def open_count(self) -> int:
        """Proposed tags and quotations, as lists and the board count them; related news holds nothing up."""
        return sum(card.is_open for card in self.cards if card.kind != "related")

    @property
    def has_open(self) -> bool:
        """Whether anything waits for an answer, related news too."""
        return any(card.is_open for card in self.cards)

    def evidence(self) -> dict[str, dict[str, Any]]:
        """For the editor's highlights, by card."""
        return {card.key: card.as_json() for card in self.cards if card.places}

    def _tag(self, tag: Tag) -> Card:
        return Card("tag", tag, str(tag.entity), places_of_tag(tag, self.revision), self.base)

    def _quote(self, quote: Quote) -> Card:
        return Card("quote", quote, quote.text, places_of_quote(quote, self.revision), self.base)

    def _related(self) -> Iterable[Card]:
        for link in self.article.related_links.all():
            if link.origin == Origin.MACHINE:
                yield Card("related", link, str(link), base=self.base)
