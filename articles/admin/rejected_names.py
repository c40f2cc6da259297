"""Names that people reject more often than the desk can bear: what to make weak or forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from articles.name_usage import FEWEST_VERDICTS, MOST_POOR, POOR_PERCENT, poor_names

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


@require_GET
def rejected_names_view(request: HttpRequest, *, admin: ModelAdmin[Any]) -> HttpResponse:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    names = poor_names()
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": "Names that people reject",
        "names": names,
        "is_cut_short": len(names) == MOST_POOR,
        "fewest_verdicts": FEWEST_VERDICTS,
        "poor_percent": POOR_PERCENT,
    }
    return TemplateResponse(request, "admin/articles/entity/rejected_names.html", context)
