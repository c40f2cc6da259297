"""The page "New from text": a story pasted or given as a file becomes a draft."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from articles.importing import ImportResult, import_story
from articles.models import Article, Section
from articles.roles import has_permission
from articles.states import Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


class NewFromTextForm(forms.Form):
    # Neither is required, but one of them is: the page calls neither optional.
    one_of_several = ("text", "file")

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "placeholder": "Paste the story here", "autofocus": True}),
        label="The story",
        help_text="One paragraph a line. A short line without a full stop becomes a heading; the lines under "
        "“Related News” become its related titles. HTML is read too.",
    )
    file = forms.FileField(
        required=False, label="Or a file", help_text="Plain text or HTML, in UTF-8.", allow_empty_file=True
    )
    headline = forms.CharField(
        required=False, max_length=250, label="Headline", help_text="Empty: the first line, where it looks like one."
    )
    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="Decide later")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        has_text, has_file = bool(cleaned.get("text", "").strip()), cleaned.get("file") is not None
        if has_text and has_file:
            self.add_error("file", "Give either text or a file: which one is the story?")
        if not has_text and not has_file and "file" not in self.errors:
            self.add_error("text", "Paste the story, or choose a file.")
        return cleaned

    def import_it(self, *, by: Any) -> ImportResult:
        """The draft, or the article that the same story became before. Raises Refused."""
        file = self.cleaned_data["file"]
        return import_story(
            file.read() if file else self.cleaned_data["text"],
            by=by,
            filename=file.name if file else "",
            headline=self.cleaned_data["headline"],
            section=self.cleaned_data["section"],
        )


def new_from_text_view(admin: ModelAdmin[Article], request: HttpRequest) -> HttpResponse:
    if not has_permission(request.user, "write_article"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(admin, request, NewFromTextForm(label_suffix=""))
    form = NewFromTextForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return _page(admin, request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        result = form.import_it(by=request.user)
    except Refused as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", refusal.message)
        return _page(admin, request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _say(request, result)
    return redirect("admin:articles_article_change", result.article.pk)


def _say(request: HttpRequest, result: ImportResult) -> None:
    if result.is_new:
        messages.success(request, f"“{result.article}” is a draft now. The tagger is reading it.")
    for warning in result.warnings:
        messages.warning(request, warning)


def _page(
    admin: ModelAdmin[Article], request: HttpRequest, form: NewFromTextForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": "New from text",
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/article/new_from_text.html", context, status=status)
