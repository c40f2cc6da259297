"""What was done to partners, keys, products and webhooks, all in one list: to read, never to change."""

from __future__ import annotations

from django.contrib import admin

from newsroom.admin.log_list import LogAdmin
from newsroom.partners.models import AccessEvent


@admin.register(AccessEvent)
class AccessEventAdmin(LogAdmin):
    list_display = ("at", "partner", "verb", "detail", "by")
    list_select_related = ("partner", "by")
    search_fields = ("partner__name", "detail", "by__username")
    search_help_text = "Partner, words, or who did it"
    fields = ("at", "partner", "key", "product", "verb", "detail", "by")
    csv_columns = {
        "at (UTC)": "at",
        "partner": "partner",
        "what": "verb",
        "how": "detail",
        "by": "by",
    }
