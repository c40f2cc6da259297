"""The history of an article: revisions and transitions in one line of time, comparison, restoring, editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles.models import Article, ArticleType, Author, Image, Revision, Section, Transition
from articles.revisions import restore_revision
from articles.roles import may_edit
from articles.states import PubState, Refused
from articles.word_diff import SAME, Piece, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.admin import ModelAdmin
    from django.contrib.auth.models import AbstractUser

CLOSED = (PubState.KILLED, PubState.SPIKED)
# What each verb is called once it is done.
SAID = {
    "submit": "Submitted for review",
    "recall": "Taken back from review",
    "request_changes": "Changes requested",
    "approve": "Approved",
    "publish": "Published",
    "schedule": "Scheduled",
    "deschedule": "Taken off the schedule",
    "publish_update": "New version published",
    "correct": "Correction published",
    "withdraw": "Withdrawn",
    "kill": "Killed",
    "spike": "Spiked",
    "unspike": "Brought back from the spike",
    "reopen": "Reopened by an edit",
    "publish_due": "Published on schedule",
    "unpublish_due": "Withdrawn on schedule",
    "embargo": "Embargo changed",
    "lift_embargo": "Embargo lifted",
    "schedule_update": "New version scheduled",
    "deschedule_update": "New version taken off the schedule",
    "plan_withdrawal": "Its end planned",
    "assign": "Assigned",
}
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "slugline": "Slugline",
    "type": "Type",
    "dateline": "Dateline",
    "section": "Section",
    "authors": "Authors",
    "image": "Picture",
    "related": "Related news",
    "slug": "Address",
    "source_name": "Agency or paper",
    "may_syndicate": "Partners get it",
    "urgency": "Urgency",
    "language": "Language",
}
UNCHANGED_SHOWN = 1
GAP = "gap"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: a save, or a verb."""

    at: datetime
    by: AbstractUser | None
    says: str
    note: str
    revision: Revision | None = None
    transition: Transition | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One part of a story in two revisions."""

    label: str
    pieces: list[Piece]


def history_view(admin: ModelAdmin[Article], request: HttpRequest, object_id: str) -> HttpResponse:
    article = _article(admin, request, object_id)
    revisions = list(article.revisions.select_related("created_by").defer("text", "blocks"))
    transitions = article.transitions.select_related("by", "edition")
    editions = article.editions.select_related("created_by", "revision").prefetch_related("corrections")
    context = _context(admin, request, article) | {
        "title": "History",
        "events": _events(revisions, transitions),
        "editions": editions.defer("html", "text", "blocks"),
        "revisions": revisions,
        "newest": revisions[0].number if revisions else None,
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def compare_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions, the older first whichever way round they were asked for."""
    article = _article(admin, request, pk)
    numbers = sorted(_number(request, name) for name in ("from", "to"))
    older, newer = (get_object_or_404(article.revisions.select_related("created_by"), number=n) for n in numbers)
    context = _context(admin, request, article) | {
        "title": f"Revision {older.number} and revision {newer.number}",
        "older": older,
        "newer": newer,
        "compared": ((older, "older"), (newer, "newer")),
        "previous": article.revisions.filter(number__lt=older.number).order_by("-number").first(),
        "following": article.revisions.filter(number__gt=newer.number).order_by("number").first(),
        "parts": compared_parts(older, newer),
        "body": shortened(compare(older.text, newer.text)),
        "is_body_same": older.text == newer.text,
        "is_formatting_changed": older.text == newer.text and older.snapshot["body"] != newer.snapshot["body"],
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


@require_POST
def restore_view(request: HttpRequest, pk: int, number: int, *, admin: ModelAdmin[Article]) -> HttpResponse:
    """Makes an earlier revision the newest again, unless somebody saved since the history was opened."""
    article = _article(admin, request, pk)
    revision = get_object_or_404(article.revisions, number=number)
    expected = request.POST.get("lock_version", "")
    try:
        restored = restore_revision(
            revision, expected_version=int(expected) if expected.isdecimal() else -1, by=request.user
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        status = HTTPStatus.FORBIDDEN if refusal.code == "not_allowed" else HTTPStatus.CONFLICT
        response = history_view(admin, request, str(pk))
        response.status_code = status
        return response
    messages.success(request, _restored(revision, restored))
    return redirect("admin:articles_article_change", pk)


def compared_parts(older: Revision, newer: Revision) -> list[Comparison]:
    """The parts beside the body that differ, in words that a journalist reads."""
    names = [name for name in LABELS if older.snapshot.get(name) != newer.snapshot.get(name)]
    return [
        Comparison(LABELS[name], compare(_in_words(name, older.snapshot), _in_words(name, newer.snapshot)))
        for name in names
    ]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Long unchanged stretches cut down to the paragraphs next to a change, with a `gap` piece between."""
    last = len(pieces) - 1
    return [
        shown
        for place, piece in enumerate(pieces)
        for shown in (_cut(piece, is_first=place == 0, is_last=place == last) if piece.kind == SAME else [piece])
    ]


def _cut(piece: Piece, *, is_first: bool, is_last: bool) -> list[Piece]:
    paragraphs = piece.text.split("\n\n")
    head = paragraphs[: 0 if is_first else UNCHANGED_SHOWN + 1]
    tail = paragraphs[len(paragraphs) if is_last else -UNCHANGED_SHOWN - 1 :]
    left_out = len(paragraphs) - len(head) - len(tail)
    if left_out < 2 or (is_first and is_last):
        return [piece]
    gap = Piece(GAP, f"{left_out} paragraphs without a change")
    before = [Piece(SAME, "\n\n".join(head) + "\n\n")] if head else []
    after = [Piece(SAME, "\n\n" + "\n\n".join(tail))] if tail else []
    return [*before, gap, *after]


def _events(revisions: Iterable[Revision], transitions: Iterable[Transition]) -> list[Event]:
    """Newest first; a verb stands above the revision it acted on."""
    saves = [
        Event(
            revision.created_at,
            revision.created_by,
            f"Revision {revision.number}",
            revision.note,
            revision=revision,
        )
        for revision in revisions
    ]
    verbs = [
        Event(transition.at, transition.by, SAID[transition.verb], transition.reason, transition=transition)
        for transition in transitions
    ]
    return sorted([*verbs, *saves], key=attrgetter("at"), reverse=True)


def _in_words(name: str, snapshot: dict[str, Any]) -> str:
    value = snapshot.get(name)
    if name == "type":
        return str(ArticleType(value).label)
    if name == "section":
        return str(Section.objects.filter(pk=value).first() or "")
    if name == "image":
        return str(Image.objects.filter(pk=value).first() or "")
    if name == "authors":
        names = Author.objects.in_bulk(value)
        return ", ".join(str(names[pk]) for pk in value if pk in names)
    if name == "related":
        return "\n".join(_related_line(entry) for entry in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _related_line(entry: dict[str, Any]) -> str:
    if entry["target"]:
        return str(Article.objects.filter(pk=entry["target"]).first() or f"Story {entry['target']}")
    return " ".join(filter(None, (entry["title"], entry["url"])))


def _restored(revision: Revision, restored: Revision) -> str:
    if restored.number == revision.number:
        return f"Revision {revision.number} is the newest already."
    return f"Revision {revision.number} is back, as revision {restored.number}. Nothing of the others is lost."


def _number(request: HttpRequest, name: str) -> int:
    number = request.GET.get(name, "")
    if not number.isdecimal() or len(number) > 9:
        raise Http404("Choose two revisions in the history.")
    return int(number)


def _article(admin: ModelAdmin[Article], request: HttpRequest, pk: int | str) -> Article:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    article = admin.get_object(request, str(pk))
    if article is None:
        raise Http404(f"There is no story {pk}.")
    return article


def _context(admin: ModelAdmin[Article], request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "article": article,
        "may_restore": may_edit(article, request.user) and article.pub_state not in CLOSED,
    }
