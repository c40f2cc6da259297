"""Verb: tell the caches in front of us what changed, in the order of the change log, each change at least once, and
what stands elsewhere than before in the places that editors fill by hand.

The row of `CachePurge` says up to which change they were told, and which places; it moves when they have answered.
Killed here, the same keys go out again; run twice at once, twice. Both do no harm.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import surrogate_keys
from articles.joined_storylines import keys_of_joined
from articles.models import CachePurge, Change, ChangeCounter
from articles.purge_keys import keys_of
from articles.shown_places import Shown, changed_keys, shown_places

if TYPE_CHECKING:
    from http.client import HTTPMessage

logger = logging.getLogger(__name__)

TASK = "articles.purge_caches"
CHANGES_AT_ONCE = 100
# Further behind than this, one key empties the whole cache sooner than the changes could be told one by one.
FURTHEST_BEHIND = 1_000
# More keys of places than this, and the same holds of those: they would go out from the first again after each refusal.
MOST_KEYS_OF_PLACES = 300
# The most that Cloudflare takes in one request.
KEYS_IN_REQUEST = 30
TIMEOUT_SECONDS = 10


class PurgeFailed(Exception):
    """The cache did not take it; it is tried again."""


class _NoRedirects(HTTPRedirectHandler):
    """A purge that is led elsewhere has not purged."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def purge_on_commit() -> None:
    """Ask for it as soon as what is being written is public. What no message came through for, the sweep finds."""
    if not settings.PURGE_URL:
        return

    def send_purge() -> None:
        current_app.send_task(TASK)

    transaction.on_commit(send_purge, robust=True)


def is_behind() -> bool:
    """Whether a public change, or a place filled by hand, was not told to the caches. False where there are none."""
    if not settings.PURGE_URL:
        return False
    counter = ChangeCounter.objects.first()
    if counter is None:
        return False
    told = CachePurge.objects.filter(epoch=counter.epoch, sequence=counter.sequence).first()
    return told is None or bool(changed_keys(told.places or {}, shown_places()))


def purge_caches() -> int:
    """Tell the caches everything they do not know yet; how many changes that were.

    Raises:
        PurgeFailed: with what they answered. What had been taken before stays done.
    """
    counter = ChangeCounter.objects.first()
    if not settings.PURGE_URL or counter is None:
        return 0
    position = _position(counter)
    began = position.sequence
    try:
        if _is_far_behind(position, counter):
            _empty(position, counter)
        else:
            while position.sequence < counter.sequence:
                _advance(position, _next(position, counter))
            _tell_places(position)
    except PurgeFailed as failure:
        _note(position, str(failure))
        raise
    return position.sequence - began


def _position(counter: ChangeCounter) -> CachePurge:
    """Where we are. After a restored backup, and the first time, everything that was ever kept must go."""
    position = CachePurge.objects.get_or_create(id=1, defaults={"epoch": counter.epoch, "sequence": 0})[0]
    if position.epoch != counter.epoch:
        position.epoch, position.sequence = counter.epoch, 0
        position.save(update_fields=["epoch", "sequence"])
    return position


def _is_far_behind(position: CachePurge, counter: ChangeCounter) -> bool:
    behind = counter.sequence - position.sequence
    return behind > FURTHEST_BEHIND or (position.sequence == 0 and behind > 0)


def _empty(position: CachePurge, counter: ChangeCounter) -> None:
    """The whole cache goes, and with it all that showed the places: they are told as they stood before it went, so that
    the next sweep sees what was filled while it did."""
    shown = shown_places()
    _send([surrogate_keys.SITE])
    _advance(position, counter.sequence)
    _keep(position, shown)


def _next(position: CachePurge, counter: ChangeCounter) -> int:
    """Send the keys of the next changes; the number of the last of them."""
    waiting = Change.objects.filter(sequence__gt=position.sequence, sequence__lte=counter.sequence)
    changes = list(waiting.order_by("sequence")[:CHANGES_AT_ONCE])
    # What was taken from the public goes first.
    changes.sort(key=lambda change: change.action != Change.Action.REMOVE)
    _send_all(keys_of(changes))
    return max(change.sequence or 0 for change in changes)


def _tell_places(position: CachePurge) -> None:
    """After the changes: where two workers cross, the next sweep sees that the row does not say what stands there."""
    before, shown = position.places or {}, shown_places()
    changed = changed_keys(before, shown)
    if not changed:
        return
    keys = list(dict.fromkeys([*changed, *keys_of_joined(before, shown)]))
    _send_all([surrogate_keys.SITE] if surrogate_keys.SITE in keys or len(keys) > MOST_KEYS_OF_PLACES else keys)
    _keep(position, shown)


def _keep(position: CachePurge, shown: Shown) -> None:
    own = CachePurge.objects.filter(epoch=position.epoch)
    own.update(places=shown, purged_at=timezone.now(), failing_since=None, error="")


def _advance(position: CachePurge, sequence: int) -> None:
    """Another worker may have come further meanwhile: the row never goes back."""
    own = CachePurge.objects.filter(epoch=position.epoch, sequence__lt=sequence)
    own.update(sequence=sequence, purged_at=timezone.now(), failing_since=None, error="")
    position.sequence = sequence


def _note(position: CachePurge, error: str) -> None:
    CachePurge.objects.filter(epoch=position.epoch).update(
        failing_since=Coalesce("failing_since", timezone.now()), error=error[:300]
    )


def _send_all(keys: Sequence[str]) -> None:
    for start in range(0, len(keys), KEYS_IN_REQUEST):
        _send(keys[start : start + KEYS_IN_REQUEST])


def _send(keys: Sequence[str]) -> None:
    request = Request(  # noqa: S310 - the operator's own address
        settings.PURGE_URL,
        data=json.dumps({settings.PURGE_FIELD: list(keys)}).encode(),
        headers={"Content-Type": "application/json", "Surrogate-Key": " ".join(keys)} | _own_header(),
        method="POST",
    )
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS) as answer:
            answer.read(1024)
    except HTTPError as refusal:
        refusal.close()
        raise PurgeFailed(f"The cache answered {refusal.code} {_phrase(refusal.code)}.") from refusal
    except OSError as error:
        raise PurgeFailed(f"The cache did not answer: {error}") from error


def _own_header() -> dict[str, str]:
    """The header that the operator named, such as "Fastly-Key: …"."""
    name, _, value = settings.PURGE_HEADER.partition(":")
    return {name.strip(): value.strip()} if value else {}


def _phrase(code: int) -> Any:
    return HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else ""
