"""Verb: change what stands beside a picture, and by what right it is shown. Who did so is written down.

A page holds what stood there when it was opened. Only what its writer changed is saved, so that nobody gives rights
back that somebody else has ended meanwhile, merely by mending a caption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction

from articles.models import Image
from articles.roles import has_permission
from articles.states import NotAllowed, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

RIGHTS = {
    "rights": "rights category",
    "rights_note": "source or proof",
    "expires_on": "use until",
    "may_syndicate": "syndication allowed",
}
DETAILS = {
    "title": "title",
    "alt": "text alternative",
    "caption": "caption",
    "credit": "credit",
    "focal_x": "focal point from the left",
    "focal_y": "focal point from the top",
} | RIGHTS
NO_LONGER = (
    "It may be shown until {}. Only an editor may let it be shown longer: ask one. An earlier day is everybody’s."
)
NOT_GIVEN = "It is kept from partners. Only an editor may let them have it: ask one."


class StaleDetails(Refused):
    """Somebody changed the same things after they were read. Nothing was overwritten.

    `told` says what stands there now, by the names of columns; `image` is the picture as it stands.
    """

    code = "stale"

    def __init__(self, image: Image, told: Mapping[str, str]) -> None:
        super().__init__(f"Not saved: somebody has changed “{image}” meanwhile. What you wrote is still here.")
        self.image = image
        self.told = told


class RightsKept(NotAllowed):
    """The person may not give more rights than stand there. `told` says so by the names of columns."""

    def __init__(self, told: Mapping[str, str]) -> None:
        super().__init__(" ".join(told.values()))
        self.told = told


@dataclass(frozen=True, slots=True)
class Described:
    """The picture, which of its columns were written, and what somebody else changed meanwhile, in words."""

    image: Image
    written: list[str]
    meanwhile: str


@transaction.atomic
def change_details(image: Image, *, by: User, read: Mapping[str, str], **wanted: Any) -> Described:
    """Save what the person changed. `read` is what stood there when it was read, as `as_read` gives it; of what is not
    in it, rights are taken for changed by somebody else.

    Raises:
        StaleDetails: somebody else has changed the same.
        RightsKept: only editors may give rights that were not there.
    """
    locked = Image.objects.select_for_update(no_key=True).get(pk=image.pk)
    standing = as_read(locked)
    differing = {name: value for name, value in wanted.items() if as_text(value) != standing[name]}
    own = {name: value for name, value in differing.items() if read.get(name) != as_text(value)}
    # A page that says nothing of what it read was opened before it could.
    stale = [name for name in own if (read.get(name) != standing[name] if name in read else name in RIGHTS)]
    if stale:
        raise StaleDetails(
            locked,
            {name: f"Meanwhile: {in_words(locked, name)}. To put yours in its place, save again." for name in stale},
        )
    _check_rights(locked, own, by)
    before = {name: in_words(locked, name) for name in own}
    for name, value in own.items():
        setattr(locked, name, value)
    if own:
        locked.save(update_fields=[*own, "changed_at"])
        _log(locked, CHANGE, by, _told_of(locked, before))
    others = [name for name in differing if name not in own]
    return Described(locked, list(own), _listed(f"{DETAILS[name]} {in_words(locked, name)}" for name in others))


def log_upload(image: Image, *, by: User) -> None:
    """Who brought the picture, and with which rights."""
    rights = [f"{label} {in_words(image, name)}" for name, label in RIGHTS.items()]
    _log(image, ADDITION, by, f"Uploaded: {_listed(rights)}.")


def as_read(image: Image) -> dict[str, str]:
    """What stands beside it, for a page to send back."""
    return {name: as_text(getattr(image, name)) for name in DETAILS}


def as_text(value: Any) -> str:
    """As a form would send it."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def in_words(image: Image, name: str) -> str:
    value = getattr(image, name)
    if name == "rights":
        return image.get_rights_display() or "not said"
    if name == "expires_on":
        return f"{value:%-d %B %Y}" if value else "no end"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value != "" else "nothing"


def _check_rights(standing: Image, wanted: Mapping[str, Any], by: User) -> None:
    """What was given can be taken by everybody who may change a picture: that harms no holder of rights."""
    if has_permission(by, "edit_any_article"):
        return
    told = {}
    until = wanted.get("expires_on", standing.expires_on)
    if standing.expires_on and (until is None or until > standing.expires_on):
        told["expires_on"] = NO_LONGER.format(in_words(standing, "expires_on"))
    if wanted.get("may_syndicate") and not standing.may_syndicate:
        told["may_syndicate"] = NOT_GIVEN
    if told:
        raise RightsKept(told)


def _told_of(image: Image, before: Mapping[str, str]) -> str:
    """Of rights, what they were and are; of all else, that it was changed."""
    rights = [
        f"{DETAILS[name]} from {was} to {in_words(image, name)}" for name, was in before.items() if name in RIGHTS
    ]
    others = [DETAILS[name] for name in before if name not in RIGHTS]
    return f"Changed {_listed([*rights, *others])}."


def _listed(parts: Iterable[str]) -> str:
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _log(image: Image, kind: int, by: User, words: str) -> None:
    LogEntry.objects.log_actions(by.pk, [image], kind, words, single_object=True)
