"""The admin site: Django's own, with our name, theme and board."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from newsroom.admin.board import board_of
from newsroom.admin.exporting import export_of


class NewsroomAdminSite(AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom"
    index_title = "The desk"
    enable_nav_sidebar = False
    empty_value_display = "–"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        exports = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/export.csv", self.admin_view(export_of(admin)))
            for model, admin in self._registry.items()
        ]
        return [*exports, *super().get_urls()]

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
