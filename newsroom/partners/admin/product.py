"""The admin of products: saved filters, with what they select now."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Count, QuerySet, TextField
from django.http import HttpRequest, HttpResponse

from articles.api.shared import shared_articles
from entities.models import Entity
from newsroom.partners.admin.product_form import ProductForm
from newsroom.partners.defining import save_product
from newsroom.partners.models import ApiKey, Product

SHOWN = 5


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    form = ProductForm
    list_display = ("name", "selects", "revision", "key_count")
    search_fields = ("name",)
    search_help_text = "Name"
    actions = None
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    change_form_template = "admin/partners/product/change_form.html"
    csv_columns = {"id": "uuid", "name": "name", "revision": "revision", "keys": "keys_that_hold_it"}
    fieldsets = (
        (None, {"fields": ("name", "notes")}),
        (
            "What is in it",
            {
                "fields": ("sections", "types", "languages", "countries", "only_about", "entities", "authors"),
                "description": "Of each field one value is enough; every field that you fill in must be met. "
                "When you change this, every partner with the product reads its stories anew.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        return super().get_queryset(request).annotate(keys_that_hold_it=Count("keys"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        product = self.get_object(request, object_id)
        shown = page_of(product) if product and self.has_view_permission(request) else {}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | shown)

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        save_product(obj, by=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: keys and their history name it."""
        return False

    @admin.display(description="what is in it")
    def selects(self, product: Product) -> str:
        return described(product)

    @admin.display(description="keys", ordering="keys_that_hold_it")
    def key_count(self, product: Any) -> int:
        return product.keys_that_hold_it


def described(product: Product) -> str:
    parts = [
        ", ".join(product.sections),
        ", ".join(product.types),
        ", ".join(product.languages),
        f"{'about ' if product.only_about else ''}{', '.join(product.countries)}" if product.countries else "",
        f"{len(product.entities)} people and things" if product.entities else "",
        ", ".join(product.authors),
    ]
    return " · ".join(part for part in parts if part)


def page_of(product: Product) -> dict[str, Any]:
    """What the product selects now, and who holds it."""
    chosen = shared_articles().filter(product.filter.condition("facts"))
    holders = ApiKey.objects.filter(products=product, revoked_at=None).select_related("partner")
    return {
        "stories": chosen.order_by("-published_at", "-article_id").only("article_id", "headline", "published_at")[
            :SHOWN
        ],
        "holders": sorted({key.partner for key in holders}, key=lambda partner: partner.name),
        "merged": Entity.objects.filter(uuid__in=product.entities, merged_into__isnull=False).select_related(
            "merged_into"
        ),
    }
