"""What the panel beside the text shows: states, verbs, publish checks, and the tagger's proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from articles import naming
from articles.admin.alias_rule import may_rule
from articles.admin.plan import PlanCard
from articles.admin.review import Review
from articles.assignment import may_arrange
from articles.models import Article, NewName, Quote, RelatedLink, ReportedFact, Sighting, Tag, TaggingRun
from articles.models.verdict import Verdict
from articles.page_stamp import COLUMNS, TAGGING, stamp_of, with_decided
from articles.publish_checks import PublishChecks, publish_checks
from articles.roles import may_decide
from articles.states import PubState, WorkState
from articles.transitions import ONE_PRESS, allowed_verbs, one_press_verbs, rule_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

SIMPLE = frozenset({"submit", "recall", "approve", "publish", "deschedule", "unspike", *ONE_PRESS}) - {
    "approve_and_correct"
}
# The first of these that is allowed is the button that stands out.
FOREMOST = ("publish_minor_update", "submit", "approve_and_publish", "approve", "publish", "publish_update", "unspike")
GRAVE = frozenset({"spike", "withdraw", "kill"})
# These stand in the schedule's own part of the panel.
OF_THE_PLAN = frozenset({"plan", "schedule", "deschedule"})
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


class Panel:
    """The panel of one article, loaded by `loaded`, as one person sees it."""

    def __init__(self, article: Article, by: AbstractUser) -> None:
        self.article = article
        self.by = by
        assert article.revision is not None
        self.revision = article.revision
        self.may_decide = may_decide(article, by) and article.pub_state != PubState.KILLED

    @property
    def may_arrange(self) -> bool:
        """Whether the person may say who writes the story, by when and how soon."""
        return may_arrange(self.by) and not self.article.is_closed

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
        """Differs whenever the panel would show something else after a task, a save, a verb or a verdict."""
        tagged_at = getattr(getattr(self.revision, "tagging_run", None), "finished_at", None)
        row = {name: getattr(self.article, name) for name in COLUMNS}
        return stamp_of(row | dict(zip(TAGGING, (self.tagging, tagged_at), strict=True)))

    @cached_property
    def review(self) -> Review:
        return Review(self.article, self.revision, self.proposals_address)

    @cached_property
    def proposals_address(self) -> str:
        """Where verdicts on the story's proposals go."""
        return reverse("admin:articles_article_panel", args=[self.article.pk]).removesuffix("panel/") + "proposals/"

    @property
    def open_count(self) -> int:
        return self.review.open_count

    @property
    def may_rule(self) -> bool:
        """Whether the person may say for all stories how a name is read."""
        return may_rule(self.by)

    @property
    def may_name(self) -> bool:
        """Whether the person may make entities of new names."""
        return naming.may_decide(self.by)

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
        shown = [verb for verb in (*one_press, *plain) if verb not in OF_THE_PLAN]
        return [Press(verb, rule_of(verb).says, verb in SIMPLE, verb in GRAVE) for verb in shown]

    @property
    def slip(self) -> Press | None:
        """The one press for a slip in a live story, shown as soon as something is typed that readers have not got."""
        verb = "publish_minor_update"
        if self._has_news(verb) or verb not in one_press_verbs(self.article, by=self.by):
            return None
        return Press(verb, rule_of(verb).says, is_simple=True, is_grave=False)

    @cached_property
    def plan(self) -> PlanCard:
        return PlanCard(self.article, self.by)

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
        return self.review.evidence()

    def _has_news(self, verb: str) -> bool:
        """Publishing an update, or working towards one, makes sense when readers have not got this version yet."""
        if verb not in ("publish_minor_update", "publish_update", "submit"):
            return True
        edition = self.article.edition
        if edition is None or not self.article.is_live or edition.revision_id != self.article.revision_id:
            return True
        judged = (*self.article.tags.all(), *self.article.quotes.all(), *self.article.related_links.all())
        return any(row.verdict_at is not None and row.verdict_at > edition.created_at for row in judged)


def loaded(pk: int | str, *, articles: QuerySet[Article] | None = None) -> Article:
    """An article with everything that the page and the panel show, in a fixed number of queries. `articles` may be
    annotated with what else is asked for in the same.

    Raises:
        Article.DoesNotExist
    """
    tags = Tag.objects.select_related("entity__country__entity", "verdict_by").prefetch_related("mentions")
    quotes = Quote.objects.select_related("speaker_entity", "speaker_country__entity", "verdict_by")
    links: Iterable[RelatedLink] = RelatedLink.objects.select_related("target", "verdict_by")
    sightings = Sighting.objects.select_related("new_name").order_by("-count", "new_name__name")
    return (
        with_decided(Article.objects.all() if articles is None else articles)
        .select_related(
            *("section", "image", "edition", "revision__tagging_run", "revision__created_by"),
            *("assigned_to", "created_by", "scheduled_by", "update_by"),
        )
        .prefetch_related(
            "bylines",
            Prefetch("tags", tags),
            Prefetch("quotes", quotes),
            Prefetch("related_links", links),
            Prefetch("sightings", sightings),
        )
        .annotate(has_facts=Exists(ReportedFact.objects.filter(article=OuterRef("pk"))))
        .get(pk=pk)
    )


def for_saving(pk: int | str) -> Article:
    """An article with no more than the form compares.

    Raises:
        Article.DoesNotExist
    """
    return Article.objects.prefetch_related("bylines", "related_links__target").get(pk=pk)
