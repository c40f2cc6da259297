"""Who may read, and what a key's scopes permit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView

READ = "read"


class KeyPermission(BasePermission):
    """The bearer of a key with the scope that the view names (`scope`, otherwise reading)."""

    message = "This needs a key in the header “Authorization: Bearer …”. Ask the newsroom for one."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.auth is None:
            return False
        needed = getattr(view, "scope", READ)
        self.message = f"This key lacks the scope “{needed}”. Ask the newsroom for a key that has it."
        return needed is None or needed in request.auth.scopes


class OpenReading(KeyPermission):
    """Everybody where the newsroom reads openly, otherwise the bearers of a key."""

    message = "Reading needs a key in the header “Authorization: Bearer …”. Ask the newsroom for one."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.auth is None:
            return bool(settings.API_OPEN_READING)
        return super().has_permission(request, view)
