"""Articles: their list, also under a country or an entity, one of them, and one by its slug."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from articles.api.fields import FIELDS, chosen_fields
from articles.api.filters import ArticleFilter, CountryArticleFilter, known_as, under_entity
from articles.api.formats import (
    ARTICLE_IN_ANY_FORMAT,
    ARTICLES_IN_ANY_FORMAT,
    FORMAT,
    asks_for_ninjs,
    rendered,
    variant_of,
)
from articles.api.shared import shared_articles
from articles.api.stored import StoredDocumentView
from articles.models import PublicAddress, Representation
from articles.models.public_address import MONTH_LENGTH
from articles.models.tag import Role
from entities.api.base import GenericApiView
from entities.models import Country

# From a representation to what it is listed under.
LISTED = "article__listings"


class ArticleList(GenericApiView):
    """Published articles, newest first, with text and all."""

    queryset = shared_articles()
    filterset_class = ArticleFilter
    parameters = ("fields", "format")
    columns = ("json",)
    orders = {
        "-published_at": ("-published_at", "-article_id"),
        "published_at": ("published_at", "article_id"),
        "-updated_at": ("-updated_at", "-article_id"),
        "updated_at": ("updated_at", "article_id"),
    }

    @extend_schema(operation_id="list_articles", parameters=[FIELDS, FORMAT], responses=ARTICLES_IN_ANY_FORMAT)
    def get(self, request: Request) -> HttpResponseBase:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        fields, is_ninjs = chosen_fields(request), asks_for_ninjs(request)
        items = [rendered(row["json"], fields, is_ninjs=is_ninjs) for row in rows or ()]
        return self.paginator.get_paginated_response(items)


class CountryArticles(ArticleList):
    """Published articles about a country, or that mention it."""

    filterset_class = CountryArticleFilter
    # By the narrow table of what stands under the country, in which a page is one stretch of an index.
    orders = ArticleList.orders | {
        "-published_at": ("-listed_at", "-article_id"),
        "published_at": ("listed_at", "article_id"),
    }

    def place(self) -> QuerySet[Any]:
        """Rows of which one must exist, else the address names nothing."""
        return Country.objects.filter(alpha2=self.kwargs["alpha2"], entity__is_hidden=False)

    def get_queryset(self) -> QuerySet[Representation]:
        listed: dict[str, Any] = {f"{LISTED}__entity": Subquery(self.place().values("entity_id"))}
        role = self.request.query_params.get("country_role")
        if role in Role.values:
            listed[f"{LISTED}__role"] = role
        return super().get_queryset().filter(**listed).annotate(listed_at=F(f"{LISTED}__published_at"))

    @extend_schema(
        operation_id="list_articles_of_country", parameters=[FIELDS, FORMAT], responses=ARTICLES_IN_ANY_FORMAT
    )
    def get(self, request: Request, alpha2: str) -> HttpResponseBase:
        return super().get(request)


class EntityArticles(ArticleList):
    """Published articles that name an entity."""

    def place(self) -> QuerySet[Any]:
        """Rows of which one must exist, else the address names nothing."""
        return known_as(self.kwargs["uuid"])

    def get_queryset(self) -> QuerySet[Representation]:
        return super().get_queryset().filter(under_entity(self.kwargs["uuid"]))

    @extend_schema(
        operation_id="list_articles_of_entity", parameters=[FIELDS, FORMAT], responses=ARTICLES_IN_ANY_FORMAT
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        return super().get(request)


class ArticleDetail(StoredDocumentView):
    """One article as it is now."""

    parameters = ("fields", "format")

    @extend_schema(operation_id="get_article", parameters=[FIELDS, FORMAT], responses=ARTICLE_IN_ANY_FORMAT)
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        return super().get(request, uuid)

    def variant(self, request: Request) -> str:
        return variant_of(chosen_fields(request), is_ninjs=asks_for_ninjs(request))

    def render(self, document: bytes) -> bytes:
        return rendered(document, chosen_fields(self.request), is_ninjs=asks_for_ninjs(self.request))


class ArticleBySlug(GenericApiView):
    """Leads to the article that has, or had, this slug in its address; to the newest one where several have."""

    queryset = PublicAddress.objects.all()
    pagination_class = None

    @extend_schema(
        operation_id="find_article_by_slug",
        responses={307: OpenApiResponse(description="The article's address is in the header Location.")},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        standing = Q(article__representation__edition=None) | Q(article__representation__edition__may_syndicate=True)
        found = (
            self.filter_queryset(self.get_queryset())
            .annotate(slug=Substr("path", MONTH_LENGTH + 1))
            .filter(standing, slug=slug, article__representation__isnull=False)
            .order_by("-is_current", "-article__representation__published_at", "-id")
            .values_list("article__representation__uuid", flat=True)
            .first()
        )
        if found is None:
            raise NotFound("There is no article with this slug that you may have.")
        return HttpResponse(status=307, headers={"Location": reverse("api-article", args=[found])})
