"""Several pictures at once: a page that works without scripts, and that a script improves by progress for each file.

Each file stands for itself: what is wrong with one keeps no other from the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from articles.admin.picture_form import ACCEPTED, LABELS, RIGHTS_CHOICES, taken
from articles.models import Image
from entities.admin.day_input import DayInput

NOTHING_CHOSEN = "Choose at least one picture."


class SharedDetails(forms.ModelForm):
    """What all pictures of one upload have in common; each can be changed afterwards."""

    class Meta:
        model = Image
        fields = ("credit", "rights", "rights_note", "expires_on", "may_syndicate")
        labels = LABELS
        widgets = {"expires_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = RIGHTS_CHOICES  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a new picture and why partners do not get it, one that is here already, or why it was
    refused."""

    name: str
    image: Image | None = None
    standing: Image | None = None
    kept_back: str = ""
    problems: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_several(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, SharedDetails(initial={"may_syndicate": True}))
    form, files = SharedDetails(request.POST), request.FILES.getlist("files")
    if not form.is_valid() or not files:
        return _page(request, form, problem="" if files else NOTHING_CHOSEN, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    outcomes = [_outcome_of(file, request.POST, by=request.user) for file in files]
    is_done = any(outcome.image for outcome in outcomes)
    status = HTTPStatus.OK if is_done else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, form, outcomes=outcomes, status=status)


def _outcome_of(file: UploadedFile, shared: Any, *, by: Any) -> Outcome:
    name = file.name or "picture"
    data = shared.copy()
    data["title"] = PurePath(name).stem[:200]
    image, form = taken(data, {"file": file}, by=by)
    if image is not None:
        return Outcome(name, image=image, kept_back=form.kept_back)
    problems = [str(said) for errors in form.errors.values() for said in errors]
    return Outcome(name, standing=form.standing, problems=problems)


def _page(
    request: HttpRequest,
    form: SharedDetails,
    *,
    outcomes: Iterable[Outcome] = (),
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> TemplateResponse:
    context = admin.site.each_context(request) | {
        "title": "Upload pictures",
        "form": form,
        "outcomes": outcomes,
        "problem": problem,
        "accepted": ACCEPTED,
    }
    return TemplateResponse(request, "admin/articles/image/upload.html", context, status=status)
