"""The admin site: Django's own, with our name, theme and board."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class NewsroomAdminSite(AdminSite):
    site_header = "Newsroom"
    site_title = "Newsroom"
    index_title = "The desk"
    enable_nav_sidebar = False


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin.site.NewsroomAdminSite"
