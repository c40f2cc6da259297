"""The story with a notice on it, drawn by the public template: the page of a correction fills the words in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.admin.history import article_of
from articles.models import Article, Correction

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

PARAGRAPHS_SHOWN = 2


@csp_replace({"frame-ancestors": [SELF]})
def notice_preview_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int) -> HttpResponse:
    article = article_of(admin, request, pk)
    paragraphs = article.newest_revision.text.split("\n\n")
    context = {
        "article": article,
        "correction": Sample(),
        "opening": paragraphs[:PARAGRAPHS_SHOWN],
        "is_longer": len(paragraphs) > PARAGRAPHS_SHOWN,
    }
    response = render(request, "admin/articles/article/notice_preview.html", context)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


class Sample:
    """A correction as the template reads one, before there is one."""

    notice = ""
    sealed_earlier = True

    def get_kind_display(self) -> str:
        return str(Correction.Kind.CORRECTION.label)

    @property
    def at(self) -> object:
        return timezone.now()
