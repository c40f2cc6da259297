"""The addresses of feeds, below /feeds/."""

from django.urls import path, register_converter

from articles.feeds import doors
from articles.feeds.formats import FORMATS


class FeedFormat:
    """The ending of a feed's address."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FeedFormat, "feed_format")

urlpatterns = [
    path("", doors.directory, name="feeds"),
    path("all.<feed_format:form>", doors.all_stories, name="feed-all"),
    path("quotes.<feed_format:form>", doors.quotes, name="feed-quotes"),
    path("corrections.<feed_format:form>", doors.corrections, name="feed-corrections"),
    path("sections/<slug:slug>.<feed_format:form>", doors.section_stories, name="feed-section"),
    path("authors/<slug:slug>.<feed_format:form>", doors.author_stories, name="feed-author"),
    path("storylines/<slug:slug>.<feed_format:form>", doors.storyline_stories, name="feed-storyline"),
    path("countries/<slug:slug>.<feed_format:form>", doors.country_stories, name="feed-country"),
    path("entities/<slug:kind>/<slug:slug>.<feed_format:form>", doors.entity_stories, name="feed-entity"),
]
