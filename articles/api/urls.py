"""The API's addresses of what we write, below /api/v1/."""

from django.urls import path

from articles.api.article_parts import ArticleQuotes, ArticleRelated, ArticleVersion, ArticleVersions
from articles.api.articles import ArticleBySlug, ArticleDetail, ArticleList, CountryArticles, EntityArticles
from articles.api.changes import ChangeList
from articles.api.quotes import QuoteList
from articles.api.search import Search
from articles.api.storylines import StorylineDetail, StorylineList

urlpatterns = [
    path("articles", ArticleList.as_view(), name="api-articles"),
    path("articles/<uuid:uuid>", ArticleDetail.as_view(), name="api-article"),
    path("articles/<uuid:uuid>/quotes", ArticleQuotes.as_view(), name="api-article-quotes"),
    path("articles/<uuid:uuid>/related", ArticleRelated.as_view(), name="api-article-related"),
    path("articles/<uuid:uuid>/versions", ArticleVersions.as_view(), name="api-article-versions"),
    path("articles/<uuid:uuid>/versions/<int:version>", ArticleVersion.as_view(), name="api-article-version"),
    path("articles/by-slug/<slug:slug>", ArticleBySlug.as_view(), name="api-article-by-slug"),
    path("countries/<str:alpha2>/articles", CountryArticles.as_view(), name="api-country-articles"),
    path("entities/<uuid:uuid>/articles", EntityArticles.as_view(), name="api-entity-articles"),
    path("quotes", QuoteList.as_view(), name="api-quotes"),
    path("storylines", StorylineList.as_view(), name="api-storylines"),
    path("storylines/<uuid:uuid>", StorylineDetail.as_view(), name="api-storyline"),
    path("search", Search.as_view(), name="api-search"),
    path("changes", ChangeList.as_view(), name="api-changes"),
]
