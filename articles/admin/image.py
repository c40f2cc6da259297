"""The admin of pictures: upload with checks, preview, and what must stand beside them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.picture_chooser import picture_urls
from articles.admin.picture_form import PictureField
from articles.models import Image
from articles.picture_files import sha256_of
from articles.rendering import render_on_commit


class ImageForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = ("file", "title", "alt", "caption", "credit", "may_syndicate", "expires_on", "focal_x", "focal_y")
        field_classes = {"file": PictureField}
        help_texts = {
            "file": "JPEG, PNG, WebP or AVIF; at most 25 MB and 50 megapixels.",
            "focal_x": "What a narrow crop must keep: 0 is the left edge, 1 the right.",
            "focal_y": "0 is the upper edge, 1 the lower.",
        }
        widgets = {"caption": forms.Textarea(attrs={"rows": 2}), "alt": forms.Textarea(attrs={"rows": 2})}

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
    list_display = ("picture", "title", "alt", "credit", "size", "expires_on", "partners")
    list_display_links = ("picture", "title")
    list_filter = ("may_syndicate",)
    search_fields = ("title", "alt", "caption", "credit")
    csv_columns = {
        "id": "pk",
        "file": "file",
        "title": "title",
        "alternative text": "alt",
        "caption": "caption",
        "credit": "credit",
        "width": "width",
        "height": "height",
        "rights end on": "expires_on",
        "partners get it": "may_syndicate",
    }
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        return picture_urls(self.admin_site) + super().get_urls()

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """A new picture has nothing to preview; a standing one keeps its file, since its address is its content."""
        shown = "file" if obj is None else "preview"
        return (
            (None, {"fields": (shown, "title")}),
            ("Beside the picture", {"fields": ("alt", "caption", "credit")}),
            ("Rights", {"fields": ("may_syndicate", "expires_on")}),
            ("Crop", {"fields": (("focal_x", "focal_y"),)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> tuple[str, ...]:
        return () if obj is None else ("preview",)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"file", "focal_x", "focal_y"} & set(form.changed_data):
            render_on_commit()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: editions and revisions point to pictures. Their rights can be ended."""
        return False

    @admin.display(description="picture")
    def picture(self, image: Image) -> SafeString:
        return render_to_string("admin/articles/image/thumbnail.html", {"image": image})

    @admin.display(description="picture")
    def preview(self, image: Image) -> SafeString:
        return render_to_string("admin/articles/image/preview.html", {"image": image})

    @admin.display(description="partners", ordering="may_syndicate")
    def partners(self, image: Image) -> str:
        return "get it" if image.may_syndicate else "do not get it"

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"
