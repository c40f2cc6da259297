"""The doors of the Comments tab. They translate, and the verbs decide.

The page's modules ask for JSON; without JavaScript the same addresses take plain forms and lead back to the page.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles import commenting
from articles.admin.conversation import Conversation, conversation_stamp
from articles.admin.proposals import require_view, wants_json
from articles.comment_anchors import Marked
from articles.desk_people import desk_people
from articles.models import Article, Comment, CommentThread
from articles.states import NotAllowed, Refused

LIST_TEMPLATE = "admin/articles/article/editing/comment_list.html"
MOST_PEOPLE = 500


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the comments, or only their stamp where the asker has seen them. POST: a new thread."""
    require_view(request)
    if request.method == "POST":
        article = get_object_or_404(Article, pk=pk)
        return _done(
            request,
            pk,
            lambda: commenting.comment(
                article, by=request.user, text=_text(request), marked=_marked(request), uuid=_uuid(request)
            ),
        )
    stamp = conversation_stamp(pk)
    if stamp is None:
        raise Http404("There is no such story.")
    return JsonResponse({"stamp": stamp}) if stamp == request.GET.get("stamp") else conversation_response(request, pk)


@require_POST
def thread_verb(request: HttpRequest, pk: int, row: int, verb: str) -> HttpResponse:
    """Reply in a thread, resolve or reopen it."""
    require_view(request)
    if verb not in OF_THREAD:
        raise Http404("There is no such verb of a thread.")
    thread = get_object_or_404(CommentThread.objects.select_related("article"), pk=row, article=pk)
    return _done(request, pk, lambda: OF_THREAD[verb](thread, request), place=f"thread-{row}")


@require_POST
def comment_verb(request: HttpRequest, pk: int, row: int, verb: str) -> HttpResponse:
    """Edit or delete one's own comment."""
    require_view(request)
    if verb not in OF_COMMENT:
        raise Http404("There is no such verb of a comment.")
    remark = get_object_or_404(Comment.objects.select_related("thread__article"), pk=row, thread__article=pk)
    return _done(request, pk, lambda: OF_COMMENT[verb](remark, request), place=f"thread-{remark.thread_id}")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who can be mentioned: everybody of the desk but the asker."""
    require_view(request)
    others = desk_people().exclude(pk=request.user.pk)[:MOST_PEOPLE]
    return JsonResponse({"people": [{"username": user.username, "name": user.get_full_name()} for user in others]})


def urls(guard: Callable[..., Any]) -> list[URLPattern]:
    """The addresses of these doors under those of articles; `guard` lets only the desk in."""
    return [
        path("people/", guard(people), name="articles_article_people"),
        path("<int:pk>/comments/", guard(comments), name="articles_article_comments"),
        path("<int:pk>/threads/<int:row>/<slug:verb>/", guard(thread_verb), name="articles_article_thread"),
        path("<int:pk>/comments/<int:row>/<slug:verb>/", guard(comment_verb), name="articles_article_comment"),
    ]


OF_THREAD: dict[str, Callable[[CommentThread, HttpRequest], object]] = {
    "reply": lambda thread, request: commenting.reply(
        thread, by=request.user, text=_text(request), uuid=_uuid(request)
    ),
    "resolve": lambda thread, request: commenting.resolve(thread, by=request.user),
    "reopen": lambda thread, request: commenting.reopen(thread, by=request.user),
}
OF_COMMENT: dict[str, Callable[[Comment, HttpRequest], object]] = {
    "edit": lambda remark, request: commenting.edit(remark, by=request.user, text=_text(request)),
    "delete": lambda remark, request: commenting.delete(remark, by=request.user),
}


def conversation_response(request: HttpRequest, pk: int, **said: Any) -> JsonResponse:
    article = Article.objects.select_related("revision").get(pk=pk)
    conversation = Conversation(article, request.user)
    listed = render_to_string(LIST_TEMPLATE, {"conversation": conversation, "article": article}, request)
    return JsonResponse({"stamp": conversation.stamp, "list": listed, "marks": conversation.marks(), **said})


def _done(request: HttpRequest, pk: int, verb: Callable[[], object], *, place: str = "comments") -> HttpResponse:
    """Use the verb, and answer with the comments as they are then, or with its own words why not."""
    try:
        row = verb()
    except Refused as refusal:
        if wants_json(request):
            status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT
            return JsonResponse({"code": refusal.code, "message": refusal.message}, status=status)
        messages.error(request, refusal.message)
        return redirect(f"{reverse('admin:articles_article_change', args=[pk])}#{place}")
    if wants_json(request):
        thread = row.thread_id if isinstance(row, Comment) else row.pk if isinstance(row, CommentThread) else None
        return conversation_response(request, pk, thread=thread)
    return redirect(f"{reverse('admin:articles_article_change', args=[pk])}#{place}")


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "")


def _marked(request: HttpRequest) -> Marked | None:
    """The marked words, if the page sends any."""
    if not request.POST.get("field"):
        return None
    return Marked(*(request.POST.get(name, "") for name in ("field", "words", "prefix", "suffix", "block")))


def _uuid(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("uuid", ""))
    except ValueError:
        return None
