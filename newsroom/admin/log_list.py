"""The list of a log that the database lets nobody change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class LogAdmin(admin.ModelAdmin):
    """To read and to search, never to change; it may have grown for years, so nothing is counted."""

    list_filter = ("verb", "at")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
