"""What all feeds share: their pages, their own address, and who publishes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse

from articles.feeds.formats import FORMATS, Deleted
from articles.public_notation import absolute
from articles.views.positions import Position

ENTRIES = 30
TTL_MINUTES = 5


class NewsFeed(Feed):
    """One page of a feed, made for one request. Every address in it is whole, whichever host was asked."""

    language = "en"
    ttl = str(TTL_MINUTES)
    item_guid_is_permalink = False

    def __init__(self, path: str, form: str, before: Position | None) -> None:
        """`before` is the end of the page before this one; None on the first."""
        self.feed_type = FORMATS[form]
        self.address, self.before = absolute(path), before
        self.shown, self.following = self.entries(before)

    def page(self) -> str:
        """The path of the page that shows the same."""
        raise NotImplementedError

    def entries(self, before: Position | None) -> tuple[list[Any], Position | None]:
        """A page of entries, the newest first, and where the next page begins; None on the last."""
        raise NotImplementedError

    def deleted(self) -> list[Deleted]:
        """What was in the feed and is gone."""
        raise NotImplementedError

    def link(self) -> str:
        return absolute(self.page())

    def feed_url(self) -> str:
        return f"{self.address}?before={self.before}" if self.before else self.address

    def feed_guid(self) -> str:
        return self.address

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def author_link(self) -> str:
        return absolute(reverse("home"))

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        following = f"{self.address}?before={self.following}" if self.following else ""
        return {"next_url": following, "deleted": [] if self.before else self.deleted()}

    def items(self) -> list[Any]:
        return self.shown


def page_of(found: list[Any], position_of: Callable[[Any], Position]) -> tuple[list[Any], Position | None]:
    """Of up to `ENTRIES` + 1 rows those that are shown, and where the next page begins."""
    shown = found[:ENTRIES]
    return shown, position_of(shown[-1]) if len(found) > ENTRIES else None
