"""What was done with accounts, roles and second factors, and who signed in from where: to read, never to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsroom.accounts.models import AccountEvent


@admin.register(AccountEvent)
class AccountEventAdmin(admin.ModelAdmin):
    list_display = ("at", "name", "verb", "detail", "done_by", "address")
    list_filter = ("verb", "at")
    search_fields = ("name", "by_name", "detail")
    search_help_text = "Name of the account or role, or of who did it"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = None
    fields = ("at", "name", "verb", "detail", "done_by", "address", "browser")
    csv_columns = {
        "at (UTC)": "at",
        "account or role": "name",
        "what": "verb",
        "how": "detail",
        "by": "by_name",
        "from": "address",
        "browser": "browser",
    }

    @admin.display(description="by", ordering="by_name")
    def done_by(self, event: AccountEvent) -> str:
        """What somebody did to their own account is said by their name once."""
        if event.by is None:
            return ""
        return "themselves" if event.by == event.person else event.by_name

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
