"""The admin of pictures: upload with checks, preview, and what must stand beside them."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.picture_chooser import picture_urls
from articles.admin.picture_filters import EndFilter, LackFilter, RightsFilter, UseFilter
from articles.admin.picture_form import (
    LABELS,
    LONGEST_READ,
    RIGHTS_CHOICES,
    PictureField,
    brought_up_to_date,
    is_same_file,
    read_in,
    sent_of,
    take_facts,
)
from articles.models import Image
from articles.models.image import MOST_ATTEMPTS
from articles.pictures.details import DETAILS, RightsKept, StaleDetails, as_read, change_details, log_upload
from articles.pictures.files import sha256_of
from articles.pictures.rendering import render_on_commit
from articles.pictures.rights import with_kills
from articles.pictures.usage import usage_of, with_use
from entities.admin.day_input import DayInput


class ImageForm(forms.ModelForm):
    """With what stood beside the picture when the page was opened, so that nobody saves over somebody else's words."""

    kept_back = ""
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_READ)

    class Meta:
        model = Image
        fields = (
            *("file", "title", "alt", "caption", "credit", "rights", "rights_note", "may_syndicate", "expires_on"),
            *("focal_x", "focal_y"),
        )
        field_classes = {"file": PictureField}
        labels = LABELS
        help_texts = {
            "file": "JPEG, PNG, WebP or AVIF; at most 25 MB and 50 megapixels.",
            "focal_x": "What crops must keep: 0 is the left edge, 1 the right.",
            "focal_y": "0 is the upper edge, 1 the lower.",
        }
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "alt": forms.Textarea(attrs={"rows": 2}),
            "expires_on": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "read" in self.fields and self.instance.pk:
            self.fields["read"].initial = json.dumps(as_read(self.instance))

    def clean_read(self) -> dict[str, str]:
        return read_in(self.cleaned_data["read"])

    def wanted(self) -> dict[str, Any]:
        """What was sent, as the verb takes it."""
        return sent_of(self, [name for name in DETAILS if name in self.fields])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.kept_back = take_facts(data)
        return data

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            standing = Image.objects.filter(sha256=sha256_of(file)).first()
            if standing is not None:
                address = reverse("admin:articles_image_change", args=[standing.pk])
                raise forms.ValidationError(
                    format_html("The desk has this picture already: <a href='{}'>{}</a>.", address, standing)
                )
        return file


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ("title", "alt", "credit", "size", "rights", "expires_on", "partners")
    list_filter = (RightsFilter, EndFilter, UseFilter, LackFilter)
    search_fields = ("title", "alt", "caption", "credit", "rights_note")
    search_help_text = "Words of title, description, caption, credit or source"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    csv_columns = {
        "id": "pk",
        "file": "file",
        "title": "title",
        "alternative text": "alt",
        "caption": "caption",
        "credit": "credit",
        "width": "width",
        "height": "height",
        "rights": "rights",
        "source or proof": "rights_note",
        "rights end on": "expires_on",
        "partners get it": "may_syndicate",
    }
    list_per_page = 48
    change_form_template = "admin/articles/image/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        return picture_urls(self.admin_site) + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return with_kills(with_use(super().get_queryset(request)))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        image = kwargs.get("obj")
        if image is not None:
            context |= {"usage": usage_of(image), "is_given_up": image.rendering_attempts >= MOST_ATTEMPTS}
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "rights":
            kwargs["choices"] = RIGHTS_CHOICES
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """A new picture has nothing to preview; a standing one keeps its file, since its address is its content."""
        shown = "file" if obj is None else "preview"
        return (
            (None, {"fields": (shown, "title")}),
            ("Beside the picture", {"fields": ("alt", "caption", "credit")}),
            (
                "Rights",
                {
                    "fields": ("rights", "rights_note", "expires_on", "may_syndicate"),
                    "description": render_to_string("admin/articles/image/demands.html"),
                },
            ),
            ("Focal point", {"fields": (("focal_x", "focal_y"),)}),
            *(() if obj is None else ((None, {"fields": ("read",)}),)),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        return () if obj is None else ("preview",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows what the verb has refused, if it has: what its writer left alone is as it stands now."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        if refusal is None:
            return form

        class Asked(form):  # type: ignore[misc, valid-type]
            def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
                if data is not None and isinstance(refusal, StaleDetails):
                    data = brought_up_to_date(data, refusal.image)
                super().__init__(data, *args, **kwargs)

            def clean(self) -> dict[str, Any]:
                data: dict[str, Any] = super().clean() or self.cleaned_data
                for name, words in refusal.told.items():
                    self.add_error(name, words)
                return data

        return Asked

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the verb refuses stands beside the words, and every word still is there. A file that somebody else
        stored in the same moment is standing when it is looked for again."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (StaleDetails, RightsKept) as refusal:
            request.refusal = refusal
        except IntegrityError as error:
            if not is_same_file(error):
                raise
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            log_upload(obj, by=request.user)
            render_on_commit()
            if form.kept_back:
                messages.warning(request, form.kept_back)
            return
        described = change_details(obj, by=request.user, read=form.cleaned_data["read"], **form.wanted())
        # The form's own object stands for the row that the verb wrote, for the page that follows.
        obj.__dict__.update(described.image.__dict__)
        if {"focal_x", "focal_y"} & set(described.written):
            render_on_commit()
        if described.meanwhile:
            messages.warning(request, f"Somebody else has changed it since you opened it: {described.meanwhile}.")

    def log_addition(self, request: HttpRequest, obj: Image, message: Any) -> None:
        """`log_upload` has done it."""

    def log_change(self, request: HttpRequest, obj: Image, message: Any) -> None:
        """The verb has done it, with what rights were and are."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: editions and revisions point to pictures. Their rights can be ended."""
        return False

    @admin.display(description="picture")
    def preview(self, image: Image) -> SafeString:
        return render_to_string("admin/articles/image/preview.html", {"image": image})

    @admin.display(description="partners", ordering="may_syndicate")
    def partners(self, image: Image) -> str:
        return "get it" if image.may_syndicate else "do not get it"

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"
