"""The partner API, version 1."""

from django.urls import include, path

from newsroom.api.views import Changelog, Documentation, Index, OpenApiDocument, ProblemPage

urlpatterns = [
    path("", include("articles.api.urls")),
    path("", Index.as_view(), name="api"),
    path("openapi.json", OpenApiDocument.as_view(), name="api-schema"),
    path("docs", Documentation.as_view(), name="api-docs"),
    path("changelog", Changelog.as_view(), name="api-changelog"),
    path("problems/<slug:slug>", ProblemPage.as_view(), name="api-problem"),
    path("", include("newsroom.partners.api.urls")),
    path("", include("entities.api.urls")),
]
