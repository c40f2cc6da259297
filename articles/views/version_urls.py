"""The addresses of a story's versions, below /news/2026/11/slug/versions/."""

from django.urls import path

from articles.views.versions import changes, version, versions

urlpatterns = [
    path("", versions, name="versions"),
    path("<int:number>/", version, name="version"),
    path("<int:number>/changes/", changes, name="version-changes"),
]
