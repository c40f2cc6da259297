"""The door of every dialog that links to a story of ours: the link in the text, and Related News."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from articles.admin.clean_queries import is_key, without_zero_signs
from articles.linkable_stories import find_stories
from articles.models import Article

FOUND = 12
LONGEST_QUERY = 300
MOST_ASKED = 50


@require_safe
def search_stories(request: HttpRequest) -> HttpResponse:
    """Stories as JSON: words, a number or an address of ours as `q`; `live=1` for those that readers can open;
    `for` is the story that looks, which is left out. With `id`, the stories of those numbers in any state."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    if "id" in request.GET:
        return JsonResponse({"stories": [as_json(article) for article in _numbered(request.GET.getlist("id"))]})
    words = without_zero_signs(request.GET.get("q", ""))[:LONGEST_QUERY]
    own = request.GET.get("for", "")
    found = find_stories(
        words, limit=FOUND, live_only=request.GET.get("live") == "1", without=int(own) if is_key(own) else None
    )
    return JsonResponse({"stories": [as_json(article) for article in found]})


def _numbered(keys: list[str]) -> QuerySet[Article]:
    numbers = [int(key) for key in keys[:MOST_ASKED] if is_key(key)]
    return Article.objects.select_related("representation", "section").filter(pk__in=numbers)


def as_json(article: Article) -> dict[str, Any]:
    """`address` is empty where readers cannot open the story; `line` is its entry as RelatedLines reads it."""
    shown = getattr(article, "representation", None)
    moment = article.published_at or article.saved_at
    return {
        "id": article.pk,
        "headline": str(article),
        "address": shown.get_absolute_url() if shown is not None and article.is_live else "",
        "is_live": article.is_live,
        "state": article.get_pub_state_display(),
        "section": article.section.name if article.section else "",
        "date": f"{moment:%-d %B %Y}",
        "line": f"#{article.pk} {article}",
    }
