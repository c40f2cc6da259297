"""Work is found, not remembered: whatever no message came through for, the clock finds in the rows."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles import publishing, purging, reminders, scheduled_updates, sittings, term_frequencies
from articles.models import Article, ErrorReport, Heartbeat, Notification, Representation, TaggingRun
from articles.neighbours import try_lock_with_neighbours
from articles.notifications import notify
from articles.pictures import rendering
from articles.related_titles import link_arrived_titles, with_arrived_titles
from articles.states import PubState, Refused
from articles.term_table import make_up_terms, without_terms
from entities.models import Entity

logger = logging.getLogger(__name__)

# A run that began this long ago and has not finished was cut short.
LEASE = timedelta(seconds=90)
# A revision this young still has its own message under way.
GRACE = timedelta(seconds=15)
# What is built reads the rows of its pictures and entities some time before it says when it was built, and another
# transaction that has changed one may not be over: after so long, which no request and no task takes for it, all of
# them are.
SETTLED = timedelta(seconds=30)
BATCH = 200
CHANGED_LATELY = timedelta(days=2)
ADVISORY_CLASS = 5_051
# The sweep runs every few seconds; without one for this long, schedules are not kept.
SILENCE = timedelta(minutes=2)
# Seconds for which a round goes on asking for a database that is away, and between two questions. Less than the clock's
# period: then the next round asks.
PATIENCE = 15.0
PAUSE = 1.0


def sweep_through_outage() -> None:
    """One round, begun anew where the database goes away meanwhile or is just coming back.

    Otherwise each outage, however short, would cost what is due a whole period of the clock.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return sweep()
        except (OperationalError, InterfaceError):
            if not _is_database_away() or time.monotonic() > deadline:
                raise
        connection.close()
        time.sleep(PAUSE)


def sweep() -> None:
    """One round. Safe to run at any time, and by two workers at once."""
    publish_what_is_due()
    update_what_is_due()
    withdraw_what_has_ended()
    refresh_what_shows_changed_entities()
    refresh_what_shows_expired_pictures()
    make_up_missing_heads()
    make_up_missing_terms()
    link_titles_that_have_arrived(newest_only=True)
    sittings.forget_the_silent()
    if term_frequencies.is_refresh_due():
        current_app.send_task("articles.refresh_related_news", args=[])
    for revision_id in list(untagged_revision_ids()[:BATCH]):
        current_app.send_task("articles.tag_revision", args=[revision_id])
    if purging.is_behind():
        current_app.send_task(purging.TASK, args=[])
    if rendering.is_due():
        current_app.send_task(rendering.TASK, args=[])
    rendering.forget_replaced()
    reminders.remind()
    reminders.mail_what_was_not_sent()
    reminders.forget_old_notifications()
    ErrorReport.objects.forget_senders()
    Heartbeat.beat(Heartbeat.SWEEP)


def refresh_related_news() -> None:
    """Once a night: count how common each term is, and look for the stories of all imported titles."""
    term_frequencies.refresh()
    link_titles_that_have_arrived(newest_only=False)


def last_round() -> datetime | None:
    """When the newsroom's clock last went its round, if ever."""
    return Heartbeat.last(Heartbeat.SWEEP)


def is_clock_running() -> bool:
    """Whether the newsroom's clock has gone its round lately, so that schedules are kept."""
    last = last_round()
    return last is not None and timezone.now() - last < SILENCE


def untagged_revision_ids(*, grace: timedelta = GRACE, lease: timedelta = LEASE) -> QuerySet[Article, Any]:
    """Newest revisions without a finished run: never begun, cut short, or failed and worth another try."""
    now = timezone.now()
    runs = TaggingRun.objects.filter(revision=OuterRef("revision_id"))
    done = runs.filter(
        Q(status__in=(TaggingRun.Status.FINISHED, TaggingRun.Status.FAILED))
        | Q(status=TaggingRun.Status.RUNNING, started_at__gt=now - lease)
    )
    return (
        Article.objects.filter(revision__created_at__lt=now - grace)
        .exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED))
        .filter(~Exists(done))
        .order_by(F("revision__created_at").asc())
        .values_list("revision_id", flat=True)
    )


def refresh_what_shows_changed_entities() -> int:
    """Build live stories anew whose countries or entities were renamed, merged or hidden since."""
    live = Representation.objects.filter(status=Representation.Status.LIVE)
    tagged = live.filter(_has_changed("edition__tags__entity"))
    spoken = live.filter(_has_changed("edition__quotes__speaker_entity"))
    stale = Q(representation__in=tagged) | Q(representation__in=spoken)
    return _each(Article.objects.filter(stale).order_by("pk")[:BATCH], publishing.refresh)


