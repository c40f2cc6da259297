"""The doors of the picture dialog: search and recent pictures, upload, details, and thumbnails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles.admin.clean_queries import is_key, without_zero_signs
from articles.admin.picture_form import PictureDetails, taken
from articles.admin.picture_uploads import upload_several
from articles.models import Image
from articles.pictures import details
from articles.pictures.details import RightsKept, StaleDetails, as_read
from articles.pictures.facts import PictureFacts, facts_in
from articles.pictures.files import MAXIMUM_BYTES
from articles.pictures.in_bodies import BodyPicture
from articles.pictures.rendering import render_again
from articles.pictures.rights import with_kills
from articles.pictures.thumbnails import small_copy

PAGE = 24
LONGEST_QUERY = 200
MOST_ASKED = 100
A_YEAR = 31_536_000


def picture_urls(site: AdminSite) -> list[URLPattern]:
    guard = site.admin_view
    return [
        path("chooser/", guard(list_pictures), name="articles_image_chooser"),
        path("upload-several/", guard(upload_several), name="articles_image_upload_several"),
        path("<int:pk>/render/", guard(make_again), name="articles_image_render"),
        path("facts/", guard(tell_facts), name="articles_image_facts"),
        path("upload/", guard(upload), name="articles_image_upload"),
        path("<int:pk>/details/", guard(change_details), name="articles_image_details"),
        path("<int:pk>/thumbnail/", guard(thumbnail), name="articles_image_thumbnail"),
    ]


@require_safe
def list_pictures(request: HttpRequest) -> HttpResponse:
    """Pictures as JSON, newest first: those of a search (`q`), or some by address (`src`) and number (`id`).

    `before` is the id behind which a page begins; `next` is the one for the page after it, or null.
    """
    _require(request, "view_image")
    if "src" in request.GET or "id" in request.GET:
        return JsonResponse({"pictures": [as_json(image) for image in with_kills(_asked_for(request))]})
    words = without_zero_signs(request.GET.get("q", ""))[:LONGEST_QUERY]
    page = list(_page(words, before=request.GET.get("before", ""))[: PAGE + 1])
    following = page[PAGE - 1].pk if len(page) > PAGE else None
    return JsonResponse({"pictures": [as_json(image) for image in page[:PAGE]], "next": following})


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a new picture. A file that the desk has already is answered with the standing picture."""
    _require(request, "add_image")
    image, form = taken(request.POST, request.FILES, by=request.user)
    if image is None:
        return _invalid(form, standing=form.standing)
    return JsonResponse({"picture": as_json(image), "kept_back": form.kept_back}, status=HTTPStatus.CREATED)


@require_POST
def tell_facts(request: HttpRequest) -> HttpResponse:
    """What a file says of itself, whole or its beginning, for a form to begin with. Nothing is kept."""
    _require(request, "add_image")
    file = request.FILES.get("file")
    facts = facts_in(file.read(MAXIMUM_BYTES)) if file else PictureFacts()
    return JsonResponse(asdict(facts))


@require_POST
def change_details(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what was changed of it. What somebody else changed meanwhile is told, and stands in the answer's picture."""
    _require(request, "change_image")
    form = PictureDetails(request.POST, instance=get_object_or_404(Image, pk=pk))
    if not form.is_valid():
        return _invalid(form)
    try:
        described = details.change_details(
            form.instance, by=request.user, read=form.cleaned_data["read"], **form.wanted()
        )
    except StaleDetails as refusal:
        return _refused(refusal.message, refusal.told, picture=refusal.image)
    except RightsKept as refusal:
        return _refused(refusal.message, refusal.told)
    return JsonResponse({"picture": _standing(described.image), "meanwhile": described.meanwhile})


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """A small copy. A picture keeps its file for life, so a browser may keep the copy as long as it likes."""
    _require(request, "view_image")
    try:
        content = small_copy(get_object_or_404(Image, pk=pk).file.name)
    except OSError:
        raise Http404("The file of this picture is gone.") from None
    headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable"}
    return HttpResponse(content, content_type="image/webp", headers=headers)


@require_POST
def make_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the sizes of a picture once more, as when its file could not be read."""
    _require(request, "change_image")
    image = get_object_or_404(Image, pk=pk)
    render_again(Image.objects.filter(pk=image.pk))
    messages.success(request, "Its sizes are being made again: that takes some seconds.")
    return redirect("admin:articles_image_change", image.pk)


def as_json(image: Image) -> dict[str, Any]:
    """What the dialog shows of a picture, read by `with_kills` where a story may have been killed with it."""
    return {
        "id": image.pk,
        "url": image.file.url,
        "thumbnail": reverse("admin:articles_image_thumbnail", args=[image.pk]),
        "name": str(image),
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "rights": image.rights,
        "rights_note": image.rights_note,
        "address": reverse("admin:articles_image_change", args=[image.pk]),
        "width": image.width,
        "height": image.height,
        "may_syndicate": image.may_syndicate,
        "expires_on": image.expires_on.isoformat() if image.expires_on else "",
        "expires": f"{image.expires_on:%-d %B %Y}" if image.expires_on else "",
        "why_not": image.why_not,
        "lacks": image.lacks,
        "read": as_read(image),
    }


def _standing(image: Image) -> dict[str, Any]:
    """A picture that is here already, as it stands now."""
    return as_json(with_kills(Image.objects.filter(pk=image.pk)).get())


def _asked_for(request: HttpRequest) -> QuerySet[Image]:
    addresses = map(without_zero_signs, request.GET.getlist("src")[:MOST_ASKED])
    names = {BodyPicture(html="", src=address).file_name for address in addresses} - {""}
    keys = [int(key) for key in request.GET.getlist("id")[:MOST_ASKED] if is_key(key)]
    return Image.objects.filter(Q(file__in=names) | Q(pk__in=keys))


def _page(words: str, *, before: str) -> QuerySet[Image]:
    found = with_kills(Image.objects.with_words(words)).order_by("-id")
    return found.filter(Q(pk__lt=int(before))) if is_key(before) else found


def _invalid(form: ModelForm, *, standing: Image | None = None) -> JsonResponse:
    problems = {name: " ".join(errors) for name, errors in form.errors.items()}
    return _refused("The picture was not taken yet.", problems, standing=standing)


def _refused(message: str, problems: Mapping[str, str], **pictures: Image | None) -> JsonResponse:
    """In words, by field; `pictures` are those that help to go on."""
    shown = {name: _standing(image) for name, image in pictures.items() if image is not None}
    answer = {"code": "invalid", "message": message, "fields": dict(problems)} | shown
    return JsonResponse(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _require(request: HttpRequest, codename: str) -> None:
    if not request.user.has_perm(f"articles.{codename}"):
        raise PermissionDenied
