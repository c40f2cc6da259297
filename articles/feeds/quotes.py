"""The feed of who said what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from articles.feeds.deletions import deleted_quotes
from articles.feeds.formats import Deleted, printable
from articles.feeds.news_feed import NewsFeed
from articles.models import EditionQuote
from articles.public_notation import absolute
from articles.views import statements
from articles.views.positions import Position, older_than

STORIES = 12
LONGEST_TITLE = 160


class QuoteFeed(NewsFeed):
    """Confirmed quotations of live stories, those of the newest story first."""

    def title(self) -> str:
        return f"Who said what – {settings.SITE_NAME}"

    def description(self) -> str:
        return "Quotations from our stories, each confirmed by an editor, with speaker and source."

    subtitle = description

    def page(self) -> str:
        return reverse("quotes")

    def entries(self, before: Position | None) -> tuple[list[EditionQuote], Position | None]:
        """All quotations of some stories: no page ends within one."""
        older = older_than(before, moment="published_at", number="article_id")
        found = list(statements.live_stories_with(Q()).filter(older).only("edition_id", "published_at")[: STORIES + 1])
        shown = found[:STORIES]
        quotes = statements.live_quotes(Q()).filter(edition__in=[story.edition_id for story in shown])
        last = shown[-1] if len(found) > STORIES else None
        return list(quotes), Position(last.published_at, last.article_id) if last else None

    def deleted(self) -> list[Deleted]:
        return deleted_quotes()

    def item_title(self, item: EditionQuote) -> str:
        said = statements.statement(item)
        return printable(Truncator(f"{said.speaker}: “{said.words}”").chars(LONGEST_TITLE))

    def item_description(self, item: EditionQuote) -> str:
        said = statements.statement(item)
        who = ", ".join(part for part in (said.speaker, said.role, said.country) if part)
        words = '<blockquote><p>{}</p></blockquote><p>{}. In <a href="{}">{}</a>.</p>'
        story = absolute(said.url)
        return format_html(words, printable(said.words), printable(who), story, printable(said.headline))

    def item_link(self, item: EditionQuote) -> str:
        return absolute(reverse("quote", args=[item.quote.uuid]))

    def item_guid(self, item: EditionQuote) -> str:
        return item.quote.uuid.urn

    def item_pubdate(self, item: EditionQuote) -> Any:
        return item.shown_at  # type: ignore[attr-defined] # annotated

    def item_updateddate(self, item: EditionQuote) -> Any:
        return item.edition.updated_at

    def item_extra_kwargs(self, item: EditionQuote) -> dict[str, Any]:
        said = statements.statement(item)
        return {"people": [], "text": f"“{said.words}” – {said.speaker}"}
