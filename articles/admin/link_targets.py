"""The door of the link dialog: our own stories for words or an address."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.admin.proposals import require_view
from articles.body import clean_text
from articles.linkable import LinkTarget, link_targets

LONGEST_QUESTION = 300


@require_GET
def show_link_targets(request: HttpRequest) -> JsonResponse:
    """Stories for `q`, at most eight; `address` is empty where a link would be dead."""
    require_view(request)
    asked = clean_text(request.GET.get("q", "")[:LONGEST_QUESTION])
    return JsonResponse({"stories": [_as_json(target) for target in link_targets(asked)]})


def _as_json(target: LinkTarget) -> dict[str, str]:
    at = timezone.localtime(target.at, ZoneInfo(settings.NEWSROOM_TIME_ZONE))
    return {
        "headline": target.headline,
        "address": target.address,
        "state": target.state,
        "date": f"{at:%-d %b %Y}",
    }
