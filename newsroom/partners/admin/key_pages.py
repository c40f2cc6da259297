"""The pages on which keys are made, rotated, changed and revoked. A new key is shown once, on the answer itself:
it is kept neither in the session nor in the browser's cache."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from articles.states import Refused
from newsroom.partners.admin.key_forms import KeyForm, NewKeyForm, RevokeForm, RotateForm, values_of
from newsroom.partners.key_format import WrittenKey
from newsroom.partners.keys import change_key, make_key, revoke_key, rotate_key
from newsroom.partners.models import ApiKey, Partner

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.forms import Form

UNSEEN = "This key was made already, or a colleague made one in the meantime: look at the partner's keys first."


@never_cache
def make_view(request: HttpRequest, pk: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    _require(request, "partners.add_apikey")
    partner = get_object_or_404(Partner, pk=pk)
    newest = partner.keys.values_list("pk", flat=True).first() or 0
    form = NewKeyForm(request.POST or None, initial={"newest": newest})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["newest"] != newest:
            refusal = UNSEEN
        else:
            try:
                return _shown(admin, request, *make_key(partner, by=request.user, **form.arguments()))
            except Refused as refused:
                refusal = refused.message
    title = f"A new key for {partner}"
    return _asked(admin, request, partner, form, title=title, press="Make the key", refusal=refusal)


@never_cache
def rotate_view(request: HttpRequest, pk: int, key: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    found = _key(request, pk, key)
    form = RotateForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _shown(admin, request, *rotate_key(found, by=request.user, **form.arguments()))
        except Refused as refused:
            refusal = refused.message
    lead = "The new key may do the same. Both work until the old one ends, so that nothing stands still."
    return _asked(
        admin, request, found.partner, form, title=f"Rotate {found}", press="Make the new key", lead=lead,
        refusal=refusal,
    )  # fmt: skip


@never_cache
def change_view(request: HttpRequest, pk: int, key: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    found = _key(request, pk, key)
    form = KeyForm(request.POST or None, initial=values_of(found))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            change_key(found, by=request.user, **form.arguments())
        except Refused as refused:
            refusal = refused.message
        else:
            messages.success(request, f"{found} is changed. It holds from the next request.")
            return redirect("admin:partners_partner_change", pk)
    return _asked(admin, request, found.partner, form, title=f"Change {found}", press="Change it", refusal=refusal)


@never_cache
def revoke_view(request: HttpRequest, pk: int, key: int, *, admin: ModelAdmin[Partner]) -> HttpResponse:
    found = _key(request, pk, key)
    form = RevokeForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            revoke_key(found, by=request.user, **form.arguments())
        except Refused as refused:
            refusal = refused.message
        else:
            messages.success(request, f"{found} is revoked: it is refused from now on.")
            return redirect("admin:partners_partner_change", pk)
    lead = "It is refused at once and for ever. Where the partner needs time, rotate it instead."
    return _asked(
        admin, request, found.partner, form, title=f"Revoke {found}", press="Revoke it", lead=lead, refusal=refusal,
        is_grave=True,
    )  # fmt: skip


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _key(request: HttpRequest, pk: int, key: int) -> ApiKey:
    _require(request, "partners.change_apikey")
    return get_object_or_404(ApiKey.objects.select_related("partner"), pk=key, partner=pk)


def _asked(
    admin: ModelAdmin[Partner], request: HttpRequest, partner: Partner, form: Form, **context: Any
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context |= {**admin.admin_site.each_context(request), "opts": admin.opts, "partner": partner, "form": form}
    return TemplateResponse(request, "admin/partners/partner/key_form.html", context, status=status)


def _shown(admin: ModelAdmin[Partner], request: HttpRequest, key: ApiKey, written: WrittenKey) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"The new key of {key.partner}",
        "partner": key.partner,
        "key": key,
        "written": written.text,
        "site": settings.SITE_URL,
    }
    return TemplateResponse(request, "admin/partners/partner/key_shown.html", context)
