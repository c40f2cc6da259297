"""Who guesses wrong at the moment, and who is locked out: the chief lets them try again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from newsroom.accounts.locks import lift_lock
from newsroom.accounts.models import Lock
from newsroom.accounts.recording import NOBODY


@admin.register(Lock)
class LockAdmin(admin.ModelAdmin):
    list_display = ("who", "address", "wrong", "state")
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-attempt_time",)
    search_fields = ("username",)
    search_help_text = "Name of the account"
    actions = ("lift",)
    fields = ("who", "address", "wrong", "state")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lock]:
        """Those that count; what was typed for a name that is nobody's may be a password, and is not shown."""
        counting = super().get_queryset(request).filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
        known = User.objects.filter(username=OuterRef("username"))
        return counting.filter(failures_since_start__gt=0).annotate(is_known=Exists(known))

    @admin.display(description="account", ordering="username")
    def who(self, lock: Any) -> str:
        return lock.username if lock.is_known else NOBODY

    @admin.display(description="from", ordering="ip_address")
    def address(self, lock: Lock) -> str:
        return lock.ip_address or ""

    @admin.display(description="wrong guesses", ordering="failures_since_start")
    def wrong(self, lock: Lock) -> int:
        return min(lock.failures_since_start, settings.AXES_FAILURE_LIMIT)

    @admin.display(description="state", ordering="attempt_time")
    def state(self, lock: Lock) -> str:
        if lock.failures_since_start < settings.AXES_FAILURE_LIMIT:
            return "may go on"
        return f"locked until {lock.attempt_time + settings.AXES_COOLOFF_TIME:%H:%M} UTC"

    @admin.action(description="Let them try again", permissions=["change"])
    def lift(self, request: HttpRequest, chosen: QuerySet[Lock]) -> None:
        rows = [(lock.username, lock.ip_address) for lock in chosen]
        for name, address in rows:
            lift_lock(name, by=request.user, address=address)
        one = len(rows) == 1
        messages.success(request, f"{len(rows)} lock{'' if one else 's'} lifted: they may sign in again at once.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
