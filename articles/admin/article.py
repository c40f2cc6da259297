"""The admin of articles: the editing page and the desk around it, joined."""

from django.contrib import admin

from articles.admin.desk import ArticleDesk
from articles.admin.editing import ArticleEditing
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(ArticleEditing, ArticleDesk, admin.ModelAdmin):
    """Writing comes from ArticleEditing; list, verbs and history from ArticleDesk."""
