"""The API about itself: what there is, its description, and a page for each error. Open to everybody."""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from threading import Lock

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from entities.api.base import ApiView
from newsroom.api.changelog import ENTRIES
from newsroom.api.problems import BY_SLUG

RESOURCES = (
    *("articles", "quotes", "countries", "entities", "storylines", "search", "changes", "acknowledgements", "me"),
    *("openapi.json", "docs", "changelog"),
)
_MAKING = Lock()
PROMISE = (
    "Within version 1 we only add. What will go is marked in the description and in the headers Deprecation and "
    "Sunset of its answers, twelve months at least before it goes."
)


class OpenView(ApiView):
    """Needs no key, whatever the newsroom's policy."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    pagination_class = None


class Index(OpenView):
    """The resources of this version, by name."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response({name.partition(".")[0]: f"{settings.SITE_URL}/api/v1/{name}" for name in RESOURCES})


class OpenApiDocument(OpenView):
    """The OpenAPI 3.1 description, made once a process."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(description(), content_type="application/json")


class Documentation(SpectacularSwaggerSplitView):
    """The description as a page, from local files, its script apart so that the content policy stays strict."""

    url_name = "api-schema"
    template_name = "api/docs.html"


class ProblemPage(OpenView):
    """What an error means and what to do about it: a page in a browser, JSON for programs."""

    renderer_classes = (JSONRenderer, TemplateHTMLRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request, slug: str) -> Response:
        problem = BY_SLUG.get(slug)
        if problem is None:
            raise NotFound("There is no error of this name.")
        document = {
            "type": problem.url,
            "title": problem.title,
            "status": problem.status,
            "help": problem.help,
        }
        return Response(document, template_name="api/problem.html")


class Changelog(OpenView):
    """What was added, and what will go: a page in a browser, JSON for programs."""

    renderer_classes = (JSONRenderer, TemplateHTMLRenderer)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        items = [{"on": entry.on.isoformat(), "kind": entry.kind, "says": entry.says} for entry in ENTRIES]
        if request.accepted_renderer.format == "json":
            return Response({"promise": PROMISE, "items": items})
        days = [{"on": on, "entries": list(entries)} for on, entries in groupby(ENTRIES, key=lambda entry: entry.on)]
        return Response({"promise": PROMISE, "days": days}, template_name="api/changelog.html")


def description() -> bytes:
    """The OpenAPI document as it is committed under docs/openapi.json. Made by one thread: drf-spectacular notes, as it
    goes, which of its extensions can be loaded, and fails where two find that out at once."""
    with _MAKING:
        return made_description()


@cache
def made_description() -> bytes:
    document = SchemaGenerator().get_schema(request=None, public=True)
    return json.dumps(document, indent=2, ensure_ascii=False).encode() + b"\n"
