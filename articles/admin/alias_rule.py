"""The page that turns a name of one story into a rule for all: what it would do, before it is saved."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import retagging
from articles.admin.trial_page import EDIT, TRY, show_trial
from articles.gazetteer_trials import GazetteerChange
from articles.models import Tag
from articles.roles import may_decide
from entities.admin.name import ContextWords
from entities.aliases import aliases_after, set_alias
from entities.models import Name, Strength

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.auth.models import AbstractUser

RULES = [
    (Strength.STRONG.value, "Always: tag it wherever the name appears"),
    (Strength.WEAK.value, "With these words: only where one of them stands in the story, and always as a proposal"),
    (Strength.FORBIDDEN.value, "Never: alone, the name means nothing that the desk tags"),
]
SURFACES = 12


class RuleForm(forms.Form):
    """How one of the names by which this story calls an entity is read from now on."""

    one_of_several = ("needs_context",)

    text = forms.ChoiceField(label="The name", widget=forms.RadioSelect)
    strength = forms.ChoiceField(label="Read it so", choices=RULES, widget=forms.RadioSelect)
    needs_context = ContextWords(
        required=False,
        label="Words beside it",
        help_text="For the second choice. Put ; between them.",
        widget=forms.TextInput(attrs={"placeholder": "fighter; air force"}),
    )
    read_again = forms.BooleanField(
        required=False, initial=True, label="Read this story again now", help_text="This only proposes."
    )

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.tag = tag
        written = [mention.surface for mention in tag.mentions.all() if len(mention.surface) <= 200]
        texts = list(dict.fromkeys(written or [tag.entity.name]))[:SURFACES]
        self.fields["text"].choices = [(text, text) for text in texts]  # type: ignore[attr-defined]
        self.fields["text"].initial = texts[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if any(len(word) > 60 for word in cleaned.get("needs_context") or []):
            self.add_error("needs_context", "Give single words: one of these is longer than 60 characters.")
        elif not self.errors:
            try:
                self.names = aliases_after(self.tag.entity, **self.rule())
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def rule(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "strength", "needs_context")}


def may_rule(user: AbstractUser) -> bool:
    """What the gazetteer's own pages ask of who adds and changes names."""
    return user.has_perms(("entities.add_name", "entities.change_name"))


def alias_rule_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """GET asks; POST tries the rule, or saves it and returns to the story."""
    tags = Tag.objects.select_related("article__revision", "entity__merged_into").prefetch_related("mentions")
    tag = get_object_or_404(tags, pk=row, article=pk)
    if not may_rule(request.user) or not may_decide(tag.article, request.user):
        raise PermissionDenied
    form = RuleForm(request.POST or None, tag=tag, initial={"strength": request.GET.get("strength", "")})
    if request.method != "POST" or EDIT in request.POST:
        return _page(admin, request, tag, form)
    if not form.is_valid():
        return _page(admin, request, tag, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if TRY in request.POST:
        return _try(admin, request, tag, form.names)
    try:
        names = set_alias(tag.entity, **form.rule())
    except ValidationError as error:
        form.add_error(None, error)
        return _page(admin, request, tag, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = f"“{names[0]}” is a {names[0].strength} name now, set from “{tag.article}”."
    admin.log_change(request, tag.entity.canonical, told)
    if form.cleaned_data["read_again"]:
        retagging.read_again(tag.article)
        told += " The story is being read again."
    messages.success(request, told)
    return redirect("admin:articles_article_change", pk)


def _try(admin: ModelAdmin[Any], request: HttpRequest, tag: Tag, names: list[Name]) -> HttpResponse:
    crumbs = [(str(tag.article), reverse("admin:articles_article_change", args=[tag.article_id]))]
    crumbs.append((f"How “{tag.entity}” is read", request.get_full_path()))
    change = GazetteerChange(written=names)
    return show_trial(admin, request, change, title="Try it first", crumbs=crumbs, save=("_save", "Save the rule"))


def _page(
    admin: ModelAdmin[Any], request: HttpRequest, tag: Tag, form: RuleForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"How “{tag.entity}” is read",
        "tag": tag,
        "article": tag.article,
        "form": form,
        "try_name": TRY,
    }
    return TemplateResponse(request, "admin/articles/article/alias_rule.html", context, status=status)
