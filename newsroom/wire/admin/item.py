"""The wire desk: what agencies sent, newest first, and a page for each item on which it is decided."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from articles.admin.clean_queries import is_key
from articles.states import NotAllowed, Refused
from newsroom.wire import deciding
from newsroom.wire.admin.item_filters import CountryFilter, StateFilter
from newsroom.wire.admin.item_page import page_of
from newsroom.wire.models import WireItem
from newsroom.wire.models.item import WORDS

LIST, STORY, PAGE = "admin:wire_wireitem_changelist", "admin:articles_article_change", "admin:wire_wireitem_change"
LONGEST_SEARCH = 200
# Verbs after which there may be more to do on the page of the item.
STAYING = ("bring_back", "settle_kill", "mean_another", "leave_update")
# More than the list shows, so that it knows of more to come.
BEGINNING = 200


def _each(verb: Callable[..., Any], said: str) -> Callable[..., None]:
    """An action of the list: the verb on each, in transactions of their own; a refusal holds nobody up."""

    def use(admin: WireItemAdmin, request: HttpRequest, chosen: QuerySet[WireItem]) -> None:
        done = 0
        for item in chosen.order_by("pk"):
            try:
                verb(item, by=request.user)
            except Refused as refusal:
                messages.warning(request, refusal.message)
            else:
                done += 1
        if done:
            messages.success(request, f"{done} {said}.")

    use.__name__ = verb.__name__
    return use


@admin.register(WireItem)
class WireItemAdmin(admin.ModelAdmin):
    list_display = ("told", "source", "stands", "came")
    list_filter = (StateFilter, "source", CountryFilter)
    list_select_related = ("source", "article")
    search_fields = ("headline",)
    search_help_text = "Words of the story"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-changed_at", "-id")
    actions = ("take_chosen", "ignore_chosen")
    change_list_template = "admin/wire/wireitem/change_list.html"
    csv_columns = {
        "id": "pk",
        "source": "source",
        "agency’s id": "guid",
        "version": "version",
        "headline": "headline",
        "state": "state",
        "sent (UTC)": "sent_at",
        "received (UTC)": "received_at",
        "changed (UTC)": "changed_at",
        "story": "article_id",
    }

    take_chosen = admin.action(description="Take to drafts")(_each(deciding.take, "taken: with your drafts now"))
    ignore_chosen = admin.action(description="Ignore")(_each(deciding.ignore, "ignored"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[WireItem]:
        heavy = ("body", "text", "used_body", "sketch")
        rows = super().get_queryset(request).defer(*heavy).annotate(beginning=Left("text", BEGINNING))
        return rows.prefetch_related(Prefetch("duplicates", WireItem.objects.defer(*heavy).select_related("source")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[WireItem], search_term: str
    ) -> tuple[QuerySet[WireItem], bool]:
        words = search_term.strip()[:LONGEST_SEARCH]
        if not words:
            return queryset, False
        asked = SearchQuery(words, config="english", search_type="websearch")
        return queryset.alias(words=WORDS).filter(words=asked), False

    def get_action_choices(self, request: HttpRequest, default_choices: Any = (("", "Choose"),)) -> Any:
        return super().get_action_choices(request, list(default_choices))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"title": "Wire desk"})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        beside = ("source", "article__revision", "duplicate_of__source", "replaced_by", "decided_by", "settled_by")
        item = WireItem.objects.select_related(*beside).filter(pk=object_id).first() if is_key(object_id) else None
        if item is None:
            raise Http404("There is no such item.")
        return self._act(request, item) if request.method == "POST" else self._show(request, item)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: agencies send them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody by a form of Django's: verbs decide, each by its own rule."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the clock forgets what nobody took."""
        return False

    @admin.display(description="story", ordering="headline")
    def told(self, item: WireItem) -> SafeString:
        return render_to_string("admin/wire/wireitem/told.html", {"item": item})

    @admin.display(description="state", ordering="state")
    def stands(self, item: WireItem) -> SafeString:
        return render_to_string("admin/wire/wireitem/state.html", {"item": item})

    @admin.display(description="came", ordering="changed_at")
    def came(self, item: WireItem) -> SafeString:
        return render_to_string("admin/partners/partner/moment.html", {"at": item.changed_at})

    def _act(self, request: HttpRequest, item: WireItem) -> HttpResponse:
        verb, seen = request.POST.get("verb", ""), request.POST.get("seen", "")[:64]
        try:
            return self._use(request, item, verb, seen)
        except Refused as refusal:
            status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT
            item.refresh_from_db()
            return self._show(request, item, refusal=refusal, status=status)

    def _use(self, request: HttpRequest, item: WireItem, verb: str, seen: str) -> HttpResponseRedirect:
        by = request.user
        match verb:
            case "take":
                return redirect(STORY, deciding.take(item, by=by).pk)
            case "take_update":
                article = deciding.take_update(item, by=by, seen=seen)
                messages.success(request, "The update is in the draft, as a revision of its own.")
                return redirect(STORY, article.pk)
            case "leave_update":
                deciding.leave_update(item, by=by, seen=seen)
                said = "The story stays as it is. The next version is offered again."
            case "ignore":
                deciding.ignore(item, by=by)
                said = "Ignored."
            case "bring_back":
                deciding.bring_back(item, by=by)
                said = "It waits again."
            case "settle_kill":
                deciding.settle_kill(item, by=by)
                said = "Noted: the kill is dealt with."
            case "mean_another":
                deciding.mean_another(item, by=by)
                said = "The story is let go. Find the one that is meant, and see that it is not used."
            case _:
                raise Http404("There is no such verb.")
        messages.success(request, said)
        return redirect(PAGE, item.pk) if verb in STAYING else redirect(LIST)

    def _show(
        self, request: HttpRequest, item: WireItem, *, refusal: Refused | None = None, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": str(item),
            "refusal": refusal,
            **page_of(item, request.user),
        }
        return TemplateResponse(request, "admin/wire/wireitem/page.html", context, status=status)
