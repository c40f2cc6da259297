"""How far each partner has followed the feed, and who has not confirmed a kill yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from articles.api.products import Selection
from articles.models import Change
from newsroom.partners.admission import selection_of
from newsroom.partners.models import Acknowledgement, Scope

# A kill must be gone everywhere by then; the board turns red.
PATIENCE = timedelta(minutes=15)
# Who polls as told comes every few seconds. Longer than this, and what is behind is not on its way.
SILENCE = timedelta(minutes=15)

# The keys that work, each with its newest poll of the feed.
_KEYS = """
SELECT partner.id, partner.name, partner.created_at, key.id, key.replaces_id, key.scopes, poll.sequence, poll.polled_at,
    (
        SELECT jsonb_agg(to_jsonb(product) - 'notes' ORDER BY product.id) FROM partners_product product
        JOIN partners_apikey_products held ON held.product_id = product.id AND held.apikey_id = key.id
    ),
    (
        SELECT count(*) FROM partners_webhookendpoint webhook
        WHERE webhook.key_id = key.id AND webhook.state = 'disabled' AND webhook.disabled_reason IN ('failing', 'gone')
    )
FROM partners_partner partner
JOIN partners_apikey key ON key.partner_id = partner.id
LEFT JOIN LATERAL (
    SELECT sequence, polled_at FROM partners_dailyusage
    WHERE key_id = key.id AND sequence IS NOT NULL ORDER BY day DESC LIMIT 1
) poll ON TRUE
WHERE partner.is_active AND key.revoked_at IS NULL AND (key.expires_at IS NULL OR key.expires_at > %s)
ORDER BY partner.name, key.id
"""


@dataclass(frozen=True, slots=True)
class Following:
    """One key that works: `sequence` is where its last poll of the feed stood."""

    key_id: int
    replaces_id: int | None
    scopes: frozenset[str]
    sequence: int | None
    polled_at: datetime | None
    selection: Selection | None
    webhooks_off: int


@dataclass(slots=True)
class Standing:
    """One partner with keys that work. `newest` is the number of the newest public change."""

    partner_id: int
    name: str
    since: datetime
    newest: int
    keys: list[Following] = field(default_factory=list)

    @property
    def furthest_behind(self) -> Following | None:
        """Of the keys that follow the feed; one that was rotated counts no more once the new one polls."""
        polling = [key for key in self.keys if key.sequence is not None]
        replaced = {key.replaces_id for key in polling}
        return min(
            (key for key in polling if key.key_id not in replaced), key=lambda key: key.sequence or 0, default=None
        )

    @property
    def webhooks_off(self) -> int:
        """How many webhooks went off by themselves."""
        return sum(key.webhooks_off for key in self.keys)

    @property
    def polled_at(self) -> datetime | None:
        behind = self.furthest_behind
        return behind.polled_at if behind else None

    @property
    def lag(self) -> int | None:
        """How many changes it has not asked for; None where it does not follow the feed."""
        behind = self.furthest_behind
        return max(0, self.newest - (behind.sequence or 0)) if behind else None

    @property
    def is_late(self) -> bool:
        return bool(self.lag) and self.polled_at is not None and timezone.now() - self.polled_at > SILENCE

    def must_confirm(self, kill: Change) -> bool:
        """Whether it may hold the story, and has a key to say that it is gone."""
        if kill.at < self.since:
            return False
        return any(Scope.ACKNOWLEDGE in key.scopes and _was_had(kill, key.selection) for key in self.keys)


@dataclass(frozen=True, slots=True)
class KillStanding:
    """A kill with the names of those who confirmed that it is gone, and of those who did not yet."""

    change: Change
    confirmed: list[Standing]
    awaited: list[Standing]

    @property
    def is_late(self) -> bool:
        return bool(self.awaited) and timezone.now() - self.change.at > PATIENCE


def standings(newest: int) -> list[Standing]:
    """Every partner that may read, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [timezone.now()])
        rows = cursor.fetchall()
    found: dict[int, Standing] = {}
    for partner, name, since, *key in rows:
        found.setdefault(partner, Standing(partner, name, since, newest)).keys.append(_following(*key))
    return list(found.values())


def kills(since: datetime) -> QuerySet[Change, Any]:
    """Kills with what `standing_of` asks of them, newest first: who confirmed them, and what the story was before."""
    confirmed = Acknowledgement.objects.filter(change=OuterRef("pk")).values("partner_id")
    before = Change.objects.filter(article=OuterRef("article"), pk__lt=OuterRef("pk"), facts_after__isnull=False)
    return (
        Change.objects.filter(kind=Change.Kind.KILL, at__gte=since)
        .select_related("article")
        .defer("facts_before", "facts_after", "article__body")
        .annotate(
            confirmed_by=ArraySubquery(confirmed), was=ArraySubquery(before.order_by().values("facts_after").distinct())
        )
        .order_by("-id")
    )


def standing_of(kill: Any, partners: Iterable[Standing]) -> KillStanding:
    concerned = [partner for partner in partners if partner.must_confirm(kill)]
    confirmed = [partner for partner in partners if partner.partner_id in kill.confirmed_by]
    return KillStanding(
        kill, confirmed, [partner for partner in concerned if partner.partner_id not in kill.confirmed_by]
    )


def _following(
    key: int,
    replaces: int | None,
    scopes: list[str],
    sequence: int | None,
    polled_at: datetime | None,
    products: str,
    webhooks_off: int,
) -> Following:
    selection = selection_of(json.loads(products or "[]"))
    return Following(key, replaces, frozenset(scopes), sequence, polled_at, selection, webhooks_off)


def _was_had(kill: Any, selection: Selection | None) -> bool:
    """Whether partners with this selection could ever have had the story."""
    shared = [facts for facts in kill.was if facts["may_syndicate"]]
    return any(selection is None or selection.holds(facts) for facts in shared)
