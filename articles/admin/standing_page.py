"""Pages that stand for years, in the admin: the text in an editor, and every version with what changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django_prose_editor.widgets import importmap
from js_asset import Media, Script

from articles.admin.clean_queries import is_key
from articles.body import clean_body
from articles.models import StandingPage
from articles.standing_pages import save_page
from articles.states import NotAllowed, Refused
from articles.word_diff import compare

FIELDS = ("title", "slug", "summary", "body", "ordinal", "is_public")


class PageEditor(forms.Textarea):
    """A textarea of HTML that a module of its own turns into the editor of stories, without what only stories have."""

    @property
    def media(self) -> Media:
        return Media(
            importmap=importmap,
            css={"all": ["articles/editing/standing_page.css"]},
            js=[Script("articles/editing/standing_page.js", type="module")],
        )


class StandingPageForm(forms.ModelForm):
    """With the version it was loaded at, so that nobody saves over somebody else's words."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = StandingPage
        fields = FIELDS
        widgets = {"body": PageEditor(attrs={"rows": 24}), "summary": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            # Its address is out in the world.
            self.fields["slug"].disabled = True


@admin.register(StandingPage)
class StandingPageAdmin(admin.ModelAdmin):
    list_display = ("title", "address", "ordinal", "is_public", "changed")
    list_filter = ("is_public",)
    search_fields = ("title", "body")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    csv_columns = {
        "id": "pk",
        "title": "title",
        "slug": "slug",
        "order": "ordinal",
        "public": "is_public",
        "version": "version",
        "changed (UTC)": "updated_at",
    }

    def get_urls(self) -> list[URLPattern]:
        versions = self.admin_site.admin_view(self.versions_view)
        return [path("<int:pk>/versions/", versions, name="articles_standingpage_versions"), *super().get_urls()]

    @admin.display(description="changed", ordering="updated_at")
    def changed(self, page: StandingPage) -> SafeString:
        return render_to_string("admin/articles/standingpage/changed.html", {"page": page})

    @admin.display(description="address", ordering="slug")
    def address(self, page: StandingPage) -> str:
        return page.get_absolute_url()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._edit(request, StandingPage())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = StandingPage.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if page is None:
            raise Http404("There is no such page.")
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return self._edit(request, page)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a page that readers shall not see any more is taken out of the public, and its versions stay."""
        return False

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = StandingPage.objects.filter(pk=pk).first()
        if page is None:
            raise Http404("There is no such page.")
        kept = list(page.versions.select_related("by"))
        texts = [f"{version.title}\n{version.summary}\n\n{clean_body(version.body).text}" for version in kept]
        # The first version is compared with itself: nothing in it is a change.
        older = [*texts[1:], *texts[-1:]]
        rows = [
            {"version": version, "pieces": compare(before, text)}
            for version, text, before in zip(kept, texts, older, strict=True)
        ]
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"Versions of “{page}”",
            "page": page,
            "rows": rows,
        }
        return TemplateResponse(request, "admin/articles/standingpage/versions.html", context)

    def _edit(self, request: HttpRequest, page: StandingPage) -> HttpResponse:
        form = StandingPageForm(request.POST or None, instance=page, label_suffix="")
        if request.method != "POST":
            return self._form_page(request, page, form)
        if not form.is_valid():
            return self._form_page(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            saved = save_page(form.instance, by=request.user, expected_version=form.cleaned_data["version"])
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return self._form_page(request, page, form, status=HTTPStatus.CONFLICT)
        messages.success(request, f"“{saved}” is saved; readers have it within a minute.")
        return redirect("admin:articles_standingpage_change", saved.pk)

    def _form_page(
        self, request: HttpRequest, page: StandingPage, form: StandingPageForm, *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        is_editable = self.has_change_permission(request) if page.pk else True
        for field in form.fields.values():
            field.disabled = field.disabled or not is_editable
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": str(page) or "New page",
            "page": page,
            "form": form,
            "is_editable": is_editable,
            "newest": page.versions.select_related("by").first() if page.pk else None,
            # The import map is the one inline script of the page.
            "media": Media.from_media(form.media).with_nonce(str(request.csp_nonce)),
        }
        return TemplateResponse(request, "admin/articles/standingpage/page.html", context, status=status)
