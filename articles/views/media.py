"""The files of pictures: to everybody while a live story shows them, before that to the desk alone."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.models import Image
from articles.picture_rights import public_pictures

# What a browser of the desk may keep, so that a list of pictures does not ask for each anew.
DESK_SECONDS = 600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture.

    Its address is made of its content; shared caches let go of it within a minute all the same, so that the
    picture of a killed or withdrawn story goes with it. Who is signed in is asked only where the public may not
    have the picture, so that a shared cache never sees an answer that depends on it.
    """
    if "\x00" in path:
        raise Http404("There is no such picture.")
    if public_pictures().filter(file=path).exists():
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
        patch_cache_control(response, public=True, max_age=86_400, s_maxage=60)
        return response
    if not request.user.is_active or not request.user.is_staff:
        raise Http404("No live story shows this picture.")
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    patch_cache_control(response, private=True, max_age=DESK_SECONDS)
    return response


def file_response(request: HttpRequest, image: Image) -> HttpResponseBase:
    """The file of a picture, which nobody keeps: for who reads a story by a signed link."""
    response = serve(request, image.file.name, document_root=settings.MEDIA_ROOT)
    patch_cache_control(response, no_store=True, private=True)
    return response
