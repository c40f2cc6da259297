"""What the panel beside the text shows: states, verbs, publish checks, and the tagger's proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from articles.admin.evidence import Place, places_of_quote, places_of_tag
from articles.admin.forms import SpeakerForm
from articles.models import Article, NewName, Quote, RelatedLink, Sighting, Tag, TaggingRun
from articles.models.verdict import Origin, Verdict
from articles.publish_checks import PublishChecks, publish_checks
from articles.roles import may_decide
from articles.states import PubState, WorkState
from articles.transitions import ONE_PRESS, RULES, allowed_verbs, one_press_verbs
from entities.models import Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

SIMPLE = frozenset({"submit", "recall", "approve", "publish", "deschedule", "unspike", *ONE_PRESS}) - {
    "approve_and_correct"
}
# The first of these that is allowed is the button that stands out.
FOREMOST = ("publish_minor_update", "submit", "approve_and_publish", "approve", "publish", "publish_update", "unspike")
GRAVE = frozenset({"spike", "withdraw", "kill"})
SHOWN_PLACES = 3
SHOWN_NEW_NAMES = 30

TONES = {
    WorkState.DRAFT: "neutral",
    WorkState.IN_REVIEW: "notice",
    WorkState.CHANGES_REQUESTED: "caution",
    WorkState.APPROVED: "good",
    PubState.NEVER: "neutral",
    PubState.SCHEDULED: "waiting",
    PubState.LIVE: "good",
    PubState.WITHDRAWN: "caution",
    PubState.KILLED: "danger",
    PubState.SPIKED: "danger",
}


@dataclass(frozen=True, slots=True)
class Press:
    """A verb as a button (`is_simple`) or as a link to the page that asks for words."""

    verb: str
    says: str
    is_simple: bool
    is_grave: bool


@dataclass(slots=True)
class Card:
    """One proposal with its evidence."""

    kind: str
    row: Tag | Quote | RelatedLink
    title: str
    places: list[Place] = field(default_factory=list)
    speaker_form: SpeakerForm | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

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
    def percent(self) -> int:
        score = self.row.confidence if isinstance(self.row, Quote) else self.row.score
        return round(100 * score)

    @property
    def mark(self) -> str:
        """Which colour its evidence has in the text."""
        if isinstance(self.row, Tag):
            return "country" if self.row.entity.kind == Kind.COUNTRY else "entity"
        return self.kind


class Panel:
    """The panel of one article, loaded by `loaded`, as one person sees it."""

    def __init__(self, article: Article, by: AbstractUser) -> None:
        self.article = article
        self.by = by
        assert article.revision is not None
        self.revision = article.revision
        self.may_decide = may_decide(article, by) and article.pub_state != PubState.KILLED

    @cached_property
    def tagging(self) -> str:
        """waiting, running, finished or failed: of the newest revision."""
        run: TaggingRun | None = getattr(self.revision, "tagging_run", None)
        return run.status if run else "waiting"

    @property
    def is_tagging(self) -> bool:
        return self.tagging in ("waiting", TaggingRun.Status.RUNNING)

    @property
    def stamp(self) -> str:
        """Differs whenever the panel would show something else after a task, a save or a verb."""
        return stamp_of(
            self.article.lock_version,
            self.article.work_state,
            self.article.pub_state,
            self.article.version,
            self.tagging,
        )

    @cached_property
    def cards(self) -> list[Card]:
        return [*self.countries, *self.entities, *self.quotes, *self.related]

    @cached_property
    def tags(self) -> list[Card]:
        return [Card("tag", tag, str(tag.entity), places_of_tag(tag, self.revision)) for tag in self.article.tags.all()]

    @cached_property
    def countries(self) -> list[Card]:
        return [card for card in self.tags if card.mark == "country"]

    @cached_property
    def entities(self) -> list[Card]:
        return [card for card in self.tags if card.mark == "entity"]

    @cached_property
    def quotes(self) -> list[Card]:
        return [
            Card(
                "quote",
                quote,
                quote.text,
                places_of_quote(quote, self.revision),
                SpeakerForm(instance=quote, auto_id=f"quote-{quote.pk}-%s"),
            )
            for quote in self.article.quotes.all()
        ]

    @cached_property
    def related(self) -> list[Card]:
        return [
            Card("related", link, str(link))
            for link in self.article.related_links.all()
            if link.origin == Origin.MACHINE
        ]

    @cached_property
    def speakers(self) -> list[str]:
        """Names to offer where a speaker is corrected: of this story's quotes, and its people and bodies."""
        names = [card.row.speaker_name for card in self.quotes if isinstance(card.row, Quote)]
        names += [card.title for card in self.entities]
        return sorted({name for name in names if name})

    @property
    def open_count(self) -> int:
        return sum(card.is_open for card in self.cards)

    @cached_property
    def checks(self) -> PublishChecks:
        return publish_checks(self.article)

    @cached_property
    def new_names(self) -> list[NewName]:
        """Names of the story that the gazetteer lacks and nobody has decided."""
        names = [sighting.new_name for sighting in self.article.sightings.all()]
        return [name for name in names if name.verdict == Verdict.PROPOSED]

    @property
    def shown_new_names(self) -> list[NewName]:
        return self.new_names[:SHOWN_NEW_NAMES]

    @property
    def hidden_new_names(self) -> int:
        return len(self.new_names) - len(self.shown_new_names)

    @cached_property
    def presses(self) -> list[Press]:
        one_press = [verb for verb in one_press_verbs(self.article, by=self.by) if self._has_news(verb)]
        plain = [verb for verb in allowed_verbs(self.article, by=self.by) if self._has_news(verb)]
        return [
            Press(verb, ONE_PRESS.get(verb) or RULES[verb].says, verb in SIMPLE, verb in GRAVE)
            for verb in (*one_press, *plain)
        ]

    @cached_property
    def foremost(self) -> Press | None:
        allowed = {press.verb: press for press in self.presses}
        return next((allowed[verb] for verb in FOREMOST if verb in allowed), None)

    @property
    def further(self) -> list[Press]:
        return [press for press in self.presses if press != self.foremost and not press.is_grave]

    @property
    def grave(self) -> list[Press]:
        return [press for press in self.presses if press.is_grave]

    def evidence(self) -> dict[str, dict[str, Any]]:
        """Spans for the editor's highlights, by card."""
        return {
            card.key: {"mark": card.mark, "verdict": card.row.verdict, "places": [p.as_json() for p in card.places]}
            for card in self.cards
            if card.places
        }

    def _has_news(self, verb: str) -> bool:
        """Publishing an update, or working towards one, makes sense when readers have not got this version yet."""
        if verb not in ("publish_minor_update", "publish_update", "submit"):
            return True
        edition = self.article.edition
        if edition is None or not self.article.is_live or edition.revision_id != self.article.revision_id:
            return True
        judged = (*self.article.tags.all(), *self.article.quotes.all(), *self.article.related_links.all())
        return any(row.verdict_at is not None and row.verdict_at > edition.created_at for row in judged)


def stamp_of(*parts: object) -> str:
    return "-".join(str(part) for part in parts)


def loaded(pk: int | str) -> Article:
    """An article with everything that the page and the panel show, in a fixed number of queries.

    Raises:
        Article.DoesNotExist
    """
    tags = Tag.objects.select_related("entity", "verdict_by").prefetch_related("mentions")
    quotes = Quote.objects.select_related("speaker_entity", "verdict_by")
    links: Iterable[RelatedLink] = RelatedLink.objects.select_related("target", "verdict_by")
    sightings = Sighting.objects.select_related("new_name").order_by("-count", "new_name__name")
    return (
        Article.objects.select_related(
            "section", "image", "edition", "revision__tagging_run", "revision__created_by", "assigned_to", "created_by"
        )
        .prefetch_related(
            "bylines",
            Prefetch("tags", tags),
            Prefetch("quotes", quotes),
            Prefetch("related_links", links),
            Prefetch("sightings", sightings),
        )
        .get(pk=pk)
    )


def for_saving(pk: int | str) -> Article:
    """An article with no more than the form compares.

    Raises:
        Article.DoesNotExist
    """
    return Article.objects.prefetch_related("bylines", "related_links__target").get(pk=pk)
