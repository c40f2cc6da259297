"""The admin of sections. They are never deleted: addresses and feeds of theirs are out in the world."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Section


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "ordinal", "description")
    search_fields = ("name",)
    fields = ("name", "slug", "ordinal", "description")
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
