"""How a story stands, in a word: whether a page that shows its states, its plan, who writes it and what was decided of
its proposals is still right."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db.models import Count, Func, Max, Model, OuterRef, QuerySet, Subquery, TextField, Value

from articles.models import Article, Quote, RelatedLink, Tag

PLANNED = (
    *("publish_at", "unpublish_at", "update_at", "update_kind"),
    *("embargo_until", "is_embargoed_indefinitely", "embargo_note", "hold_reason"),
)
TAGGING = ("revision__tagging_run__status", "revision__tagging_run__finished_at")


def _decided(model: type[Model]) -> Subquery:
    """How many proposals are decided and when the last was: another one with every verdict given or taken back."""
    decided = model._default_manager.filter(article=OuterRef("pk"), verdict_at__isnull=False).order_by()
    mark = Func(Value("/"), Count("pk"), Max("verdict_at"), function="concat_ws", output_field=TextField())
    return Subquery(decided.values("article").annotate(mark=mark).values("mark"))


DECIDED = {
    f"decided_{name}": _decided(model) for name, model in (("tags", Tag), ("quotes", Quote), ("links", RelatedLink))
}
COLUMNS = (
    *("lock_version", "work_state", "pub_state", "version", *PLANNED),
    *("assigned_to_id", "due_at", "priority", *DECIDED),
)


def with_decided(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what was decided of each, in the same query."""
    return articles.annotate(**DECIDED)


def stamp_of(row: Mapping[str, Any]) -> str:
    """Differs whenever one of COLUMNS or TAGGING does."""
    parts = [row[name] for name in COLUMNS] + [row[TAGGING[0]] or "waiting", row[TAGGING[1]]]
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:24]
