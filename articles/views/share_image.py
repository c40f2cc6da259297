"""The picture that stands for a story without one where its address is shared."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateformat import format as written
from django.utils.http import parse_etags

from articles import surrogate_keys
from articles.models import Edition, Representation
from articles.pictures import share_images
from articles.pictures.share_images import Card
from articles.views.public_page import key_under, public_page


@public_page
def share_image(request: HttpRequest, uuid: UUID, version: int) -> HttpResponse:
    """Of a live story in its version of now: an earlier one leads on, one that was taken down is gone with it."""
    columns = ("status", "path", "headline", "published_at", "card", "edition__version")
    shown = Representation.objects.filter(uuid=uuid).select_related("edition").only(*columns).first()
    if shown is None:
        raise Http404("There is no such story.")
    if shown.status != Representation.Status.LIVE or shown.edition is None:
        # Without the key of its story, which is made of the headline's words: that of all lists does, for a story that
        # comes back purges them.
        return HttpResponse(status=HTTPStatus.GONE)
    response = _answer(request, shown, shown.edition, version)
    key_under(response, [surrogate_keys.story(shown.path)])
    return response


def _answer(request: HttpRequest, shown: Representation, edition: Edition, version: int) -> HttpResponse:
    if version != edition.version:
        return HttpResponseRedirect(reverse("share-image", args=[shown.uuid, edition.version]))
    card = card_of(shown)
    if not share_images.can_be_set(card.kicker + card.headline):
        raise Http404("Our typefaces lack a sign of this headline.")
    etag = f'"{card.digest}"'
    # What is held is known by its words, before anything is drawn.
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": etag})
    return HttpResponse(share_images.drawn(card), content_type="image/png", headers={"ETag": etag})


def card_of(shown: Representation) -> Card:
    return Card(
        paper=settings.SITE_NAME,
        kicker=shown.card["section"]["name"],
        headline=shown.headline,
        line=written(shown.published_at, "j F Y"),
    )
