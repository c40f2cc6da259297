"""The sources of the wire: how each fares, asking one now, and trying one out before it is saved."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.body import clean_text
from articles.states import Refused
from newsroom.outgoing.destinations import Forbidden, destination_of
from newsroom.wire.models import WireSource
from newsroom.wire.signing_in import BadSignIn, sign_in_with
from newsroom.wire.sources import CHANGES, ask_now, forget_what_was_fetched, try_out

SOURCE = "admin:wire_wiresource_change"
# Where one of these was changed, what the feed answered before counts no more.
OF_THE_FEED = {"url", "format", "sign_in", "sign_in_name", "secret"}
SIGN_IN = ("sign_in", "sign_in_name", "sealed_secret")


class WireSourceForm(forms.ModelForm):
    secret = forms.CharField(
        label="Password, token or key",
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "vTextField"}),
        help_text="It is kept sealed, and never shown.",
    )

    class Meta:
        model = WireSource
        fields = (
            *("name", "url", "format", "sign_in", "sign_in_name", "credit", "author", "section", "language"),
            *("is_enabled", "makes_drafts", "spikes_after_days", "minutes"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_in_with = {name: getattr(self.instance, name) for name in SIGN_IN}
        if self.instance.sealed_secret and "secret" in self.fields:
            self.fields["secret"].help_text = "One is kept, sealed. Type another to replace it."

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "url" in given and "sign_in" in given:
            name, secret = given.get("sign_in_name", ""), given.get("secret", "")
            try:
                sign_in_with(self.instance, given["sign_in"], name=name, secret=secret, url=given["url"])
            except BadSignIn as refusal:
                self.add_error("secret" if refusal.field == "secret" else "sign_in_name", refusal.message)
            else:
                given["sign_in_name"] = self.instance.sign_in_name
        return given

    def clean_url(self) -> str:
        """What the connection would refuse is refused here, with a reason."""
        url = self.cleaned_data["url"].strip()
        try:
            destination_of(url)
        except Forbidden as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return url

    def clean_name(self) -> str:
        return self._words("name")

    def clean_credit(self) -> str:
        return self._words("credit")

    def _words(self, field: str) -> str:
        words = clean_text(self.cleaned_data[field])
        if not words:
            raise forms.ValidationError("Write at least a word.")
        return words


@admin.register(WireSource)
class WireSourceAdmin(admin.ModelAdmin):
    form = WireSourceForm
    list_display = ("name", "format", "credit", "fares", "last_success", "newest")
    search_fields = ("name", "credit")
    search_help_text = "Name or credit"
    actions = None
    change_form_template = "admin/wire/wiresource/change_form.html"
    csv_columns = {
        "name": "name",
        "address": "shown_url",
        "format": "format",
        "credit": "credit",
        "asked": "is_enabled",
        "failures in a row": "failures",
        "last error": "last_error",
        "last success (UTC)": "last_success_at",
        "last news (UTC)": "last_new_at",
    }
    fieldsets = (
        (None, {"fields": ("name", "url", "format")}),
        (
            "How we sign in",
            {
                "fields": ("sign_in", "sign_in_name", "secret"),
                "description": "Only where the agency wants it. It goes to the server of the address and nowhere else.",
            },
        ),
        (
            "What becomes of its stories",
            {
                "fields": ("makes_drafts", "spikes_after_days", "credit", "author", "section", "language"),
                "description": "They never go to partners unless an editor ticks “Partners get it” on the story.",
            },
        ),
        ("How it is asked", {"fields": ("is_enabled", "minutes")}),
    )

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("try/", guard(partial(try_view, admin=self)), name="wire_wiresource_try"),
            path("<int:pk>/try/", guard(partial(try_view, admin=self)), name="wire_wiresource_try_saved"),
            path("<int:pk>/ask/", guard(ask_view), name="wire_wiresource_ask"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Authors and sections have pages of their own; here one is chosen."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.empty_label = "–"
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_fieldsets(self, request: HttpRequest, obj: WireSource | None = None) -> Any:
        """Of the sign-in, and of a key in the address, whoever may not change them sees nothing."""
        sets = super().get_fieldsets(request, obj)
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may_change:
            return sets
        return [
            (None, {"fields": ("name", "address", "format")}),
            *(part for part in sets[1:] if "secret" not in part[1]["fields"]),
        ]

    def save_model(self, request: HttpRequest, obj: WireSource, form: Any, change: bool) -> None:
        changed = set(form.changed_data)
        is_another_feed = bool(OF_THE_FEED & changed)
        if change and is_another_feed:
            forget_what_was_fetched(obj)
        if not change:
            obj.save()
            messages.info(request, "It is asked within a minute; this page then says how it answered.")
            return
        # What the fetcher writes meanwhile stays as it wrote it.
        forgotten = (
            "etag",
            "last_modified",
            "last_error",
            "last_faults",
            "failures",
            "failing_since",
            "paused_at",
            "fetch_at",
        )
        # Nor is a secret written that was only read: it may have been sealed anew meanwhile.
        signs_in = {name for name, before in form.signed_in_with.items() if getattr(obj, name) != before}
        fields = (changed - {"secret", *SIGN_IN}) | signs_in
        obj.save(update_fields=fields.union(forgotten) if is_another_feed else fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: its stories name it. Take away its tick instead."""
        return False

    @admin.display(description="address")
    def address(self, source: WireSource) -> str:
        return source.shown_url

    @admin.display(description="state")
    def fares(self, source: WireSource) -> SafeString:
        return render_to_string("admin/wire/wiresource/state.html", {"source": source})

    @admin.display(description="last answered", ordering="last_success_at")
    def last_success(self, source: WireSource) -> SafeString:
        return render_to_string("admin/partners/partner/moment.html", {"at": source.last_success_at})

    @admin.display(description="last news", ordering="last_new_at")
    def newest(self, source: WireSource) -> SafeString:
        return render_to_string("admin/partners/partner/moment.html", {"at": source.last_new_at})


@never_cache
@require_POST
def try_view(request: HttpRequest, pk: int | None = None, *, admin: WireSourceAdmin) -> HttpResponse:
    """What would come in of the source as it stands in the form. Nothing is saved."""
    source = get_object_or_404(WireSource, pk=pk) if pk else None
    if not (admin.has_change_permission(request, source) if source else admin.has_add_permission(request)):
        raise PermissionDenied
    form = WireSourceForm(request.POST, instance=source)
    asked = form.save(commit=False) if form.is_valid() else None
    context = admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": "What would come in",
        "source": asked,
        "trial": try_out(asked) if asked else None,
        "form": form,
    }
    return TemplateResponse(request, "admin/wire/wiresource/trial.html", context)


@require_POST
def ask_view(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    source = get_object_or_404(WireSource, pk=pk)
    try:
        ask_now(source, by=request.user)
        messages.success(request, f"{source} is being asked. What it has stands at the wire desk in a moment.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(SOURCE, pk)
