"""The front page in the admin: a page arranged as a whole, looked at, and made live by one press."""

from __future__ import annotations

from copy import copy
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles.admin.front_page_form import PageForm
from articles.admin.front_places import address_of, all_slots, doors, has_ended, live_places
from articles.admin.page_named import page_named
from articles.front import Spot
from articles.front_arrangement import Arranged, Misplaced, Page, StaleArrangement, arrange, page_name
from articles.models import FrontSlot, Section
from articles.states import GuardFailed, NotAllowed
from articles.views.entity import entity_at, entity_page
from articles.views.home import front_page
from articles.views.not_live import NotLive, keep_from_readers
from articles.views.section import section_page
from entities.models import Entity

PREVIEW, EDIT = "_preview", "_edit"


@admin.register(FrontSlot)
class FrontSlotAdmin(admin.ModelAdmin):
    list_select_related = ("section", "entity", "story")
    # A place is arranged with its page, never by a form of Django's.
    exclude = ("place", "ordinal", "section", "entity", "story", "text", "until", "placed_by", "placed_at")
    csv_columns = {
        "place": "place",
        "number": "ordinal",
        "section": "section",
        "page": "entity",
        "story": "story",
        "until": "until",
    }

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("sections/<slug:slug>/", guard(self.section_view), name="articles_frontslot_section"),
            path("pages/", guard(require_safe(self.named_view)), name="articles_frontslot_named"),
            path("pages/<int:pk>/", guard(self.page_view), name="articles_frontslot_page"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Not a list of rows but the places of the home page."""
        return self._answer(request, Page())

    def section_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._answer(request, Page(section=get_object_or_404(Section, slug=slug)))

    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answer(request, Page(entity=get_object_or_404(Entity, pk=pk)))

    def named_view(self, request: HttpRequest) -> HttpResponse:
        """On to the page whose address was typed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            return HttpResponseRedirect(address_of(Page(entity=page_named(request.GET.get("address", "")))))
        except GuardFailed as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(address_of(Page()))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """One place is arranged with its page."""
        slot = self.get_object(request, object_id)
        return HttpResponseRedirect(address_of(Page(slot.section, slot.entity) if slot else Page()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody by a form of Django's: stories are placed on the page that they stand on."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's, as above."""
        return False

    def _answer(self, request: HttpRequest, page: Page) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._press(request, page)
        return self._shown(request, form_of(page, all_slots()))

    def _press(self, request: HttpRequest, page: Page) -> HttpResponse:
        """A look at what was typed, its way into the page, or back from the look to what was typed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = form_of(page, all_slots(), request.POST)
        if EDIT in request.POST:
            return self._shown(request, form)
        if not form.is_valid():
            return self._shown(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            return as_readers_would_see(request, form) if PREVIEW in request.POST else self._make_live(request, form)
        except StaleArrangement:
            form = form_of(page, all_slots(), request.POST)
            form.is_valid()
            form.take_theirs()
            return self._shown(request, form, status=HTTPStatus.CONFLICT, is_stale=True)
        except Misplaced as refusal:
            form.tell(refusal.told)
            return self._shown(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from None

    @transaction.atomic
    def _make_live(self, request: HttpRequest, form: PageForm) -> HttpResponse:
        arranged = arrange(form.page, form.wanted, read=form.read, by=request.user)
        self._log(request, arranged)
        told = "is live as arranged" if arranged.placed or arranged.gone else "stood like this already"
        self.message_user(request, f"{page_name(form.page)} {told}.", messages.SUCCESS)
        return HttpResponseRedirect(address_of(form.page))

    def _log(self, request: HttpRequest, arranged: Arranged) -> None:
        for slot in arranged.placed:
            self.log_addition(request, slot, f"“{slot.text or slot.story}” placed.")
        if arranged.gone:
            self.log_deletions(request, arranged.gone)

    def _shown(
        self, request: HttpRequest, form: PageForm, *, status: int = HTTPStatus.OK, is_stale: bool = False
    ) -> HttpResponse:
        slots = all_slots()
        live = live_places(form.page, slots)
        context = {
            **self.admin_site.each_context(request),
            "title": title_of(form.page),
            "opts": self.opts,
            "page": form.page,
            "form": form,
            "rows": [(place, live[place.spot]) for place in form.places],
            "doors": doors(form.page, slots),
            "address": public_address(form.page),
            "may_arrange": self.has_change_permission(request),
            "has_errors": form.is_unsaved and not form.is_valid(),
            "is_stale": is_stale,
        }
        return TemplateResponse(request, "admin/articles/frontslot/places.html", context, status=status)


def form_of(page: Page, slots: list[FrontSlot], posted: QueryDict | None = None) -> PageForm:
    return PageForm(page, {Spot.of(slot): slot for slot in slots if not has_ended(slot)}, posted)


def as_readers_would_see(request: HttpRequest, form: PageForm) -> HttpResponse:
    """The page after the very verb that makes it live, which is then undone: no reader gets anything of it."""
    with transaction.atomic():
        arrange(form.page, form.wanted, read=form.read, by=request.user)
        response = _page(
            request, form.page, NotLive(page_name(form.page), public_address(form.page), request.path, form.carried)
        )
        transaction.set_rollback(True)
    keep_from_readers(response)
    return response


def title_of(page: Page) -> str:
    if page.entity:
        return f"Pinned on the page of {page.entity}"
    return f"Pinned in {page.section}" if page.section else "Front page"


def public_address(page: Page) -> str:
    if page.entity:
        return page.entity.canonical.get_absolute_url()
    return reverse("section", args=[page.section.slug]) if page.section else reverse("home")


def _page(request: HttpRequest, page: Page, not_live: NotLive) -> HttpResponse:
    asked = copy(request)
    asked.method, asked.path, asked.GET = "GET", public_address(page), QueryDict()
    if page.entity:
        shown = page.entity.canonical
        return entity_page(asked, entity_at(shown.kind, shown.slug), not_live=not_live)
    if page.section:
        return section_page(asked, page.section.slug, not_live=not_live)
    return front_page(asked, not_live=not_live)
