"""What was done with accounts, roles and second factors, and who signed in from where: to read, never to change."""

from __future__ import annotations

from django.contrib import admin

from newsroom.accounts.models import AccountEvent
from newsroom.admin.log_list import LogAdmin


@admin.register(AccountEvent)
class AccountEventAdmin(LogAdmin):
    list_display = ("at", "name", "verb", "detail", "done_by", "address")
    search_fields = ("name", "by_name", "detail")
    search_help_text = "Name of the account or role, or of who did it"
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
