"""The admin site: Django's own, with our name, theme and board."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.models import Notification
from newsroom.admin.board import board_of


class NewsroomAdminSite(AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom"
    index_title = "The desk"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        read = path("notifications/read/", self.admin_view(require_POST(read_notifications)), name="read_notifications")
        return [read, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"newsroom_time_zone": settings.NEWSROOM_TIME_ZONE}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The board: what waits for this person, and for the desk."""
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "board": board_of(request.user),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/board.html", context)


def read_notifications(request: HttpRequest) -> HttpResponse:
    """The person has read the messages up to the one shown last; what came since stays."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal():
        unread = Notification.objects.filter(user=request.user.pk, read_at=None, pk__lte=int(newest))
        unread.update(read_at=timezone.now())
    return redirect("admin:index")
