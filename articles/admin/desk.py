"""The desk around the editing page: the list of stories, bulk verbs, and the doors of verbs and history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ShowFacets, display
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from articles.admin.bulk import ACTIONS
from articles.admin.filters import AssigneeFilter, CountryFilter, DueFilter, PublicStateFilter
from articles.admin.history import history_view, revision_view
from articles.admin.new_from_text import new_from_text_view
from articles.admin.notice_preview import notice_preview_view
from articles.admin.revisions import compare_view, restore_view
from articles.admin.verbs import verb_view
from articles.desk_lists import for_display
from articles.models import Article

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Article]
else:
    Base = object

# The lists that people open ten times a day, as (what it says, query string).
SHORTCUTS = (
    ("All", ""),
    ("In review", "work_state__exact=in_review"),
    ("Changes requested", "work_state__exact=changes_requested"),
    ("Approved", "work_state__exact=approved"),
    ("Scheduled", "pub_state__exact=scheduled"),
    ("Live", "pub_state__exact=live"),
    ("Mine", "assigned_to=me"),
)


class ArticleDesk(Base):
    """List, filters, bulk verbs, verb pages and history, for the admin of articles."""

    list_display = ("story", "state", "section", "authors_named", "saved", "assignee", "proposals")
    list_filter = (
        "work_state",
        ("pub_state", PublicStateFilter),
        "section",
        CountryFilter,
        AssigneeFilter,
        DueFilter,
    )
    search_fields = ("headline", "slugline")
    search_help_text = "Words of the headline or the slugline"
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    ordering = ("-saved_at", "-id")
    actions = ACTIONS
    actions_selection_counter = True

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("from-text/", guard(partial(new_from_text_view, self)), name="articles_article_from_text"),
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
        return super().get_action_choices(request, list(default_choices))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shortcuts = [{"says": says, "query": query, "is_here": _is_here(request, query)} for says, query in SHORTCUTS]
        return super().changelist_view(request, (extra_context or {}) | {"shortcuts": shortcuts, "title": "Stories"})

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
    def authors_named(self, article: Article) -> str:
        return ", ".join(byline.author.name for byline in article.bylines.all())

    @display(description="last saved", ordering="saved_at")
    def saved(self, article: Article) -> SafeString:
        return _rendered("saved", article)

    @display(description="assigned", ordering="assigned_to__username")
    def assignee(self, article: Article) -> SafeString:
        return _rendered("assignee", article)

    @display(description="to decide", ordering="proposals_left")
    def proposals(self, article: Article) -> SafeString:
        return _rendered("proposals", article)


def _rendered(cell: str, article: Article) -> SafeString:
    return render_to_string(f"admin/articles/article/cells/{cell}.html", {"article": article})


def _is_here(request: HttpRequest, query: str) -> bool:
    here = {name: value for name, value in request.GET.items() if name not in ("o", "p")}
    wanted = dict([query.split("=")]) if query else {}
    return here == wanted
