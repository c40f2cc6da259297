"""The page's heartbeat: one door for what is typed and not saved, who is here, and how the story stands.

Asked every second after a save, at first more often, and every ten seconds else, so it reads in six queries at most,
with session and account. The page says what it shows (`stamp`); the answer says whether that is still right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import sittings
from articles.admin.conversation import conversation_stamp
from articles.admin.forms import ArticleForm
from articles.models import Article, Sitting
from articles.sittings import Companion, Company, Sign, Standing, Typed
from articles.states import GuardFailed, NotAllowed, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# What a form holds that is no part of the story.
NOT_WRITTEN = frozenset({"lock_version"})
FIELDS = frozenset(ArticleForm.base_fields) - NOT_WRITTEN
JUST_NOW = 15


class Misread(Exception):
    """A heartbeat that no page of ours sends."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a page says: of its tab, of itself, and of the tabs in whose place it stands."""

    sign: Sign
    user: int
    stamp: str
    was: str
    restored: str


@require_POST
def heartbeat(request: HttpRequest, pk: int) -> JsonResponse:
    try:
        beat = read_beat(request.body)
    except Misread as misread:
        return _refusal("misread", f"{misread} Load the page anew.", HTTPStatus.BAD_REQUEST)
    if beat.user != request.user.pk:
        return other_person(request.user)
    try:
        standing = sittings.standing_of(pk, by=request.user)
        sittings.sit(pk, beat.sign, by=request.user)
    except Article.DoesNotExist:
        raise Http404("There is no such story.") from None
    except Refused as refused:
        return _refusal(refused.code, refused.message, _STATUSES.get(type(refused), HTTPStatus.CONFLICT))
    _take_over(pk, beat, request.user)
    company = sittings.company_at(pk, by=request.user, tab=beat.sign.tab)
    return JsonResponse(
        answer(standing, company, beat, by=request.user) | {"comments": conversation_stamp(pk)},
    )


_STATUSES = {NotAllowed: HTTPStatus.FORBIDDEN, GuardFailed: HTTPStatus.REQUEST_ENTITY_TOO_LARGE}


def other_person(user: AbstractUser) -> JsonResponse:
    """The page belongs to whoever opened it: nobody keeps or saves words in another's name."""
    message = (
        f"Somebody else signed in on this computer: {user} is at work here now. These words were typed by "
        "the person before. Sign in as that person in another tab to go on, or copy them."
    )
    return _refusal("other_person", message, HTTPStatus.CONFLICT)


def _refusal(code: str, message: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)


def _take_over(pk: int, beat: Beat, user: AbstractUser) -> None:
    """A page loaded in the same tab ends the one before; words that were restored live on in this tab."""
    if beat.was:
        sittings.leave(pk, by=user, tab=beat.was)
    if beat.restored and beat.sign.typed is not None:
        sittings.settle(pk, by=user, tabs=[beat.restored])


def read_beat(body: bytes) -> Beat:
    """A heartbeat from the JSON of a page.

    Raises:
        Misread: in words that say what is wrong.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Misread("That is no JSON.") from None
    if not isinstance(said, dict):
        raise Misread("That is no heartbeat.")
    texts = {name: said.get(name, "") for name in ("tab", "stamp", "was", "restored")}
    if not all(isinstance(text, str) and len(text) <= 200 and "\x00" not in text for text in texts.values()):
        raise Misread("A name in it is no text, or too long.")
    sign = Sign(
        tab=texts["tab"],
        is_saved=said.get("is_saved") is True,
        has_typed=said.get("has_typed") is True,
        is_leaving=said.get("is_leaving") is True,
        typed=read_typed(said.get("typed"), said.get("lock_version")),
    )
    return Beat(sign, said.get("user"), texts["stamp"], texts["was"], texts["restored"])


def read_typed(entries: Any, base_version: Any) -> Typed | None:
    """The fields of a form from its entries, [[name, value], …], without what is no part of the story."""
    if entries is None:
        return None
    if type(base_version) is not int or not 0 <= base_version < 2**31:
        raise Misread("The version that was typed into is missing.")
    fields: dict[str, list[str]] = {}
    if not isinstance(entries, list):
        raise Misread("The typed fields are no list.")
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)):
            raise Misread("A typed field is no pair of texts.")
        if entry[0] in FIELDS:
            fields.setdefault(entry[0], []).append(entry[1])
    return Typed(fields, base_version)


def typed_in(form: ArticleForm) -> Typed:
    """What stands in a form that was sent, to be kept unsaved."""
    fields = {name: form.data.getlist(name) for name in form.data if name in FIELDS}
    return Typed(fields, int(form.cleaned_data["lock_version"]))


def answer(standing: Standing, company: Company, beat: Beat, *, by: AbstractUser) -> dict[str, Any]:
    return {
        "stamp": standing.stamp,
        "is_panel_stale": standing.stamp != beat.stamp,
        "lock_version": standing.lock_version,
        "saved_by": "You" if standing.saved_by_id == by.pk else standing.saved_by,
        "saved": clock(standing.saved_at),
        "is_tagging": standing.is_tagging,
        "seconds_behind": standing.seconds_behind,
        "kept": clock(timezone.now()),
        "people": [
            {"says": presence(person), "is_editing": person.is_editing, "is_you": person.is_you}
            for person in company.people
        ],
        "unsaved": [offer(row, standing.lock_version) for row in company.unsaved],
    }


def presence(person: Companion) -> str:
    """What a page says of somebody at the same story."""
    if person.is_you:
        return "You have this open in another tab" + (", with unsaved changes" if person.has_words else "")
    if not person.is_present:
        return f"{person.name} left unsaved changes at {clock(person.kept_at)}"
    seen = _seen(person.seen_at)
    if person.has_words:
        return f"{person.name} is editing this and has unsaved changes{seen}"
    return f"{person.name} is {'editing' if person.is_editing else 'reading'} this{seen}"


def offer(row: Sitting, lock_version: int) -> dict[str, Any]:
    return {
        "id": row.pk,
        "tab": row.tab,
        "kept": clock(row.kept_at),
        "words": row.word_count,
        "is_open": row.is_present,
        "is_outdated": row.base_version != lock_version,
    }


def clock(at: datetime | None) -> str:
    """Hour and minute in the newsroom, with the day where it is not today."""
    if at is None:
        return ""
    zone = ZoneInfo(settings.NEWSROOM_TIME_ZONE)
    here, today = at.astimezone(zone), timezone.now().astimezone(zone)
    return f"{here:%H:%M}" if here.date() == today.date() else f"{here:%H:%M on %-d %B}"


def _seen(at: datetime | None) -> str:
    seconds = round((timezone.now() - at).total_seconds()) if at else 0
    return f", last seen {seconds} s ago" if seconds > JUST_NOW else ""
