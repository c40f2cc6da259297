"""Verbs of sharing a story before publication: a signed link for 48 hours, and the end of all links.

The link leads to the newest saved text, not to the text of the moment at which it was copied: who checks a story
must not remark on words that have gone. It ends by itself, by `revoke_previews`, and with a kill or a spike;
while the story is held back it leads nowhere.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.holding import require_free
from articles.models import Article, PreviewLink
from articles.roles import require_edit
from articles.states import GuardFailed
from articles.transitions import lock

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LASTS = timedelta(hours=48)
SALT = "articles.preview"


class UnderEmbargo(GuardFailed):
    """The story is under embargo, and who shares it has not said that they know."""

    code = "under_embargo"


@transaction.atomic
def share_preview(article: Article, *, by: User, knows_of_embargo: bool = False) -> PreviewLink:
    """A new link to a story.

    Raises:
        NotAllowed: the person may not edit this story.
        UnderEmbargo: `knows_of_embargo` is not said.
        GuardFailed: the story was killed or spiked, or is held back.
    """
    locked = lock(article)
    require_edit(locked, by)
    if locked.is_closed:
        raise GuardFailed(f"“{locked}” is {locked.get_pub_state_display()}: it cannot be shown to anybody any more.")
    if not locked.is_live:
        require_free(locked)
    if locked.is_under_embargo and not knows_of_embargo:
        raise UnderEmbargo(
            f"“{locked}” is under embargo. Whoever has the link can read the story and pass the link on, without an "
            "account, for 48 hours. Share it only with people whom the embargo allows."
        )
    now = timezone.now()
    return PreviewLink.objects.create(article=locked, created_by=by, created_at=now, expires_at=now + LASTS)


@transaction.atomic
def revoke_previews(article: Article, *, by: User) -> int:
    """End all links of a story that are still open; how many there were.

    Raises:
        NotAllowed: the person may not edit this story.
    """
    locked = lock(article)
    require_edit(locked, by)
    return locked.preview_links.open().update(revoked_at=timezone.now(), revoked_by=by)


def token_of(link: PreviewLink) -> str:
    return signing.TimestampSigner(salt=SALT).sign(link.uuid.hex)


def address_of(link: PreviewLink) -> str:
    """The whole address, to be sent to somebody."""
    return f"{settings.SITE_URL}{reverse('preview', args=[token_of(link)])}"


def link_of(token: str) -> PreviewLink | None:
    """The link of a token, open or ended; None for one that we have not signed."""
    try:
        uuid = UUID(hex=signing.TimestampSigner(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("article__section", "article__image").filter(uuid=uuid).first()
