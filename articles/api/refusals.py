"""Answers of the API that are neither a success nor one of DRF's own errors.

`members` join the problem document as they are.
"""

from __future__ import annotations

from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException


class Gone(APIException):
    """The article, or one version of it, was public once and must not be shown any more."""

    status_code = status.HTTP_410_GONE
    default_code = "gone"

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


class ResyncRequired(APIException):
    """A place in the change log from which nothing leads on."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "resync_required"
    default_detail = (
        "This position is not one of the current change log: the newsroom was restored from a backup, or your "
        "selection changed. Read /api/v1/articles from its first page again, delete what is not in it, and follow "
        "/api/v1/changes from the “after” of that first page."
    )
