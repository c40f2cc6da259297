"""The admin of partners: a list with how far each has followed, and a page with keys, usage, kills and events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Count, Max, Q, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import ChangeCounter
from newsroom.partners.admin.key_pages import change_view, make_view, revoke_view, rotate_view
from newsroom.partners.admin.usage_chart import chart_of
from newsroom.partners.admin.webhook_pages import (
    are_senders_silent,
    endpoints_of,
    redeliver_view,
    switch_view,
    webhook_view,
)
from newsroom.partners.defining import save_partner
from newsroom.partners.models import ApiKey, Partner
from newsroom.partners.standing import Standing, kills, standing_of, standings

KILLS_SHOWN_FOR = timedelta(days=90)
MOST_KILLS, MOST_EVENTS = 50, 30


class PartnerList(ChangeList):
    """With how far each partner has followed the feed, in one query for all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows, found = list(self.result_list), standings_now()
        for row in rows:
            row.standing = found.get(row.pk)
        self.result_list = rows


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    list_display = ("name", "is_active", "working_keys", "follows", "last_used", "contact")
    list_filter = ("is_active",)
    search_fields = ("name", "contact")
    search_help_text = "Name or contact"
    show_facets = admin.ShowFacets.NEVER
    actions = None
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    fields = ("name", "contact", "is_active", "notes")
    change_form_template = "admin/partners/partner/change_form.html"
    csv_columns = {
        "id": "uuid",
        "name": "name",
        "contact": "contact",
        "may read": "is_active",
        "working keys": "usable_keys",
        "last used (UTC)": "newest_use",
        "since (UTC)": "created_at",
    }

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("<int:pk>/keys/new/", make_view, "make_key"),
            ("<int:pk>/keys/<int:key>/", change_view, "change_key"),
            ("<int:pk>/keys/<int:key>/rotate/", rotate_view, "rotate_key"),
            ("<int:pk>/keys/<int:key>/revoke/", revoke_view, "revoke_key"),
            ("<int:pk>/webhooks/<int:webhook>/", webhook_view, "webhook"),
            ("<int:pk>/webhooks/<int:webhook>/switch/", switch_view, "webhook_switch"),
            ("<int:pk>/webhooks/<int:webhook>/<int:delivery>/again/", redeliver_view, "webhook_redeliver"),
        ]
        return [
            *(
                path(route, self.admin_site.admin_view(partial(view, admin=self)), name=f"partners_partner_{name}")
                for route, view, name in pages
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        now = timezone.now()
        usable = Q(keys__revoked_at=None) & (Q(keys__expires_at=None) | Q(keys__expires_at__gt=now))
        counted = super().get_queryset(request).annotate(usable_keys=Count("keys", filter=usable))
        return counted.annotate(newest_use=Max("keys__last_used_at"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PartnerList

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        partner = self.get_object(request, object_id)
        shown = page_of(partner) if partner and self.has_view_permission(request) else {}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | shown)

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        save_partner(obj, by=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what a partner was given and has confirmed is history. Take away its tick instead."""
        return False

    @admin.display(description="keys", ordering="usable_keys")
    def working_keys(self, partner: Any) -> int:
        return partner.usable_keys

    @admin.display(description="feed")
    def follows(self, partner: Any) -> SafeString:
        return render_to_string("admin/partners/partner/follows.html", {"partner": partner.standing})

    @admin.display(description="last used", ordering="newest_use")
    def last_used(self, partner: Any) -> SafeString:
        return render_to_string("admin/partners/partner/moment.html", {"at": partner.newest_use})


def standings_now() -> dict[int, Standing]:
    newest = ChangeCounter.objects.values_list("sequence", flat=True).first() or 0
    return {standing.partner_id: standing for standing in standings(newest)}


def page_of(partner: Partner) -> dict[str, Any]:
    """What the page of a partner shows beside its form."""
    standing = standings_now().get(partner.pk)
    killed = kills(timezone.now() - KILLS_SHOWN_FOR)[:MOST_KILLS] if standing else []
    told = [standing_of(kill, [standing]) for kill in killed if standing]
    webhooks = list(endpoints_of(partner))
    keys = ApiKey.objects.filter(partner=partner).select_related("replaces").prefetch_related("products")
    return {
        "standing": standing,
        "awaited": [kill for kill in told if kill.awaited],
        "confirmed": [kill for kill in told if kill.confirmed][:5],
        "webhooks": webhooks,
        "webhooks_off": [endpoint for endpoint in webhooks if endpoint.went_off_by_itself],
        "are_senders_silent": are_senders_silent(),
        "keys": sorted(keys, key=lambda key: not key.is_usable),
        "chart": chart_of(partner),
        "events": partner.events.select_related("by")[:MOST_EVENTS],
    }
