"""The page on which two entities that are one are merged, with what will change, and its undoing."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from entities.merging import merge, refusal_of, unmerge
from entities.models import Entity, Name

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

CANDIDATES = 12
# Digits of a row's id that every column holds.
LONGEST_KEY = 18


class TargetForm(forms.Form):
    into = forms.ModelChoiceField(Entity.objects.canonical(), widget=forms.HiddenInput)


def merge_view(admin: ModelAdmin[Entity], request: HttpRequest, pk: int) -> HttpResponse:
    """Search for the other (?q=), look at both (?into=), then merge by POST."""
    entity = _entity(admin, request, pk)
    form = TargetForm(request.POST or None)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            merge(entity, into=form.cleaned_data["into"])
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            admin.log_change(request, entity, f"Merged into “{form.cleaned_data['into']}”.")
            messages.success(request, f"“{entity}” is “{form.cleaned_data['into']}” now. It can be undone here.")
            return redirect("admin:entities_entity_change", pk)
    chosen = request.POST.get("into") or request.GET.get("into", "")
    target = _canonical(entity).filter(pk=chosen).first() if _is_key(chosen) else None
    query = request.GET.get("q", "").strip()
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"Merge “{entity}” into another",
        "entity": entity,
        "target": target,
        "query": query,
        "candidates": _candidates(entity, query) if target is None else [],
        "error": error,
    }
    if target is not None:
        context |= {
            "refusal": refusal_of(entity, into=target),
            "names": _joined(entity, target),
            **admin.merge_facts(entity, target),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return TemplateResponse(request, "admin/entities/entity/merge.html", context, status=status)


@require_POST
def unmerge_view(request: HttpRequest, pk: int, *, admin: ModelAdmin[Entity]) -> HttpResponse:
    entity = _entity(admin, request, pk)
    unmerge(entity)
    if entity.merged_into is not None:
        admin.log_change(request, entity, f"Merge into “{entity.merged_into}” undone.")
    messages.success(request, f"“{entity}” has its own identity again.")
    back = request.POST.get("back", "")
    return redirect("admin:entities_entity_change", back if _is_key(back) else pk)


def _joined(entity: Entity, target: Entity) -> dict[str, list[Name]]:
    """The names that come: `new` ones, and those that the target has `too`, or reads `otherwise`."""
    standing = {name.text: name for name in Name.objects.filter(_of(target))}
    coming: dict[str, list[Name]] = {"new": [], "too": [], "otherwise": []}
    for name in Name.objects.filter(_of(entity)).order_by("strength", "text"):
        twin = standing.get(name.text)
        if twin is None:
            coming["new"].append(name)
        else:
            name.twin = twin
            coming["too" if twin.strength == name.strength else "otherwise"].append(name)
    return coming


def _of(entity: Entity) -> Q:
    return Q(entity=entity) | Q(entity__merged_into=entity)


def _is_key(text: str) -> bool:
    """Whether the text can be a row's id: “42”; not “x”, and not five thousand digits."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


def _entity(admin: ModelAdmin[Entity], request: HttpRequest, pk: int) -> Entity:
    if not admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Entity.objects.select_related("merged_into", "country__entity"), pk=pk)


def _canonical(entity: Entity) -> QuerySet[Entity]:
    shown = Entity.objects.canonical().exclude(pk=entity.pk)
    return shown.select_related("country__entity").prefetch_related("names")


def _candidates(entity: Entity, query: str) -> list[Entity]:
    """By what was searched; without it, those that share a telling word of the name."""
    others = _canonical(entity).filter(kind=entity.kind)
    if query:
        return list(_named(others, query)[:CANDIDATES])
    for word in entity.name.split():
        found = list(_named(others, word)[: CANDIDATES + 1])
        # A word that many share (“Ministry”) tells nothing.
        if 0 < len(found) <= CANDIDATES and len(word) > 3:
            return found
    return []


def _named(entities: QuerySet[Entity], text: str) -> QuerySet[Entity]:
    return entities.filter(Q(name__icontains=text) | Q(names__text__icontains=text)).distinct()
