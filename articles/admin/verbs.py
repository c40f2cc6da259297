"""The page of a verb: what it does, what it asks, and in words why it refuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from articles.admin.consequences import consequences
from articles.admin.verb_forms import VerbForm
from articles.admin.verb_table import DOORS, name_of, use
from articles.models import Article
from articles.publish_checks import publish_checks
from articles.roles import may_edit
from articles.states import GuardFailed, PubState, Refused, Unconfirmed
from articles.transitions import allowed_verbs, is_permitted, one_press_verbs

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

STATUS = {
    "not_allowed": HTTPStatus.FORBIDDEN,
    "guard_failed": HTTPStatus.UNPROCESSABLE_ENTITY,
    "unconfirmed": HTTPStatus.PRECONDITION_REQUIRED,
}
# Sent by the editing page, which shows the verb in a dialog of its own.
DIALOG = "X-Newsroom-Dialog"
PAGE, FRAGMENT = "admin/base_site.html", "admin/articles/article/verb_dialog.html"


# The page of a correction shows the story with its notice in a frame.
@csp_update({"frame-src": [SELF]})
def verb_view(admin: ModelAdmin[Article], request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET shows the page; POST uses the verb and returns to the story, or says why not with nothing lost."""
    if verb not in DOORS:
        raise Http404(f"The desk has no verb “{verb}”.")
    if not admin.has_view_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("section", "edition", "revision"), pk=pk)
    if request.method == "POST":
        return _use(admin, request, article, verb)
    if not _is_permitted(article, verb, request):
        raise PermissionDenied
    form = DOORS[verb].form(article=article, by=request.user, auto_id=_ids(request))
    is_possible = verb in (*allowed_verbs(article, by=request.user), *one_press_verbs(article, by=request.user))
    return _page(admin, request, article, verb, form, status=HTTPStatus.OK if is_possible else HTTPStatus.CONFLICT)


def _use(admin: ModelAdmin[Article], request: HttpRequest, article: Article, verb: str) -> HttpResponse:
    form = DOORS[verb].form(request.POST, article=article, by=request.user, auto_id=_ids(request))
    if not form.is_valid():
        if not _is_permitted(article, verb, request):
            raise PermissionDenied
        return _page(admin, request, article, verb, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        use(article, verb, by=request.user, seen=form.cleaned_data["lock_version"], **form.arguments())
    except Refused as refusal:
        status = STATUS.get(refusal.code, HTTPStatus.CONFLICT)
        article.refresh_from_db()
        form.show_version_of(article)
        if isinstance(refusal, Unconfirmed):
            form.confirm()
        return _page(admin, request, article, verb, form, refusal=refusal, status=status)
    if DIALOG in request.headers:
        return _done_in_place(request, article, verb)
    messages.success(request, f"{DOORS[verb].done} “{article}”")
    return redirect(_next_page(request) or redirect("admin:articles_article_change", article.pk).url)


def _done_in_place(request: HttpRequest, article: Article, verb: str) -> JsonResponse:
    """The panel fetches itself anew; the page must be loaded again only where it is another page now."""
    newest = Article.objects.get(pk=article.pk)
    before, after = (
        (may_edit(copy, request.user) and not copy.is_closed, copy.pub_state == PubState.WITHDRAWN)
        for copy in (article, newest)
    )
    return JsonResponse({"said": DOORS[verb].done, "must_reload": before != after})


def _page(
    admin: ModelAdmin[Article],
    request: HttpRequest,
    article: Article,
    verb: str,
    form: VerbForm,
    *,
    refusal: Refused | None = None,
    status: int,
) -> HttpResponse:
    door = DOORS[verb]
    reasons = refusal.reasons if isinstance(refusal, GuardFailed) else ()
    checks = publish_checks(article) if door.shows_checks else None
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": name_of(verb),
        "article": article,
        "verb": verb,
        "door": door,
        "form": form,
        "refusal": refusal,
        "reasons": reasons,
        "is_told_below": bool(reasons) and checks is not None and set(reasons) <= set(checks.blockers),
        "is_impossible": status == HTTPStatus.CONFLICT and refusal is None,
        "checks": checks,
        "next": _next_page(request),
        "page_base": FRAGMENT if DIALOG in request.headers else PAGE,
        "is_dialog": DIALOG in request.headers,
        "is_question": isinstance(refusal, Unconfirmed),
        "now": timezone.now(),
        **consequences(article, verb),
    }
    templates = [f"admin/articles/article/verb_{verb}.html", "admin/articles/article/verb.html"]
    headers = {DIALOG: "1"} if context["is_dialog"] else None
    return TemplateResponse(request, templates, context, status=status, headers=headers)


def _is_permitted(article: Article, verb: str, request: HttpRequest) -> bool:
    parts = {"approve_and_publish": ("approve", "publish"), "approve_and_correct": ("approve", "correct")}
    return all(is_permitted(article, part, by=request.user) for part in parts.get(verb, (verb,)))


def _next_page(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def _ids(request: HttpRequest) -> str:
    """Ids of fields: apart from those of the editing page, where the verb stands in its dialog."""
    return "verb_%s" if DIALOG in request.headers else "id_%s"
