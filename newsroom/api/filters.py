"""Filters that refuse what they do not know."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from articles.api.products import within
from newsroom.api.parameters import refuse_unknown, refuse_unreadable

if TYPE_CHECKING:
    from rest_framework.generics import GenericAPIView


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter, with 400 for a parameter that neither filter, paginator nor view declares, and with only
    those rows that the asker's key may have.

    A view names parameters of its own in `parameters`. A filter set may have `references()`, rows that must
    exist for its values to make sense; the paginator asks for them in the statement that reads the page.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: GenericAPIView) -> QuerySet[Any]:
        refuse_unreadable(request)
        filters = getattr(self.get_filterset_class(view, queryset), "base_filters", {})
        known = {*filters, *getattr(view, "parameters", ()), *getattr(view.paginator, "parameters", ())}
        repeatable = {name for name, declared in filters.items() if getattr(declared, "may_repeat", False)}
        refuse_unknown(request, known, repeatable=repeatable)
        rows = within(queryset, request)
        # A filter set copies its filters and makes a form of them: for nothing, where nothing is to be filtered.
        if not any(name in request.query_params or declared.extra["required"] for name, declared in filters.items()):
            return rows
        return super().filter_queryset(request, rows, view)

    def get_filterset(self, request: Request, queryset: QuerySet[Any], view: GenericAPIView) -> Any:
        whole = self.get_filterset_class(view, queryset)
        if whole is None:
            return None
        given = {name for name in whole.base_filters if name in request.query_params}
        needed = given | {name for name, declared in whole.base_filters.items() if declared.extra["required"]}
        filterset = _narrowed(whole, frozenset(needed))(**self.get_filterset_kwargs(request, queryset, view))
        if hasattr(filterset, "references") and filterset.is_valid():
            request.references = filterset.references()
        return filterset


@lru_cache(maxsize=256)
def _narrowed(whole: type[FilterSet], names: frozenset[str]) -> type[FilterSet]:
    """The filter set with these filters alone. Of a whole one each request makes copies, and a form."""
    narrowed = type(whole.__name__, (whole,), {})
    narrowed.base_filters = {name: declared for name, declared in whole.base_filters.items() if name in names}
    return narrowed
