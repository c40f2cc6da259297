"""The addresses of the review of proposals, under the story's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path

from articles.admin.alias_rule import alias_rule_view
from articles.admin.entity_search import add_tag, search_entities
from articles.admin.proposals import confirm_all, decide, take_back
from articles.admin.quote_page import add_quote, edit_quote_view

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


def review_doors(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Those with words of their own stand before the one that takes any verdict."""
    doors = (
        ("entities/", search_entities, "entities"),
        ("confirm-all/", confirm_all, "confirm_all"),
        ("take-back/", take_back, "take_back"),
        ("tag/add/", add_tag, "add_tag"),
        ("quote/add/", add_quote, "add_quote"),
        ("quote/<int:row>/edit/", partial(edit_quote_view, admin), "quote"),
        ("tag/<int:row>/rule/", partial(alias_rule_view, admin), "alias_rule"),
        ("<slug:kind>/<int:row>/<slug:decision>/", decide, "decide"),
    )
    return [
        path(f"<int:pk>/proposals/{address}", admin.admin_site.admin_view(view), name=f"articles_article_{name}")
        for address, view, name in doors
    ]
