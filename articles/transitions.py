"""The table of verbs: which states each takes an article from and to, and who may use it.

Every verb begins with `begin`, which locks the row and asks this table, and ends with `finish`, which
writes the row and its Transition. What a verb asks beyond state and person stands in the verb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Article, Transition
from articles.notifications import tell_of
from articles.roles import has_permission, is_own, is_own_draft, is_own_or_assigned, may_edit
from articles.states import GuardFailed, NotAllowed, PubState, WorkState, WrongState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models import Edition

ANY_WORK = frozenset(WorkState)
WORKABLE = frozenset({PubState.NEVER, PubState.LIVE, PubState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. `permission` is enough for every story, `own_permission` for those that `whose` says.

    An empty `permission` means that only the newsroom's clock uses the verb; `by_clock`, that it may use it too
    once a new version is due. A verb that says nothing has no button of its own.
    """

    work_from: frozenset[WorkState]
    pub_from: frozenset[PubState]
    permission: str = ""
    own_permission: str = ""
    says: str = ""
    whose: Callable[[Article, User], bool] = is_own_or_assigned
    by_clock: bool = False

    def fits(self, article: Article) -> bool:
        """Whether the verb starts from the states that the article is in."""
        return article.work_state in self.work_from and article.pub_state in self.pub_from


RULES: dict[str, Rule] = {
    "submit": Rule(
        frozenset({WorkState.DRAFT, WorkState.CHANGES_REQUESTED}),
        WORKABLE,
        "review_article",
        "submit_article",
        says="Submit for review",
    ),
    "recall": Rule(
        frozenset({WorkState.IN_REVIEW}),
        WORKABLE,
        "review_article",
        "submit_article",
        says="Take back from review",
        whose=is_own,
    ),
    "request_changes": Rule(
        frozenset({WorkState.IN_REVIEW, WorkState.APPROVED}),
        WORKABLE | {PubState.SCHEDULED},
        "review_article",
        says="Request changes",
    ),
    "approve": Rule(frozenset({WorkState.IN_REVIEW}), WORKABLE, "review_article", says="Approve"),
    "reopen": Rule(
        frozenset({WorkState.APPROVED}),
        WORKABLE | {PubState.SCHEDULED},
        "edit_any_article",
        "write_article",
        whose=is_own,
    ),
    "publish": Rule(
        frozenset({WorkState.APPROVED}),
        frozenset({PubState.NEVER, PubState.WITHDRAWN}),
        "publish_article",
        says="Publish",
    ),
    "schedule": Rule(
        frozenset({WorkState.APPROVED}),
        frozenset({PubState.NEVER, PubState.WITHDRAWN}),
        "publish_article",
        says="Schedule",
    ),
    "deschedule": Rule(
        frozenset({WorkState.APPROVED}),
        frozenset({PubState.SCHEDULED}),
        "publish_article",
        says="Take off the schedule",
    ),
    "publish_due": Rule(frozenset({WorkState.APPROVED}), frozenset({PubState.SCHEDULED})),
    "unpublish_due": Rule(ANY_WORK, frozenset({PubState.LIVE})),
    "publish_update": Rule(
        frozenset({WorkState.APPROVED}),
        frozenset({PubState.LIVE}),
        "publish_article",
        says="Publish the new version",
        by_clock=True,
    ),
    "schedule_update": Rule(frozenset({WorkState.APPROVED}), frozenset({PubState.LIVE}), "publish_article"),
    "deschedule_update": Rule(frozenset({WorkState.APPROVED}), frozenset({PubState.LIVE}), "publish_article"),
    "plan_withdrawal": Rule(ANY_WORK, frozenset({PubState.SCHEDULED, PubState.LIVE}), "publish_article"),
    "correct": Rule(
        frozenset({WorkState.APPROVED}),
        frozenset({PubState.LIVE}),
        "publish_article",
        says="Publish a correction",
        by_clock=True,
    ),
    "withdraw": Rule(ANY_WORK, frozenset({PubState.LIVE}), "publish_article", says="Withdraw"),
    "kill": Rule(ANY_WORK, frozenset({PubState.LIVE, PubState.WITHDRAWN}), "kill_article", says="Kill"),
    "spike": Rule(
        ANY_WORK,
        frozenset({PubState.NEVER, PubState.SCHEDULED}),
        "spike_any_article",
        "spike_article",
        says="Spike",
        whose=is_own_draft,
    ),
    "unspike": Rule(
        ANY_WORK,
        frozenset({PubState.SPIKED}),
        "spike_any_article",
        "spike_article",
        says="Bring back from the spike",
        whose=is_own_draft,
    ),
}


@dataclass(frozen=True, slots=True)
class State:
    work: str
    pub: str


BESIDE = ("revision", "section", "image")


