"""Which pictures the public may have, and which no story may take."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Author, Edition, Image
from articles.states import PubState


def public_pictures() -> QuerySet[Image]:
    """Pictures of a live story, in an edition that is not sealed, and of authors, while their rights last."""
    portrait = Q(Exists(Author.objects.filter(picture=OuterRef("pk"))))
    return Image.objects.filter(_shown_in(pub_state=PubState.LIVE) | portrait, _is_in_time())


def has_public_file(path: str) -> bool:
    """Whether the public may have this file: a picture's own, or one of its renditions. One statement."""
    named = Q(renditions__file=path) if path.startswith("renditions/") else Q(file=path)
    return public_pictures().filter(named).exists()


def with_kills(images: QuerySet[Image]) -> QuerySet[Image]:
    """Pictures annotated with `is_killed`: printed with a killed story, and now with no live one."""
    killed = _shown_in(pub_state=PubState.KILLED, is_sealed_too=True)
    return images.annotate(is_killed=killed & ~_shown_in(pub_state=PubState.LIVE))


def _shown_in(*, pub_state: str, is_sealed_too: bool = False) -> Q:
    """Whether a picture stands above or in the text of an edition whose story has this state now."""
    editions = Edition.objects.filter(article__pub_state=pub_state)
    if not is_sealed_too:
        editions = editions.filter(sealed_at=None)
    return Q(Exists(editions.filter(image=OuterRef("pk")))) | Q(Exists(editions.filter(pictures__image=OuterRef("pk"))))


def _is_in_time() -> Q:
    return Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