def _has_changed(entity: str) -> Q:
    """An entity, or the one that it was merged into and is shown as."""
    lately = timezone.now() - CHANGED_LATELY
    recent = Entity.objects.filter(Q(updated_at__gte=lately) | Q(merged_into__updated_at__gte=lately))
    since = _changed_since_built(f"{entity}__updated_at") | _changed_since_built(f"{entity}__merged_into__updated_at")
    return Q(**{f"{entity}__in": recent}) & since


def refresh_what_shows_expired_pictures() -> int:
    """Build live stories anew whose pictures' rights have ended, or whose credit, rights or renditions were changed
    since.

    An expired picture above the story leaves its representation, so that nothing is left to do; one in the text
    is found by the day of the last build.
    """
    today = timezone.localdate()
    above = Q(image__expires_on__lt=today) | _changed_since_built("edition__image__changed_at")
    in_text = _changed_since_built("edition__pictures__image__changed_at") | Q(
        edition__pictures__image__expires_on__lt=today,
        edition__pictures__image__expires_on__gte=F("built_at__date"),
    )
    stale = Representation.objects.filter(above | in_text, status=Representation.Status.LIVE)
    return _each(Article.objects.filter(representation__in=stale).order_by("pk")[:BATCH], publishing.refresh)


def _changed_since_built(changed_at: str) -> Q:
    """Changed after the representation was built; or so shortly before that its building may have read what was there
    earlier, which is looked at once more as soon as all is settled."""
    just_before = Q(**{f"{changed_at}__gt": F("built_at") - SETTLED}, built_at__lt=timezone.now() - SETTLED)
    return Q(**{f"{changed_at}__gt": F("built_at")}) | just_before


def make_up_missing_heads() -> int:
    """Build live stories anew that were published before their pages said anything to search engines."""
    headless = Article.objects.filter(representation__status=Representation.Status.LIVE, representation__head="")
    return _each(headless.order_by("pk")[:BATCH], publishing.refresh)


def make_up_missing_terms() -> int:
    """Write the terms of live stories that related news cannot find: published before there were any."""
    return _each(without_terms()[:BATCH], make_up_terms)


def link_titles_that_have_arrived(*, newest_only: bool) -> int:
    """Link imported titles under Related News to stories that were published since."""
    return _each(with_arrived_titles(newest_only=newest_only)[:BATCH], link_arrived_titles)


def publish_what_is_due() -> int:
    due = Article.objects.filter(pub_state=PubState.SCHEDULED, publish_at__lte=timezone.now())
    return _each(due.order_by("publish_at", "pk"), publishing.publish_due, is_ours=try_lock_with_neighbours)


def update_what_is_due() -> int:
    due = Article.objects.filter(pub_state=PubState.LIVE, update_at__lte=timezone.now())
    return _each(due.order_by("update_at", "pk"), scheduled_updates.update_due, is_ours=try_lock_with_neighbours)


def withdraw_what_has_ended() -> int:
    ended = Article.objects.filter(pub_state=PubState.LIVE, unpublish_at__lte=timezone.now())
    return _each(ended.order_by("unpublish_at", "pk"), publishing.unpublish_due, is_ours=try_lock_with_neighbours)


def _each(
    articles: Iterable[Article],
    verb: Callable[[Article], object],
    *,
    is_ours: Callable[[Article], bool] | None = None,
) -> int:
    """Use the verb on each in a transaction of its own; one that is refused does not hold up the others.

    What somebody else is at just now is left to the next round.
    """
    done = 0
    is_ours = is_ours or _is_ours_to_do
    for article in articles:
        try:
            with transaction.atomic():
                if not is_ours(article):
                    continue
                verb(article)
        except Refused as refusal:
            logger.warning("Not done by the clock: %s", refusal.message)
            _tell(article, refusal.message)
        except Exception:
            # Whatever is wrong with this one story must not keep the clock from the others.
            logger.exception("The clock failed on article %s", article.pk)
        else:
            done += 1
    return done


def _tell(article: Article, message: str) -> None:
    """Tell who scheduled a story or its new version, once, why the clock could not do it."""
    told = article.scheduled_by or article.update_by
    known = Notification.objects.filter(user=told, article=article, message=message[:500])
    if told is not None and not known.exists():
        notify([told], article, message, kind=Notification.Kind.NOT_DONE)


def _is_database_away() -> bool:
    """Whether the connection is broken, or there is none: what else went wrong is no better a second later."""
    return connection.connection is None or not connection.is_usable()


def _is_ours_to_do(article: Article) -> bool:
    """Whether no other worker is at this article just now; what each verb locks is its own affair."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [ADVISORY_CLASS, article.pk % 2**31])
        return bool(cursor.fetchone()[0])
