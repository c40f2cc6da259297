"""The admin site: Django's own, with our name, theme and board."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from newsroom.accounts import second_factor
from newsroom.accounts.acting import written_down
from newsroom.accounts.sign_in import sign_in
from newsroom.admin.board import board_of
from newsroom.admin.clean_query import clean_choice, clean_query
from newsroom.admin.exporting import export_of
from newsroom.admin.insight import insight_page


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
        board = path("board/", self.admin_view(require_GET(self.board)), name="board")
        insight = path("insight/", self.admin_view(require_GET(self.insight)), name="insight")
        return [board, insight, *exports, *super().get_urls()]

    def insight(self, request: HttpRequest) -> HttpResponse:
        """Whom the desk quotes, how often the tagger is right, what it covers."""
        return insight_page(request, self)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Every page of the admin answers every address: what no database could hold is left out of the query."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def clean(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            request.GET = clean_query(request.GET)
            if request.method == "POST" and getattr(view, "__name__", "") == "changelist_view":
                request.POST = clean_choice(request.POST)
            return guarded(request, *args, **kwargs)

        return clean

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether they are of the desk, and have shown a second factor where their role asks for one."""
        return super().has_permission(request) and not second_factor.is_missing(request)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Also where everybody is led who may not see a page, and thereby those who have to set up a second factor."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        lacks_factor = super().has_permission(request)
        if request.method == "GET" and lacks_factor and not second_factor.has_any(request.user):
            return redirect("mfa_index")
        shown = {
            **self.each_context(request),
            "title": "Sign in",
            "username": request.user.get_username(),
            "lacks_factor": lacks_factor,
            **(extra_context or {}),
        }
        if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
            shown[REDIRECT_FIELD_NAME] = reverse("admin:index")
        return sign_in(request, shown=shown)

    @method_decorator(written_down)
    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().password_change(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"newsroom_time_zone": settings.NEWSROOM_TIME_ZONE}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The board: what waits for this person, and for the desk."""
        board = board_of(request.user)
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "board": board,
            "unread": board.unread,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/board.html", context)

    def board(self, request: HttpRequest) -> HttpResponse:
        """What stands on the board now, for the page that refreshes itself."""
        return TemplateResponse(request, "admin/includes/board.html", {"board": board_of(request.user)})
