"""What was done to partners, keys, products and webhooks, all in one list: to read, never to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.partners.models import AccessEvent


@admin.register(AccessEvent)
class AccessEventAdmin(admin.ModelAdmin):
    list_display = ("at", "partner", "verb", "detail", "by")
    list_select_related = ("partner", "by")
    list_filter = ("verb", "at")
    search_fields = ("partner__name", "detail", "by__username")
    search_help_text = "Partner, words, or who did it"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = None
    fields = ("at", "partner", "key", "product", "verb", "detail", "by")
    csv_columns = {
        "at (UTC)": "at",
        "partner": "partner",
        "what": "verb",
        "how": "detail",
        "by": "by",
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
