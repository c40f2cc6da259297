"""Verb: let the tagger try again where it has given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery import current_app
from django.db import transaction
from django.utils import timezone

from articles.models import Article, TaggingRun, Transition
from articles.roles import require_decide
from articles.states import WrongState
from articles.transitions import finish, lock, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def run_again(article: Article, *, by: User) -> Transition:
    """Begin the tagging of the newest revision anew, with all its attempts. The worker is asked on commit; when
    that message is lost, the clock finds the run after its lease.

    Raises:
        NotAllowed: the person may not decide proposals of this story.
        WrongState: the tagger has not given up, or the story was killed or spiked.
    """
    locked = lock(article)
    require_decide(locked, by)
    runs = TaggingRun.objects.select_for_update().filter(revision=locked.revision_id)
    run = runs.filter(status=TaggingRun.Status.FAILED).first()
    if run is None or locked.is_closed:
        raise WrongState(f"The tagger has not given up on “{locked}” as it is now: there is nothing to run again.")
    run.status = TaggingRun.Status.RUNNING
    run.attempts = run.failures = 0
    run.started_at, run.finished_at = timezone.now(), None
    run.save()

    def send() -> None:
        current_app.send_task("articles.tag_revision", args=[locked.revision_id])

    transaction.on_commit(send, robust=True)
    return finish(locked, "run_again", state_of(locked), by=by, fields=(), reason=run.error[:300])
