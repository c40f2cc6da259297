"""What every resource of the API is a view of: Django REST Framework's own, which leaves nothing behind."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView


class _Answering(APIView):
    """The frameworks tie a view, its request and its answer into rings. Whatever hangs on one, a list's rows and all
    its bytes, would stay in memory until Python looks for rings, and answers come faster than it looks."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """As the framework's; the view is of no use after it, and lets go of all it has."""
        answer = super().dispatch(*args, **kwargs)
        if isinstance(answer, Response):
            # It is written out later, with what the view knows.
            answer.add_post_render_callback(_let_go)
        else:
            self.request.parser_context = {}
            vars(self).clear()
        return answer


class ApiView(_Answering):
    """A view of no query set."""


class GenericApiView(_Answering, GenericAPIView):
    """A view of a query set, with filters and pages."""


def _let_go(answer: Response) -> None:
    context, answer.renderer_context = answer.renderer_context, {}
    context["request"].parser_context = {}
    vars(context["view"]).clear()
