"""The desk around the editing page: the list of stories, bulk verbs, and the doors of verbs and history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ShowFacets, display
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from articles.admin.arranging import arrange_view, run_again_view
from articles.admin.bulk import ACTIONS, names_for
from articles.admin.filters import AssigneeFilter, CountryFilter, DatesFilter, DueFilter, SectionFilter, TitledFilter
from articles.admin.history import history_view, revision_view
from articles.admin.live_checks import check_typed
from articles.admin.new_from_text import new_from_text_view
from articles.admin.notice_preview import notice_preview_view
from articles.admin.revisions import compare_view, restore_view
from articles.admin.story_list import CSV_COLUMNS, forget_view, keep_view, shortcuts_of
from articles.admin.verbs import verb_view
from articles.desk_lists import for_display
from articles.finding import exact_story, find
from articles.models import Article
from articles.saved_lists import filters_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Article]
else:
    Base = object


class ArticleDesk(Base):
    """List, filters, bulk verbs, verb pages and history, for the admin of articles."""

    list_display = ("story", "state", "section", "authors_named", "saved", "assignee", "due", "proposals")
    list_filter = (
        ("work_state", TitledFilter),
        ("pub_state", TitledFilter),
        SectionFilter,
        CountryFilter,
        AssigneeFilter,
        DueFilter,
        ("priority", TitledFilter),
        ("type", TitledFilter),
        DatesFilter,
    )
    # Django asks for fields before it searches; `get_search_results` looks where `find` does.
    search_fields = ("headline",)
    search_help_text = "Words, slugline, #number or address"
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-saved_at", "-id")
    csv_columns = CSV_COLUMNS
    actions = ACTIONS
    actions_selection_counter = True

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("from-text/", guard(partial(new_from_text_view, self)), name="articles_article_from_text"),
            path("lists/keep/", guard(keep_view), name="articles_article_keep_list"),
            path("lists/<int:pk>/forget/", guard(forget_view), name="articles_article_forget_list"),
            path("<int:pk>/checks/", guard(check_typed), name="articles_article_checks"),
            path("<int:pk>/run-again/", guard(run_again_view), name="articles_article_run_again"),
            path("<int:pk>/arrange/", guard(partial(arrange_view, self)), name="articles_article_arrange"),
            path("<int:pk>/verb/<slug:verb>/", guard(partial(verb_view, self)), name="articles_article_verb"),
            path(
                "<int:pk>/revisions/<int:number>/",
                guard(partial(revision_view, self)),
                name="articles_article_revision",
            ),
            path(
                "<int:pk>/notice-preview/",
                guard(partial(notice_preview_view, self)),
                name="articles_article_notice_preview",
            ),
            path("<int:pk>/compare/", guard(partial(compare_view, self)), name="articles_article_compare"),
            path(
                "<int:pk>/restore/<int:number>/",
                guard(partial(restore_view, admin=self)),
                name="articles_article_restore",
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return for_display(super().get_queryset(request))

    def get_action_choices(self, request: HttpRequest, default_choices: Any = (("", "Choose"),)) -> Any:
        """What the person may use on no story is not offered."""
        offered = {"", *names_for(request.user)}
        return [choice for choice in super().get_action_choices(request, list(default_choices)) if choice[0] in offered]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        exactly = exact_story(request.GET.get("q", "")) if list(request.GET) == ["q"] else None
        if exactly is not None:
            return redirect("admin:articles_article_change", exactly)
        shortcuts, query = shortcuts_of(request), filters_of(request.GET.urlencode())
        is_keepable = bool(query) and not any(shortcut.is_here for shortcut in shortcuts)
        context = {"shortcuts": shortcuts, "kept_query": query, "is_keepable": is_keepable, "title": "Stories"}
        return super().changelist_view(request, (extra_context or {}) | context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        return find(queryset, search_term), False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history_view(self, request, object_id)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: stories are spiked, withdrawn or killed."""
        return False

    @display(description="story", ordering="headline")
    def story(self, article: Article) -> SafeString:
        return _rendered("story", article)

    @display(description="state", ordering="work_state")
    def state(self, article: Article) -> SafeString:
        return _rendered("state", article)

    @display(description="authors")
    def authors_named(self, article: Any) -> str:
        return article.authors_named

    @display(description="last saved", ordering="saved_at")
    def saved(self, article: Article) -> SafeString:
        return _rendered("saved", article)

    @display(description="assigned", ordering="assigned_to__username")
    def assignee(self, article: Article) -> SafeString:
        return _rendered("assignee", article)

    @display(description="due", ordering="due_at")
    def due(self, article: Article) -> SafeString:
        return _rendered("due", article)

    @display(description="to decide", ordering="proposals_left")
    def proposals(self, article: Article) -> SafeString:
        return _rendered("proposals", article)


def _rendered(cell: str, article: Article) -> SafeString:
    return render_to_string(f"admin/articles/article/cells/{cell}.html", {"article": article})
