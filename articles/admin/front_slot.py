"""The front page in the admin: what stands in each place, by hand or by itself, and the page as it would look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from articles import front
from articles.admin.front_slot_form import FrontSlotForm, code_of, spots
from articles.front import Place, Spot
from articles.models import FrontSlot, Representation
from articles.states import Refused
from articles.views.entity import entity_at, entity_page
from articles.views.front import STORIES_READ, arrange, placed_at_home
from articles.views.home import front_page
from articles.views.rivers import live_stories
from articles.views.section import section_page

PREVIEW = "_preview"
LIST = "admin:articles_frontslot_changelist"
ON_PAGES = "Pinned on pages"


@dataclass(frozen=True, slots=True)
class Line:
    """One place on the page of places; `newest` stands there by itself."""

    spot: Spot
    code: str
    slot: FrontSlot | None
    is_shown: bool
    newest: Representation | None
    above: int
    below: int


@admin.register(FrontSlot)
class FrontSlotAdmin(admin.ModelAdmin):
    form = FrontSlotForm
    list_select_related = ("section", "entity", "story")
    fields = ("where", "page", "story", "address", "text", "until")
    change_form_template = "admin/articles/frontslot/change_form.html"
    csv_columns = {
        "place": "place",
        "number": "ordinal",
        "section": "section",
        "page": "entity",
        "story": "story",
        "until": "until",
    }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Not a list of rows but the places of the page; a press clears or moves."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and self._press(request):
            return HttpResponseRedirect(reverse(LIST))
        context = {
            **self.admin_site.each_context(request),
            "title": "Front page",
            "opts": self.opts,
            "groups": groups(),
            "on_pages": ON_PAGES,
            "may_arrange": self.has_change_permission(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/frontslot/places.html", context)

    def _press(self, request: HttpRequest) -> bool:
        """Whether something was pressed: "clear" with the id of a slot, or "move" with id and number."""
        pressed = request.POST.get("clear", "") or request.POST.get("move", "").partition(":")[0]
        slot = self.get_object(request, pressed) if pressed else None
        if slot is None:
            return bool(pressed)
        try:
            self._act(request, slot)
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        return True

    def _act(self, request: HttpRequest, slot: FrontSlot) -> None:
        if "clear" in request.POST:
            front.clear(slot, by=request.user)
            self.log_deletions(request, [slot])
            return
        number = request.POST["move"].partition(":")[2]
        moved = front.move(slot, to=int(number) if number.isascii() and number.isdigit() else 0, by=request.user)
        self.log_change(request, moved, f"Moved to {moved}.")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if PREVIEW not in request.POST:
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic():
            response = super().changeform_view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        return response

    def save_model(self, request: HttpRequest, obj: FrontSlot, form: FrontSlotForm, change: bool) -> None:
        data = form.cleaned_data
        placed = front.place(data["spot"], by=request.user, story=data["story"], text=data["text"], until=data["until"])
        # The form's own object stands for the row that the verb wrote: for the log, and for the page that follows.
        obj.__dict__.update(placed.__dict__)

    def response_add(self, request: HttpRequest, obj: FrontSlot, post_url_continue: str | None = None) -> HttpResponse:
        return self._after(request, obj)

    def response_change(self, request: HttpRequest, obj: FrontSlot) -> HttpResponse:
        return self._after(request, obj)

    def _after(self, request: HttpRequest, slot: FrontSlot) -> HttpResponse:
        """Back to the places; of a preview, the page as readers would get it now."""
        if PREVIEW in request.POST:
            return as_readers_would_see(request, slot)
        self.message_user(request, f"{slot}: “{slot.text or slot.story}” stands there now.", messages.SUCCESS)
        return HttpResponseRedirect(reverse(LIST))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"where": request.GET.get("where", ""), "page": request.GET.get("page", "")}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's: a press on the page of places clears one."""
        return False


@never_cache
def as_readers_would_see(request: HttpRequest, slot: FrontSlot) -> HttpResponse:
    if slot.entity:
        shown = slot.entity.canonical
        return entity_page(request, entity_at(shown.kind, shown.slug))
    return section_page(request, slot.section.slug) if slot.section else front_page(request)


def groups() -> list[tuple[str, list[Line]]]:
    """The places under their headings, with what stands in each."""
    heavy = [f"story__representation__{name}" for name in ("json", "html", "lexemes")]
    around = ("story__representation", "section", "entity", "placed_by")
    by_spot = {Spot.of(slot): slot for slot in FrontSlot.objects.select_related(*around).defer(*heavy)}
    shown = set(FrontSlot.objects.shown(timezone.now()).values_list("pk", flat=True))
    newest = _newest()
    found: dict[str, list[Line]] = {}
    # On the pages of entities, of which there are thousands, only the places that are filled.
    on_pages = sorted((spot for spot in by_spot if spot.entity), key=lambda spot: (str(spot.entity), spot.ordinal))
    for spot in (*(spot for spot in spots() if spot.place != Place.ENTITY), *on_pages):
        found.setdefault(_heading(spot), []).append(_line(spot, by_spot.get(spot), shown, newest))
    return [*found.items(), *([] if on_pages else [(ON_PAGES, [])])]


def _heading(spot: Spot) -> str:
    if spot.section or spot.entity:
        return spot.section.name if spot.section else ON_PAGES
    return "Breaking strip" if spot.place == Place.BREAKING else "Home"


def _line(spot: Spot, slot: FrontSlot | None, shown: set[int], newest: dict[tuple[str, int], Representation]) -> Line:
    is_shown = slot is not None and slot.pk in shown
    most = FrontSlot.NUMBERS[spot.place]
    return Line(
        spot=spot,
        code=code_of(spot),
        slot=slot,
        is_shown=is_shown,
        newest=None if is_shown else newest.get((spot.place, spot.ordinal)),
        above=spot.ordinal - 1,
        below=spot.ordinal + 1 if spot.ordinal < most else 0,
    )


def _newest() -> dict[tuple[str, int], Representation]:
    """What readers see in each place of the home page now."""
    page = arrange(list(live_stories()[:STORIES_READ]), placed_at_home())
    beside = {(Place.SECONDARY.value, number): story for number, story in enumerate(page.secondary, start=1)}
    return beside | ({(Place.LEAD.value, 1): page.lead} if page.lead else {})
