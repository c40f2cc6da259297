"""Verb of the clock: put aside the drafts of the wire that nobody has touched for as long as their source says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles import workflow
from articles.models import Article, CommentThread, Quote, RelatedLink, StorylineStory, Tag, Transition
from articles.models.verdict import Origin
from articles.states import PubState, WorkState
from articles.transitions import lock
from newsroom.wire.desk_account import wire_account
from newsroom.wire.drafting import is_untouched
from newsroom.wire.models import WireItem, WireSource

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

AT_ONCE = 200


def spike_untouched_drafts() -> int:
    """At most 200 of each source, the oldest first; how many there were. Each is a transaction of its own."""
    now, account = timezone.now(), wire_account()
    done = 0
    for source in WireSource.objects.exclude(spikes_after_days=None):
        assert source.spikes_after_days is not None
        since = now - timedelta(days=source.spikes_after_days)
        old = _untouched(source, since, by_wire=account)
        for pk in list(old.order_by("changed_at").values_list("pk", flat=True)[:AT_ONCE]):
            done += _spike(pk, source, since, by=account)
    return done


def _untouched(source: WireSource, since: datetime, *, by_wire: User) -> QuerySet[WireItem]:
    """Whatever a person has done with a story is a touch: they would look for it. An embargo keeps it, too."""
    here = {"article": OuterRef("article")}
    people = Transition.objects.exclude(by=by_wire).filter(by__isnull=False, **here)
    judged = [
        model._default_manager.filter(Q(verdict_at__isnull=False) | Q(origin=Origin.PERSON), **here)
        for model in (Tag, Quote, RelatedLink)
    ]
    said = (CommentThread.objects.filter(**here), StorylineStory.objects.filter(**here))
    stories = Article.objects.filter(
        Q(embargo_until=None) | Q(embargo_until__lt=since),
        work_state=WorkState.DRAFT,
        pub_state=PubState.NEVER,
        is_embargoed_indefinitely=False,
        assigned_to=None,
        created_by=None,
        saved_at__lt=since,
    )
    touched = [~Exists(rows) for rows in (people, *judged, *said)]
    return WireItem.objects.filter(
        *touched,
        source=source,
        state=WireItem.State.TAKEN,
        changed_at__lt=since,
        revision=F("article__revision"),
        article__in=stories,
    )


@transaction.atomic
def _spike(pk: int, source: WireSource, since: datetime, *, by: User) -> bool:
    """Asked once more under both locks: somebody may have begun to type, or have done anything else with it."""
    item = WireItem.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk=pk).first()
    if item is None or item.article is None:
        return False
    article = lock(item.article)
    is_old = _untouched(source, since, by_wire=by).filter(pk=pk).exists()
    if not is_old or not is_untouched(item, article):
        return False
    workflow.spike(article, by=by, reason=f"Nobody touched it for {source.spikes_after_days} days.")
    return True
