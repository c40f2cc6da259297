"""The files of pictures: to everybody while a live story shows them, before that to the desk alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from articles.pictures.rights import has_public_file
from articles.pictures.sources import MEDIA_TYPES
from articles.pictures.thumbnails import WIDTHS, small_copy
from articles.views.public_page import SHARED_CACHE_SECONDS, cacheable

# What a browser of the desk may keep, so that a list of pictures does not ask for each anew.
DESK_SECONDS = 600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture, or one of its renditions.

    Its address is made of its content; shared caches let go of it within a minute all the same, so that the
    picture of a killed or withdrawn story goes with it. Who is signed in is asked only where the public may not
    have the picture, so that a shared cache never sees an answer that depends on it.
    """
    if "\x00" in path:
        raise Http404("There is no such picture.")
    if has_public_file(path):
        return _public_picture(request, path)
    if not admin.site.has_permission(request):
        raise Http404("No live story shows this picture.")
    response = _file(path)
    patch_cache_control(response, private=True, max_age=DESK_SECONDS)
    return response


@require_safe
def rendition(request: HttpRequest, width: int, path: str) -> HttpResponseBase:
    """A small copy of a picture, for as long as the public may have the picture itself."""
    if width not in WIDTHS or "\x00" in path or not has_public_file(path):
        raise Http404("There is no such picture, or not of this width.")

    def copy() -> HttpResponse:
        try:
            return HttpResponse(small_copy(path, width), content_type="image/webp")
        except OSError:
            raise Http404("The picture's file is gone or damaged.") from None

    return _unless_held(request, f"{PurePosixPath(path).stem}-{width}", copy)


def _public_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """The name of a file holds the digest of its content, and so is its validator: it is never opened for who has
    it."""
    return _unless_held(request, PurePosixPath(path).stem, lambda: _file(path))


def _unless_held(request: HttpRequest, validator: str, send: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    etag = f'"{validator}"'
    held = parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponseNotModified() if etag in held or f"W/{etag}" in held else send()
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=86_400, s_maxage=SHARED_CACHE_SECONDS)
    return cacheable(request, response)


def file_response(path: str) -> HttpResponseBase:
    """The file of a picture or of a rendition, which nobody keeps: for who reads a story by a signed link."""
    response = _file(path)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _file(path: str) -> HttpResponseBase:
    """From wherever files are stored; of a type that we know, whatever the machine's own list of types lacks."""
    try:
        file = default_storage.open(path)
    except OSError:
        raise Http404("The picture's file is gone.") from None
    kind = MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
    return FileResponse(file, content_type=kind)
