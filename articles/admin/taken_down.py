"""What the editing page says above a story that was killed or withdrawn: when, by whom, and what is known since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Article, Change, Transition
from articles.public_notation import absolute
from articles.states import PubState

if TYPE_CHECKING:
    from articles.models import Edition

VERBS = {
    PubState.KILLED: ("kill",),
    PubState.WITHDRAWN: ("withdraw", "unpublish_due"),
}


@dataclass(frozen=True, slots=True)
class TakenDown:
    """The transition that took it down, and the change by which partners learn of it."""

    transition: Transition
    change: Change
    edition: Edition

    @property
    def is_kill(self) -> bool:
        return self.change.kind == Change.Kind.KILL

    @property
    def address(self) -> str:
        return absolute(self.edition.get_absolute_url())


def taken_down(article: Article) -> TakenDown | None:
    """None for a story that is not killed and not withdrawn, without a question to the database."""
    verbs = VERBS.get(PubState(article.pub_state))
    if verbs is None or article.edition is None:
        return None
    transition = article.transitions.select_related("by").filter(verb__in=verbs).order_by("-id").first()
    change = article.changes.filter(action=Change.Action.REMOVE).order_by("-id").first()
    return TakenDown(transition, change, article.edition) if transition and change else None
