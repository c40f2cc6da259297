"""Endpoints and deliveries as documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from articles.api.positions import Position
from articles.public_notation import instant
from newsroom.outgoing.transport import Answer
from newsroom.partners.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint

MOST_TRIES = 20


def with_waiting(endpoints: QuerySet[WebhookEndpoint]) -> QuerySet[WebhookEndpoint]:
    """With how many messages were not taken yet."""
    waiting = Count("deliveries", filter=Q(deliveries__state=WebhookDelivery.State.WAITING))
    return endpoints.annotate(waiting=waiting)


def endpoint_document(endpoint: Any) -> dict[str, Any]:
    return {
        "id": str(endpoint.uuid),
        "url": endpoint.url,
        "description": endpoint.description,
        "state": endpoint.state,
        "disabled_reason": endpoint.disabled_reason or None,
        "disabled_at": _instant(endpoint.disabled_at),
        "created_at": instant(endpoint.created_at),
        "after": str(Position(endpoint.epoch, endpoint.sequence, endpoint.revision)),
        "previous_secret_ends_at": _instant(endpoint.previous_secret_ends_at) if endpoint.signs_twice() else None,
        "health": {
            "waiting": endpoint.waiting,
            "last_success_at": _instant(endpoint.last_success_at),
            "last_failure_at": _instant(endpoint.last_failure_at),
            "last_error": endpoint.last_error,
            "failing_since": _instant(endpoint.failing_since),
            "paused_until": _instant(endpoint.paused_until),
        },
    }


def trial_document(answer: Answer) -> dict[str, Any]:
    return {
        "is_success": answer.is_success,
        "status": answer.status,
        "milliseconds": answer.milliseconds,
        "error": answer.error,
    }


def delivery_document(delivery: WebhookDelivery) -> dict[str, Any]:
    change = delivery.change
    return {
        "id": delivery.webhook_id,
        "type": delivery.type,
        "reason": delivery.reason or None,
        "sequence": change.sequence if change else None,
        "object_id": str(change.article.uuid) if change else None,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_attempt_at": _instant(delivery.next_attempt_at),
        "delivered_at": _instant(delivery.delivered_at),
        "created_at": instant(delivery.created_at),
        "tries": [_attempt(attempt) for attempt in list(delivery.tries.all())[:MOST_TRIES]],
    }


def _attempt(attempt: WebhookAttempt) -> dict[str, Any]:
    return {
        "number": attempt.number,
        "at": instant(attempt.at),
        "status": attempt.status,
        "milliseconds": attempt.milliseconds,
        "error": attempt.error,
    }


def _instant(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None
