"""Doors of the worker: fetch, call a verb, nothing else. Tasks take ids and may run twice."""

from __future__ import annotations

from celery import shared_task

from articles import mailing, proposing, purging, retagging, sweeping
from articles.pictures import rendering


@shared_task(name="articles.tag_revision")
def tag_revision(revision_id: int) -> None:
    """Propose countries, entities, quotes and related news for a revision, if it is still the newest."""
    proposing.suggest(revision_id)


@shared_task(name="articles.sweep")
def sweep() -> None:
    """Find whatever was missed: untagged revisions, schedules that are due."""
    sweeping.sweep_through_outage()


@shared_task(name="articles.retag_new_name")
def retag_new_name(new_name_id: int, after: int = 0) -> None:
    """Read the stories again that name what has been decided, a batch a message; the last one sends none."""
    last = retagging.retag_stories_of(new_name_id, after=after)
    if last is not None:
        retag_new_name.delay(new_name_id, last)


@shared_task(name="articles.retag_story")
def retag_story(article_id: int) -> None:
    """Read one story again with the gazetteer of today, if it was read with an older one."""
    retagging.retag(article_id, due=retagging.Due())


@shared_task(name="articles.refresh_related_news")
def refresh_related_news() -> None:
    """What related news needs once a night."""
    sweeping.refresh_related_news()


@shared_task(name="articles.mail_notification")
def mail_notification(pk: int) -> None:
    """Send one notification by e-mail, if nobody has."""
    mailing.mail_notification(pk)


@shared_task(name="articles.purge_caches")
def purge_caches() -> None:
    """Tell the caches in front of us what was changed since they were told last."""
    purging.purge_caches()


@shared_task(name="articles.render_pictures")
def render_pictures() -> None:
    """Make the renditions of one picture, and come again for the next: what tags stories is never kept for long."""
    if rendering.render_next():
        render_pictures.delay()
