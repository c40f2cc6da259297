"""Verb: set in one go when a story goes out, is renewed and ends, and what embargo binds it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db import transaction

from articles import embargoes, publishing, scheduled_updates
from articles.models import Article
from articles.roles import may_edit
from articles.states import PubState
from articles.transitions import begin, is_permitted, lock, rule_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Plan(TypedDict, total=False):
    """What may be planned; absent keys stay as they are. A time that is None takes the entry off."""

    embargo_until: datetime | None
    is_embargoed_indefinitely: bool
    embargo_note: str
    publish_at: datetime | None
    unpublish_at: datetime | None
    update_at: datetime | None
    update_kind: str
    update_notice: str
    update_notice_kind: str
    update_position: str


UPDATE_ARGUMENTS = {
    "update_at": "at",
    "update_kind": "kind",
    "update_notice": "notice",
    "update_notice_kind": "notice_kind",
    "update_position": "position",
}


def open_parts(article: Article, *, by: User) -> frozenset[str]:
    """What of the plan this person may change now: embargo, publication, end, update."""
    is_public = article.pub_state == PubState.LIVE
    has_news = article.edition is not None and article.edition.revision_id != article.revision_id
    may = {
        "embargo": may_edit(article, by) and not is_public and not article.is_closed,
        "publication": _may(article, "schedule", by) or _may(article, "deschedule", by),
        "end": _may(article, "schedule", by) or _may(article, "plan_withdrawal", by),
        "update": _may(article, "schedule_update", by) and (has_news or article.update_at is not None),
    }
    return frozenset(part for part, is_open in may.items() if is_open)


def _may(article: Article, verb: str, by: User) -> bool:
    return rule_of(verb).fits(article) and is_permitted(article, verb, by=by)


@transaction.atomic
def change_plan(
    article: Article, *, by: User, reason: str = "", publish_now: bool = False, **wanted: Unpack[Plan]
) -> bool:
    """Bring an article's plan to what is wanted, each difference by its own verb, all of them or none.

    True where anything was done. `reason` is kept where an embargo is lifted, and with a publication now.

    Raises:
        Refused: whatever the verb of a difference says.
    """
    begin(article, "plan", by=by)
    seen = article.transitions.count()
    _change_embargo(article, by=by, reason=reason, wanted=wanted)
    if publish_now:
        _publish_now(article, by=by, reason=reason, wanted=wanted)
    else:
        _change_publication(article, by=by, wanted=wanted)
    _change_update(article, by=by, wanted=wanted)
    return article.transitions.count() > seen


def _change_embargo(article: Article, *, by: User, reason: str, wanted: Plan) -> None:
    if "embargo_until" not in wanted:
        return
    embargoes.set_embargo(
        article,
        by=by,
        until=wanted["embargo_until"],
        is_indefinite=wanted.get("is_embargoed_indefinitely", False),
        note=wanted.get("embargo_note", ""),
        reason=reason,
    )


def _publish_now(article: Article, *, by: User, reason: str, wanted: Plan) -> None:
    locked = lock(article)
    ends_at = wanted.get("unpublish_at", locked.unpublish_at)
    if locked.pub_state == PubState.SCHEDULED:
        publishing.deschedule(locked, by=by)
    publishing.publish(locked, by=by, reason=reason, unpublish_at=ends_at)


def _change_publication(article: Article, *, by: User, wanted: Plan) -> None:
    locked = lock(article)
    ends_at = wanted.get("unpublish_at", locked.unpublish_at)
    if "publish_at" in wanted and wanted["publish_at"] != locked.publish_at:
        if locked.pub_state == PubState.SCHEDULED:
            publishing.deschedule(locked, by=by)
        if wanted["publish_at"] is not None:
            publishing.schedule(locked, by=by, publish_at=wanted["publish_at"], unpublish_at=ends_at)
    elif ends_at != locked.unpublish_at:
        scheduled_updates.plan_withdrawal(locked, by=by, at=ends_at)


def _change_update(article: Article, *, by: User, wanted: Plan) -> None:
    locked = lock(article)
    update: dict[str, Any] = {name: value for name, value in wanted.items() if name in UPDATE_ARGUMENTS}
    if not update or all(getattr(locked, name) == value for name, value in update.items()):
        return
    if update.get("update_at") is None:
        if locked.update_at is not None:
            scheduled_updates.deschedule_update(locked, by=by)
        return
    scheduled_updates.schedule_update(
        locked, by=by, **{UPDATE_ARGUMENTS[name]: value for name, value in update.items()}
    )
