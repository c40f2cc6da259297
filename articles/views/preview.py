"""A story before publication, for who was given its signed link.

The one page without a sign-in that shows the working copy. Nobody may keep it, find it or be led on by it:
no-store, noindex, and no referrer to the pages that it links to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import PreviewLink
from articles.pictures.in_bodies import replaced_addresses
from articles.pictures.sources import files_of
from articles.preview_links import link_of
from articles.previews import Preview, preview_of
from articles.views.beside_story import join_earlier, speakers, story_so_far
from articles.views.media import file_response
from articles.views.navigation import furniture
from articles.views.not_live import keep_from_readers

View = Callable[..., HttpResponseBase]


def confidential(view: View) -> View:
    """Make a view one that leaves no trace in caches, search engines and other sites' logs."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        keep_from_readers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


@confidential
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """404 for what we have not signed, 410 for a link that has ended."""
    link = link_of(token)
    if link is None or not link.is_open:
        return _ended(request, link)
    shown = preview_of(link.article)
    shown.story.html = replaced_addresses(shown.story.html, _addresses(shown, token))
    return render(request, "articles/preview.html", page_context(shown) | {"link": link})


@confidential
def preview_picture(request: HttpRequest, token: str, sha256: str) -> HttpResponseBase:
    """A picture of the story, or one of its renditions, as long as the link is open and the story shows it."""
    link = link_of(token)
    if link is None or not link.is_open:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    shown = [image for image in preview_of(link.article).pictures if not image.is_expired]
    path = next((path for image in shown for path in files_of(image) if PurePosixPath(path).stem == sha256), None)
    if path is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return file_response(path)


def page_context(shown: Preview) -> dict[str, object]:
    join_earlier(shown.story)
    return {
        "story": shown.story,
        "furniture": furniture(),
        "speakers": list(speakers(shown.story)),
        "story_so_far": story_so_far(shown.story),
        "next_stories": shown.next_stories,
        "current_section": shown.story.card["section"]["slug"],
    }


def _addresses(shown: Preview, token: str) -> dict[str, str]:
    """Where each file of a picture is found under this link: the public has not got it under its own address."""
    return {
        default_storage.url(path): reverse("preview_picture", args=[token, PurePosixPath(path).stem])
        for image in shown.pictures
        for path in files_of(image)
    }


def _ended(request: HttpRequest, link: PreviewLink | None) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if link is None else HTTPStatus.GONE
    return render(request, "articles/preview_ended.html", {"furniture": furniture(), "is_known": link}, status=status)
