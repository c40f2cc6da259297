"""The editing page of an article: it translates between the browser and the verbs, and decides nothing."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from js_asset import Media

from articles import sittings
from articles.admin import comments, proposals
from articles.admin.conflict import conflict_response, merged
from articles.admin.conversation import Conversation
from articles.admin.forms import ArticleForm
from articles.admin.heartbeat import heartbeat, other_person, typed_in
from articles.admin.of_storylines import of_storylines, storylines_view
from articles.admin.panel import Panel, for_saving, loaded
from articles.admin.preview import preview_urls
from articles.admin.proposals import wants_json
from articles.admin.quote_form import QuoteForm
from articles.admin.review_doors import review_doors
from articles.admin.story_search import search_stories
from articles.admin.taken_down import taken_down
from articles.admin.unsaved import compare_unsaved, discard_unsaved, restored
from articles.body import clean_body
from articles.models import Article
from articles.revisions import create_article, save_revision
from articles.roles import has_permission, may_edit, may_give_to_partners, why_not_edit
from articles.states import Refused, StaleArticle

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

    Base = ModelAdmin[Article]
else:
    Base = object


class ArticleEditing(Base):
    """New story, the editing page, saving, and the panel's doors, for the admin of articles."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = [
            path("find/", guard(search_stories), name="articles_article_find"),
            *preview_urls(guard),
            *comments.urls(guard),
            path("<int:pk>/panel/", guard(proposals.show_panel), name="articles_article_panel"),
            *review_doors(self),
            path("<int:pk>/storylines/", guard(storylines_view), name="articles_article_storylines"),
            path("<int:pk>/heartbeat/", guard(heartbeat), name="articles_article_heartbeat"),
            path(
                "<int:pk>/unsaved/<int:number>/",
                guard(partial(compare_unsaved, admin=self)),
                name="articles_article_unsaved",
            ),
            path("<int:pk>/unsaved/<int:number>/discard/", guard(discard_unsaved), name="articles_article_discard"),
        ]
        return own + super().get_urls()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new story exists at once, so that everything typed has a place. A GET only offers the button."""
        if not has_permission(request.user, "write_article"):
            raise PermissionDenied
        if request.method == "POST":
            return redirect("admin:articles_article_change", create_article(by=request.user).pk)
        context = self._page_context(request) | {"title": "New story"}
        return TemplateResponse(request, "admin/articles/article/new.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposals.require_view(request)
        try:
            if request.method == "POST":
                return self._save(request, for_saving(object_id))
            if "restore" in request.GET:
                return self._restored(request, object_id)
            return self._page(request, object_id)
        except (Article.DoesNotExist, ValueError):
            raise Http404(f"There is no story {object_id}.") from None

    def stories(self) -> QuerySet[Article]:
        """What the editing page loads its story from, with what `notices_of` asks of each in the same query."""
        return Article.objects.all()

    def notices_of(self, article: Article, user: AbstractUser) -> str:
        """HTML above the story, of what is known elsewhere: whoever knows it says it in an admin of their own."""
        return ""

    def _restored(self, request: HttpRequest, pk: str) -> HttpResponse:
        found = restored(request, pk, request.GET["restore"], context=self._page_context(request))
        return found if isinstance(found, HttpResponse) else self._page(request, pk, found)

    def _save(self, request: HttpRequest, article: Article) -> HttpResponse:
        if request.POST.get("typed_by", str(request.user.pk)) != str(request.user.pk):
            return other_person(request.user)
        data = merged(request.POST, article) if "resolve" in request.POST else request.POST
        form = ArticleForm(data, instance=article)
        if not form.is_valid():
            return self._invalid(request, article, form)
        tabs = request.POST.getlist("tab")
        if request.POST.get("resolve") == "edit":
            kept = sittings.keep(article, typed_in(form), by=request.user, tab=tabs[0] if tabs else "chosen")
            return redirect(f"{reverse('admin:articles_article_change', args=[article.pk])}?restore={kept.pk}")
        try:
            saved = self._write(request, article, form)
        except StaleArticle as stale:
            if wants_json(request):
                return JsonResponse({"code": stale.code, "message": stale.message}, status=HTTPStatus.CONFLICT)
            if tabs:
                sittings.keep(article, typed_in(form), by=request.user, tab=tabs[0])
            return conflict_response(request, form, article.pk, context=self._page_context(request), tabs=tabs)
        except Refused as refusal:
            return self._refused(request, article, form, refusal)
        if tabs:
            sittings.settle(article, by=request.user, tabs=tabs)
        if wants_json(request):
            clock = timezone.localtime(saved.saved_at, ZoneInfo(settings.NEWSROOM_TIME_ZONE))
            return JsonResponse({"lock_version": saved.lock_version, "saved": f"{clock:%H:%M}"})
        messages.success(request, "Saved.")
        return redirect("admin:articles_article_change", article.pk)

    def _write(self, request: HttpRequest, article: Article, form: ArticleForm) -> Article:
        save_revision(article, expected_version=form.cleaned_data["lock_version"], by=request.user, **form.written())
        return Article.objects.only("lock_version", "saved_at").get(pk=article.pk)

    def _invalid(self, request: HttpRequest, article: Article, form: ArticleForm) -> HttpResponse:
        if wants_json(request):
            problems = {name: " ".join(errors) for name, errors in form.errors.items()}
            message = "Not saved: a field needs another look."
            return JsonResponse(
                {"code": "invalid", "message": message, "fields": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        return self._page(request, article.pk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _refused(self, request: HttpRequest, article: Article, form: ArticleForm, refusal: Refused) -> HttpResponse:
        """The typed words stay on the page, whatever the verb says."""
        if wants_json(request):
            return proposals.refused(request, refusal, str(article.pk))
        form.add_error(None, refusal.message)
        return self._page(request, article.pk, form, status=HTTPStatus.CONFLICT)

    def _page(
        self, request: HttpRequest, pk: int | str, form: ArticleForm | None = None, *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        article = loaded(pk, articles=self.stories())
        form = form or ArticleForm(instance=article)
        panel = Panel(article, request.user)
        is_editable = may_edit(article, request.user) and not article.is_closed
        if not is_editable:
            for field in form.fields.values():
                field.disabled = True
        elif not may_give_to_partners(article, request.user):
            form.fields["may_syndicate"].disabled = True
            form.fields["may_syndicate"].help_text = "Partners do not get it: only an editor may change that."
        context = self._page_context(request) | {
            "title": str(article),
            "article": article,
            "original": article,
            "form": form,
            "panel": panel,
            "body_shown": _shown(form["body"].value()),
            "conversation": Conversation(article, request.user),
            "is_editable": is_editable,
            "why_not_edit": why_not_edit(article, request.user),
            "public_site": settings.SITE_URL.rstrip("/"),
            "taken_down": taken_down(article),
            "notices": self.notices_of(article, request.user),
            "storylines": of_storylines(article, request.user),
            "quote_form": QuoteForm(auto_id="new-quote-%s"),
            "restored_tab": form.restored_tab,
            # The import map is the one inline script of the page.
            "media": Media.from_media(form.media).with_nonce(str(request.csp_nonce)),
        }
        return TemplateResponse(request, "admin/articles/article/change_form.html", context, status=status)

    def _page_context(self, request: HttpRequest) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"opts": self.model._meta}


def _shown(html: str | None) -> SafeString:
    """The text as it is set, for the moment before the editor takes its place; what was typed may be anything."""
    return mark_safe(clean_body(html or "").html)  # noqa: S308 - cleaned here
