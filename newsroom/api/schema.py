"""The OpenAPI description: what every operation has beside its own."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from articles.api.ninjs_serializers import NinjsItemSerializer
from newsroom.api.deprecations import is_deprecated
from newsroom.api.parameters import LONGEST_CURSOR, LONGEST_VALUE, NOT_BLANK
from newsroom.api.permissions import KeyPermission

PROBLEM_TYPE = "application/problem+json"
ALWAYS = {
    "304": "You hold it already: your If-None-Match or If-Modified-Since still stands.",
    "400": "A parameter is unknown or not valid.",
    "401": "A key is needed, or yours is not valid.",
    "403": "Your key lacks the scope.",
    "406": "Only JSON is served.",
    "414": "The address is too long.",
    "429": "Too many requests.",
    "431": "A header is too large.",
    "500": "Something broke on our side.",
}
WITH_A_PLACE = {"404": "There is nothing here that you may have."}
WITH_A_BODY = {"400": "The body is not valid.", "413": "The body is too large.", "415": "The body is not JSON."}
OF_AN_ARTICLE = {"410": "The article was withdrawn or killed."}
# What stands in an address, as its route takes it.
OF_PATHS: dict[str, dict[str, Any]] = {
    "alpha2": {"pattern": "^[A-Z]{2}$"},
    "slug": {"pattern": "^[-a-zA-Z0-9_]+$"},
    "version": {"minimum": 1},
}
OF_WEBHOOKS = {"409": "It cannot be done as things stand."}
OF_THE_LOG = {"409": "Nothing leads on from this position: start again."}


class ProblemErrorSerializer(serializers.Serializer):
    parameter = serializers.CharField(required=False, help_text="The parameter of the address.")
    pointer = serializers.CharField(required=False, allow_blank=True, help_text="The part of the body, RFC 6901.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457."""

    type = serializers.URLField(help_text="The page that says what to do.")
    title = serializers.CharField()
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField()
    request_id = serializers.CharField(help_text="Tell us this one when you ask.")
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]
    id = serializers.UUIDField(required=False, help_text="410: the article.")
    version = serializers.IntegerField(required=False, help_text="410: the version that took it away.")
    reason = serializers.ChoiceField(
        choices=["withdrawn", "killed", "sealed"], required=False, help_text="410: why it is gone."
    )
    public_note = serializers.CharField(required=False, help_text="410: what readers are told.")
    must_purge = serializers.BooleanField(required=False, help_text="410: delete every copy.")
    ninjs = NinjsItemSerializer(required=False, help_text="410 with format=ninjs: the item, withheld or canceled.")


class NewsroomSchema(AutoSchema):
    """Adds the problem documents to every operation. Where the newsroom reads openly, no key is needed."""

    def get_auth(self) -> list[dict[str, Any]]:
        needs_key = KeyPermission in self.view.permission_classes
        return super().get_auth() if needs_key else [*super().get_auth(), {}]

    def is_deprecated(self) -> bool:
        return super().is_deprecated() or is_deprecated(self.view)

    def get_summary(self) -> str:
        return self.get_operation_id().replace("_", " ").capitalize()

    def _get_parameters(self) -> list[dict[str, Any]]:
        """With the forms of what stands in the address, and with what `refuse_unknown` asks of every value: that it
        is none of spaces alone, and not without end."""
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for parameter in parameters:
            if parameter["in"] == "path":
                parameter["schema"] |= OF_PATHS.get(parameter["name"], {})
            if parameter["in"] == "query" and parameter["schema"] == {"type": "string"}:
                longest = LONGEST_CURSOR if parameter["name"] == "cursor" else LONGEST_VALUE
                parameter["schema"] |= {"minLength": 1, "maxLength": longest, "pattern": NOT_BLANK.pattern}
        return parameters

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "pagination_class", None) is not None

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        responses = super()._get_response_bodies(direction)
        for status, description in self._problems().items():
            responses.setdefault(status, self._problem(status, description))
        for status, body in responses.items():
            if status == "304":
                body.pop("content", None)
        return responses

    def _problems(self) -> dict[str, str]:
        problems = dict(ALWAYS)
        if "{" in self.path:
            problems |= WITH_A_PLACE
        if self.method != "GET":
            problems.pop("304")
            problems |= WITH_A_BODY
        if "/articles/{uuid}" in self.path:
            problems |= OF_AN_ARTICLE
        if self.path.endswith("/changes"):
            problems |= OF_THE_LOG
        if "/webhooks/" in self.path and self.method in ("POST", "PATCH"):
            problems |= OF_WEBHOOKS
        return problems

    def _problem(self, status: str, description: str) -> dict[str, Any]:
        body = self._get_response_for_code(ProblemSerializer, status, [PROBLEM_TYPE])
        return body | {"description": description}
