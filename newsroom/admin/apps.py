"""Puts our admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin.site.NewsroomAdminSite"

    def ready(self) -> None:
        """Django's pages of people and roles are there first, and then ours take their place."""
        super().ready()
        from newsroom.admin import accounts  # noqa: F401
