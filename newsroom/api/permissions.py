"""Who may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView


class OpenReading(BasePermission):
    """Everybody where the newsroom reads openly, otherwise the bearers of a key."""

    message = "Reading needs a key in the header “Authorization: Bearer …”. Ask the newsroom for one."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(settings.API_OPEN_READING or request.auth)
