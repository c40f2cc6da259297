"""The editing page of a story, with what the wire knows of it: it takes the place of the page that articles have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string

from articles.admin import ArticleAdmin
from articles.models import Article
from newsroom.wire.models import WireItem
from newsroom.wire.standing import told_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class WireArticleAdmin(ArticleAdmin):
    def stories(self) -> QuerySet[Article]:
        """Whether the wire has anything to do with a story: of most it has not, and is asked no more."""
        return super().stories().annotate(is_of_wire=Exists(WireItem.objects.filter(article=OuterRef("pk"))))

    def notices_of(self, article: Article, user: AbstractUser) -> str:
        told = told_of(article) if article.is_of_wire else []
        if not told:
            return super().notices_of(article, user)
        context = {"told": told, "article": article, "may_see": user.has_perm("wire.view_wireitem")}
        return render_to_string("admin/wire/of_story.html", context)


admin.site.unregister(Article)
admin.site.register(Article, WireArticleAdmin)
