"""Feeds of stories."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape

from articles.feeds.deletions import deleted_stories
from articles.feeds.formats import Deleted, Person, printable
from articles.feeds.news_feed import ENTRIES, NewsFeed, page_of
from articles.feeds.subjects import Subject
from articles.models import Representation
from articles.public_notation import absolute
from articles.views.positions import Position, older_than


class StoryFeed(NewsFeed):
    """A subject's stories, the newest first."""

    def __init__(self, subject: Subject, form: str, before: Position | None) -> None:
        self.subject = subject
        super().__init__(subject.address(form), form, before)

    def title(self) -> str:
        return printable(self.subject.title)

    def description(self) -> str:
        return printable(self.subject.says)

    subtitle = description

    def page(self) -> str:
        return self.subject.page

    def entries(self, before: Position | None) -> tuple[list[Representation], Position | None]:
        older = older_than(before, moment="published_at", number="article_id")
        stories = self.subject.stories(older, ENTRIES + 1).annotate(may_be_copied=F("image__may_syndicate"))
        return page_of(list(stories), lambda story: Position(story.published_at, story.article_id))

    def deleted(self) -> list[Deleted]:
        return deleted_stories(self.subject.has, knows=self.subject.had)

    def item_title(self, item: Representation) -> str:
        return printable(item.headline)

    def item_description(self, item: Representation) -> str:
        return escape(printable(item.standfirst))

    def item_link(self, item: Representation) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Representation) -> str:
        return item.uuid.urn

    def item_pubdate(self, item: Representation) -> Any:
        return item.published_at

    def item_updateddate(self, item: Representation) -> Any:
        return item.updated_at

    def item_categories(self, item: Representation) -> list[str]:
        countries = (country["name"] for country in item.card["countries"])
        return [printable(name) for name in (item.card["section"]["name"], *countries)]

    def item_enclosures(self, item: Any) -> list[Enclosure]:
        """A feed is there to be shown elsewhere: a picture that we may not hand on stands on our own pages alone."""
        image = item.card["image"]
        if not image or not item.may_be_copied:
            return []
        # Cards that were made before they had it: 0 stands for "not known".
        size, mime = str(image.get("bytes", 0)), image.get("mime", "image/jpeg")
        return [Enclosure(absolute(image["url"]), size, mime)]

    def item_extra_kwargs(self, item: Representation) -> dict[str, Any]:
        people = [
            Person(printable(byline["name"]), absolute(reverse("author", args=[byline["slug"]])))
            for byline in item.card["bylines"]
        ]
        return {"people": people, "text": item.standfirst}
