"""The list of stories: its shortcuts with counts, the lists that a person keeps, and its export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.counting import MOST, count_each
from articles.desk_filters import narrowed
from articles.models import Article, SavedList
from articles.saved_lists import filters_of, forget_list, keep_list
from articles.states import Refused

# The lists that people open ten times a day, as (what it says, query string).
SHORTCUTS = (
    ("All", ""),
    ("Assigned to me", "assigned_to=me"),
    ("Overdue", "due=late"),
    ("In review", "work_state__exact=in_review"),
    ("Changes requested", "work_state__exact=changes_requested"),
    ("Approved", "work_state__exact=approved&pub_state__exact=never"),
    ("Scheduled", "pub_state__exact=scheduled"),
    ("Live", "pub_state__exact=live"),
)

CSV_COLUMNS = {
    "id": "pk",
    "headline": "headline",
    "slugline": "slugline",
    "type": "type",
    "section": "section",
    "authors": "authors_named",
    "work": "work_state",
    "public state": "pub_state",
    "assigned to": "assigned_to",
    "due (UTC)": "due_at",
    "priority": "priority",
    "urgency": "urgency",
    "to decide": "proposals_left",
    "last saved (UTC)": "saved_at",
    "saved by": lambda article: article.revision.created_by if article.revision else None,
    "scheduled for (UTC)": "publish_at",
    "first published (UTC)": "published_at",
    "updated (UTC)": "updated_at",
    "address": lambda article: f"{settings.SITE_URL}{article.edition.get_absolute_url()}" if article.edition else "",
}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A list at hand; `kept` is the key of one that the person has kept."""

    says: str
    query: str
    count: int
    is_here: bool
    kept: int | None = None

    @property
    def shown_count(self) -> str:
        return f"{MOST - 1}+" if self.count >= MOST else str(self.count)


def shortcuts_of(request: HttpRequest) -> list[Shortcut]:
    """The desk's lists and the person's own, with how many stories each has, in two queries."""
    user: Any = request.user
    kept = list(SavedList.objects.filter(owner=user.pk)[: SavedList.MOST])
    every = [*((says, query, None) for says, query in SHORTCUTS), *((row.name, row.query, row.pk) for row in kept)]
    queries = [QueryDict(query).dict() for _, query, _ in every]
    counts = count_each([narrowed(Article.objects.all(), query, by=user) for query in queries])
    here = filters_of(request.GET.urlencode())
    return [
        Shortcut(says, query, count, filters_of(query) == here, pk)
        for (says, query, pk), count in zip(every, counts, strict=True)
    ]


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name, and stay there."""
    _require_view(request)
    query = request.POST.get("query", "")
    try:
        kept = keep_list(request.POST.get("name", ""), query, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(_list_at(filters_of(query)))
    messages.success(request, f"“{kept}” is kept beside the other lists. Only you see it.")
    return redirect(_list_at(kept.query))


@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    _require_view(request)
    kept = get_object_or_404(SavedList, pk=pk, owner=request.user.pk)
    forget_list(kept)
    messages.success(request, f"The list “{kept}” is forgotten; its stories are as they were.")
    return redirect(_list_at(kept.query))


def _list_at(query: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{query}"


def _require_view(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
