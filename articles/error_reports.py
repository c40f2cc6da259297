"""Verbs: take in what a reader says is wrong in a story; resolve it, reject it, open it again."""

from __future__ import annotations

from datetime import timedelta
from textwrap import shorten
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from articles.body import clean_text
from articles.models import Article, ErrorReport, Notification
from articles.notifications import notify, people_of
from articles.roles import has_permission, is_own_or_assigned
from articles.states import GuardFailed, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PERIOD = timedelta(hours=1)
MOST_OF_ONE_SENDER = 5
MOST_OF_ALL = 200
ADVISORY_CLASS = 5_054
SHOWN = 200


class TooManyReports(Refused):
    """More came within an hour than the desk can read. Nothing was kept."""

    code = "too_many_reports"


@transaction.atomic
def report_error(
    article: Article, *, version: int, message: str, passage: str = "", contact: str = "", sender: str
) -> ErrorReport:
    """Keep a reader's report and tell the story's people. `sender` is a digest of where it came from.

    The same report from the same sender within an hour is kept once: a button is easily pressed twice.

    Raises:
        GuardFailed: no message, or something is longer than we keep.
        TooManyReports: of this sender, or of all.
    """
    words = _clean(message=message, passage=passage, contact=contact)
    # One after the other, so that the limits hold however many come at once.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 1)", [ADVISORY_CLASS])
    lately = ErrorReport.objects.filter(at__gt=timezone.now() - PERIOD)
    known = lately.filter(sender=sender, article=article, message=words["message"], passage=words["passage"]).first()
    if known is not None:
        return known
    if lately.filter(sender=sender)[:MOST_OF_ONE_SENDER].count() >= MOST_OF_ONE_SENDER:
        raise TooManyReports("You have sent several reports within the last hour. Please send this one later.")
    if lately[:MOST_OF_ALL].count() >= MOST_OF_ALL:
        raise TooManyReports("More reports are coming in than the desk can read. Please send this one in an hour.")
    report = ErrorReport.objects.create(article=article, version=version, sender=sender, **words)
    _tell(report)
    return report


@transaction.atomic
def resolve(report: ErrorReport, *, by: User, note: str = "") -> ErrorReport:
    """The error was put right, or answered."""
    return _handle(report, ErrorReport.State.RESOLVED, by=by, note=note)


@transaction.atomic
def reject(report: ErrorReport, *, by: User, note: str = "") -> ErrorReport:
    """The story is right, or the report is none."""
    return _handle(report, ErrorReport.State.REJECTED, by=by, note=note)


@transaction.atomic
def reopen(report: ErrorReport, *, by: User) -> ErrorReport:
    locked = _lock(report, by=by)
    if locked.is_open:
        raise WrongState("This report is open already.")
    locked.state, locked.handled_at, locked.handled_by = ErrorReport.State.OPEN, None, None
    locked.save(update_fields=["state", "handled_at", "handled_by"])
    return locked


def may_handle(report: ErrorReport, user: User) -> bool:
    """Editors, and whoever the story belongs to."""
    return has_permission(user, "handle_errorreport") or (
        has_permission(user, "view_errorreport") and is_own_or_assigned(report.article, user)
    )


def _handle(report: ErrorReport, state: str, *, by: User, note: str) -> ErrorReport:
    locked = _lock(report, by=by)
    if not locked.is_open:
        raise WrongState(f"This report was {locked.get_state_display()} by {locked.handled_by} meanwhile.")
    locked.state, locked.handled_at, locked.handled_by = state, timezone.now(), by
    locked.note = clean_text(note)[: ErrorReport.NOTE_LENGTH]
    locked.save(update_fields=["state", "handled_at", "handled_by", "note"])
    return locked


def _lock(report: ErrorReport, *, by: User) -> ErrorReport:
    locked = ErrorReport.objects.select_for_update(of=("self",), no_key=True).select_related("article")
    found = locked.get(pk=report.pk)
    if not may_handle(found, by):
        raise NotAllowed(f"“{found.article}” is not yours: its author or an editor decides on this report.")
    return found


def _clean(*, message: str, passage: str, contact: str) -> dict[str, str]:
    lines = [clean_text(line) for line in message.splitlines()]
    cleaned = {
        "message": "\n".join(lines).strip(),
        "passage": clean_text(passage),
        "contact": clean_text(contact),
    }
    if not cleaned["message"]:
        raise GuardFailed("Say what is wrong.")
    longest = {
        "message": ErrorReport.MESSAGE_LENGTH,
        "passage": ErrorReport.PASSAGE_LENGTH,
        "contact": ErrorReport.CONTACT_LENGTH,
    }
    for name, value in cleaned.items():
        if len(value) > longest[name]:
            raise GuardFailed(f"Please use at most {longest[name]} characters for the {name}.")
    return cleaned


def _tell(report: ErrorReport) -> None:
    """Once a day of each story, so that nobody floods a bell; the board counts all that are open."""
    article = report.article
    words = shorten(report.message, SHOWN, placeholder=" …")
    notify(
        people_of(article),
        article,
        f"A reader reports an error in “{article}”: {words}",
        kind=Notification.Kind.REPORTED,
        occasion=f"report-{article.pk}-{timezone.localdate()}",
    )
