"""The feed of what we put right."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.html import escape

from articles.feeds.deletions import correction_identity, deleted_corrections
from articles.feeds.formats import Deleted, printable
from articles.feeds.news_feed import ENTRIES, NewsFeed, page_of
from articles.models import Correction, Representation
from articles.public_notation import absolute
from articles.views.positions import Position, older_than


class CorrectionFeed(NewsFeed):
    """Public notices on live stories, the newest first."""

    def title(self) -> str:
        return f"Corrections – {settings.SITE_NAME}"

    def description(self) -> str:
        return "What was wrong in our stories, and what is right."

    subtitle = description

    def page(self) -> str:
        return reverse("corrections")

    def entries(self, before: Position | None) -> tuple[list[Correction], Position | None]:
        live = Correction.objects.filter(article__representation__status=Representation.Status.LIVE)
        older = older_than(before, moment="at", number="id")
        shown = (
            live.filter(older)
            .order_by("-at", "-id")
            .annotate(
                headline=F("article__representation__headline"),
                path=F("article__representation__path"),
                uuid=F("article__representation__uuid"),
            )
        )
        return page_of(list(shown[: ENTRIES + 1]), lambda notice: Position(notice.at, notice.pk))

    def deleted(self) -> list[Deleted]:
        return deleted_corrections()

    def item_title(self, item: Any) -> str:
        return printable(f"{item.get_kind_display()}: {item.headline}")

    def item_description(self, item: Any) -> str:
        return escape(printable(item.notice))

    def item_link(self, item: Any) -> str:
        return absolute(reverse("article", args=[item.path]))

    def item_guid(self, item: Any) -> str:
        return correction_identity(item.pk, item.uuid)

    def item_pubdate(self, item: Any) -> Any:
        return item.at

    def item_updateddate(self, item: Any) -> Any:
        return item.at

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"people": [], "text": item.notice}
