"""The usual way, as a baseline: Django REST Framework's serializers over rows that are read anew for each request,
with everything prefetched that can be. Served by the same server, with the same middleware."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path
from rest_framework import generics, pagination, serializers

from articles.models import Article, Edition, EditionQuote, EditionRelated, EditionTag

PAGE = """<!doctype html><html><head><title>{{ edition.headline }}</title></head><body><h1>{{ edition.headline }}</h1>
<p>{{ edition.standfirst }}</p><p>{% for byline in edition.bylines %}{{ byline.name }} {% endfor %}</p>
{{ edition.html|safe }}<ul>{% for tag in edition.tags.all %}<li>{{ tag.entity.name }}</li>{% endfor %}</ul>
<ul>{% for quote in edition.quotes.all %}<li>{{ quote.text }} {{ quote.speaker_name }}</li>{% endfor %}</ul>
<ul>{% for link in edition.related.all %}<li>{{ link.target.edition.headline }}</li>{% endfor %}</ul></body></html>"""


def stories() -> Any:
    related = ("edition__related__target__edition", "edition__related__target__edition__section")
    return (
        Article.objects.filter(pub_state="live")
        .select_related("edition__section", "edition__image")
        .prefetch_related(
            "edition__tags__entity__country_facts", "edition__tags__entity__country", "edition__quotes__quote", *related
        )
        .order_by("-published_at", "-pk")
    )


class TagSerializer(serializers.ModelSerializer[EditionTag]):
    id = serializers.UUIDField(source="entity.uuid")
    name = serializers.CharField(source="entity.name")
    slug = serializers.CharField(source="entity.slug")
    kind = serializers.CharField(source="entity.kind")

    class Meta:
        model = EditionTag
        fields = ("id", "name", "slug", "kind", "role", "is_primary", "salience", "mentions", "source", "is_reviewed")


class QuoteSerializer(serializers.ModelSerializer[EditionQuote]):
    id = serializers.UUIDField(source="quote.uuid")

    class Meta:
        model = EditionQuote
        fields = (
            *("id", "ordinal", "kind", "text", "start", "end", "cue", "prefix", "suffix", "block_id"),
            *("speaker_name", "speaker_kind", "speaker_as_written", "speaker_role", "confidence", "method"),
        )


class RelatedSerializer(serializers.ModelSerializer[EditionRelated]):
    id = serializers.UUIDField(source="target.uuid")
    headline = serializers.CharField(source="target.edition.headline")
    url = serializers.CharField(source="target.edition.get_absolute_url")

    class Meta:
        model = EditionRelated
        fields = ("ordinal", "kind", "id", "headline", "url")


class EditionSerializer(serializers.ModelSerializer[Edition]):
    section = serializers.CharField(source="section.slug")
    url = serializers.CharField(source="get_absolute_url")
    tags = TagSerializer(many=True)
    quotes = QuoteSerializer(many=True)
    related = RelatedSerializer(many=True)

    class Meta:
        model = Edition
        fields = (
            *("version", "kind", "type", "headline", "slug", "url", "standfirst", "bylines", "dateline", "language"),
            *("section", "published_at", "updated_at", "urgency", "html", "text", "blocks", "tags", "quotes"),
            *("related", "may_syndicate", "source_name"),
        )


class ArticleSerializer(serializers.ModelSerializer[Article]):
    id = serializers.UUIDField(source="uuid")
    edition = EditionSerializer()

    class Meta:
        model = Article
        fields = ("id", "version", "pub_state", "edition")


class Newest(pagination.CursorPagination):
    page_size = 20
    ordering = ("-published_at", "-pk")


class Stories(generics.ListAPIView[Article]):
    authentication_classes = permission_classes = throttle_classes = filter_backends = ()
    serializer_class = ArticleSerializer
    pagination_class = Newest

    def get_queryset(self) -> Any:
        return stories()


class Story(generics.RetrieveAPIView[Article]):
    authentication_classes = permission_classes = throttle_classes = filter_backends = ()
    serializer_class = ArticleSerializer
    lookup_field = "uuid"

    def get_queryset(self) -> Any:
        return stories()


def page(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(stories(), edition__slug=slug)
    return HttpResponse(engines["django"].from_string(PAGE).render({"edition": story.edition}, request))


urlpatterns = [
    path("list", Stories.as_view()),
    path("article/<uuid:uuid>", Story.as_view()),
    path("page/<slug:slug>/", page),
]
