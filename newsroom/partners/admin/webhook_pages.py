"""The page of a webhook endpoint in the admin: how it fares, what it was told, and what the chief can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from articles.models import Heartbeat
from articles.states import Refused
from articles.sweeping import SILENCE
from newsroom.partners.models import Partner, WebhookDelivery, WebhookEndpoint
from newsroom.partners.webhooks.endpoints import disable, switch_on
from newsroom.partners.webhooks.redelivering import redeliver

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

SHOWN = 50
MOST_TRIES = 5
CHANGE = "partners.change_webhookendpoint"
WAITING, FAILED = WebhookDelivery.State.WAITING, WebhookDelivery.State.FAILED
FILTERS = (("", "All"), (WAITING.value, "Waiting"), (FAILED.value, "Given up"), ("delivered", "Delivered"))


def endpoints_of(partner: Partner) -> QuerySet[WebhookEndpoint]:
    """Those of all its keys, with what their page and the partner's tell of them; one query."""
    own = WebhookEndpoint.objects.filter(key__partner=partner).select_related("key__partner")
    waiting = Count("deliveries", filter=Q(deliveries__state=WAITING))
    given_up = Count("deliveries", filter=Q(deliveries__state=FAILED) & ~Q(deliveries__type="endpoint.test"))
    return own.annotate(waiting=waiting, given_up=given_up, last_delivery_at=Max("deliveries__delivered_at"))


def are_senders_silent() -> bool:
    """Whether nobody has looked for webhooks to send lately, so that none are sent."""
    last = Heartbeat.last(Heartbeat.WEBHOOKS)
    return last is None or timezone.now() - last > SILENCE


@never_cache
@require_GET
def webhook_view(request: HttpRequest, pk: int, webhook: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    if not request.user.has_perm("partners.view_webhookendpoint"):
        raise PermissionDenied
    partner = get_object_or_404(Partner, pk=pk)
    endpoint = get_object_or_404(endpoints_of(partner), pk=webhook)
    state = request.GET.get("state", "")
    state = state if state in WebhookDelivery.State.values else ""
    rows = list(_deliveries(endpoint, state, before=request.GET.get("before", ""))[: SHOWN + 1])
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"Webhook of {partner}",
        "partner": partner,
        "endpoint": endpoint,
        "deliveries": rows[:SHOWN],
        "older": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
        "filters": FILTERS,
        "state": state,
        "may_change": request.user.has_perm(CHANGE),
        "are_senders_silent": are_senders_silent(),
    }
    return TemplateResponse(request, "admin/partners/partner/webhook.html", context)


@require_POST
def switch_view(request: HttpRequest, pk: int, webhook: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    """On where it is off or waits, off where it is on."""
    endpoint = _to_change(request, pk, webhook)
    try:
        if endpoint.is_active:
            disable(endpoint, by=request.user)
            messages.success(request, "It is switched off: nothing is sent until it is switched on again.")
        else:
            switch_on(endpoint, by=request.user)
            messages.success(request, "It is being challenged. Once it has answered, it is told what it missed.")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("admin:partners_partner_webhook", pk, webhook)


@require_POST
def redeliver_view(
    request: HttpRequest, pk: int, webhook: int, delivery: int, *, admin: ModelAdmin[Partner]
) -> HttpResponse:
    endpoint = _to_change(request, pk, webhook)
    found = get_object_or_404(endpoint.deliveries.all(), pk=delivery)
    try:
        redeliver(found)
        messages.success(request, f"{found.webhook_id} is sent again, under the same id.")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("admin:partners_partner_webhook", pk, webhook)


def _to_change(request: HttpRequest, pk: int, webhook: int) -> WebhookEndpoint:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    return get_object_or_404(WebhookEndpoint, pk=webhook, key__partner=pk)


def _deliveries(endpoint: WebhookEndpoint, state: str, *, before: str) -> QuerySet[WebhookDelivery]:
    own = WebhookDelivery.objects.filter(endpoint=endpoint)
    if state:
        own = own.filter(state=state)
    if before.isascii() and before.isdigit():
        own = own.filter(pk__lt=int(before[:18]))
    return own.order_by("-id").select_related("change__article").prefetch_related("tries")