def lock(article: Article) -> Article:
    """A fresh copy of the row, locked to the end of the transaction, with what nearly every verb reads beside it;
    foreign keys to it stay free."""
    beside = Article.objects.select_related(*BESIDE)
    locked = beside.select_for_update(no_key=True, of=("self",)).get(pk=article.pk)
    for name in BESIDE:
        # Where the lock was waited for, the row is the newest, but what was joined to it is of before: PostgreSQL then
        # finds nothing to a key that was changed meanwhile. It is read when it is asked for.
        if getattr(locked, f"{name}_id") is not None and getattr(locked, name) is None:
            Article._meta.get_field(name).delete_cached_value(locked)  # type: ignore[union-attr]
    return locked


def state_of(article: Article) -> State:
    return State(article.work_state, article.pub_state)


def begin(article: Article, verb: str, *, by: User | None) -> tuple[Article, State]:
    """Lock the article and ask whether this verb may be used on it now, by this person.

    Raises:
        WrongState: the article's state is not one the verb starts from.
        NotAllowed: the person has no permission for it; `by` None stands for the newsroom's clock.
    """
    locked = lock(article)
    require_state(locked, verb)
    if by is None:
        require_clock(locked, verb)
    else:
        require_person(locked, verb, by=by)
    return locked, state_of(locked)


def require_state(article: Article, verb: str) -> None:
    if not rule_of(verb).fits(article):
        raise WrongState(
            f"“{article}” cannot be changed by “{_name(verb)}” now: it is {article.get_work_state_display()} and "
            f"{article.get_pub_state_display()}. Reload the page to see what can be done."
        )


def require_clock(article: Article, verb: str) -> None:
    rule = rule_of(verb)
    if rule.permission and not (rule.by_clock and article.is_update_due):
        raise NotAllowed(f"The newsroom’s clock may not use “{_name(verb)}” on “{article}”: a person must.")


def require_person(article: Article, verb: str, *, by: User) -> None:
    if not is_permitted(article, verb, by=by):
        raise NotAllowed(f"You may not use “{_name(verb)}” on “{article}”: ask an editor or the chief.")


def require_approved(article: Article) -> None:
    """An approval is bound to one revision."""
    if article.approved_revision_id != article.revision_id:
        raise GuardFailed(f"The approval of “{article}” is for an earlier version: have the newest one approved.")


def is_permitted(article: Article, verb: str, *, by: User) -> bool:
    rule = rule_of(verb)
    if rule.permission and has_permission(by, rule.permission):
        return True
    return bool(rule.own_permission and has_permission(by, rule.own_permission) and rule.whose(article, by))


def allowed_verbs(article: Article, *, by: User) -> list[str]:
    """The verbs that state and person permit now, in the order of the table; guards are asked by the verb."""
    return [
        verb for verb, rule in RULES.items() if rule.says and rule.fits(article) and is_permitted(article, verb, by=by)
    ]


# Combinations for one person who may do all of it; each is one transaction with all its Transition rows. A plan is
# asked part by part by the verbs that it is made of.
ONE_PRESS: dict[str, Rule] = {
    "approve_and_publish": Rule(
        frozenset({WorkState.IN_REVIEW}),
        frozenset({PubState.NEVER, PubState.WITHDRAWN}),
        "publish_article",
        says="Approve and publish",
    ),
    "publish_minor_update": Rule(ANY_WORK, frozenset({PubState.LIVE}), "publish_article", says="Publish minor update"),
    "approve_and_correct": Rule(
        frozenset({WorkState.DRAFT, WorkState.CHANGES_REQUESTED, WorkState.IN_REVIEW}),
        frozenset({PubState.LIVE}),
        "publish_article",
        says="Approve and correct",
    ),
    "plan": Rule(
        ANY_WORK,
        WORKABLE | {PubState.SCHEDULED},
        "publish_article",
        "write_article",
        says="Schedule and embargo",
        whose=may_edit,
    ),
}


def one_press_verbs(article: Article, *, by: User) -> list[str]:
    """The combinations of `ONE_PRESS` that state and person permit now."""
    return [verb for verb, rule in ONE_PRESS.items() if rule.fits(article) and is_permitted(article, verb, by=by)]


def finish(
    article: Article,
    verb: str,
    before: State,
    *,
    by: User | None,
    fields: Iterable[str],
    reason: str = "",
    edition: Edition | None = None,
) -> Transition:
    """Write the named fields and both states of the article, and the row of the audit trail; tell its people."""
    article.save(update_fields=["work_state", "pub_state", *fields])
    transition = Transition.objects.create(
        article=article,
        verb=verb,
        work_from=before.work,
        work_to=article.work_state,
        pub_from=before.pub,
        pub_to=article.pub_state,
        reason=reason,
        revision_id=article.revision_id,
        edition=edition,
        by=by,
    )
    tell_of(transition, article)
    return transition


def rule_of(verb: str) -> Rule:
    return RULES.get(verb) or ONE_PRESS[verb]


def _name(verb: str) -> str:
    return rule_of(verb).says or verb.replace("_", " ")
