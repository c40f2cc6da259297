"""Verbs: keep the filters of the list of stories under a name of one's own, and forget them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import QueryDict

from articles.desk_filters import DATE_OF, FROM, NARROWINGS, UNTIL
from articles.models import SavedList
from articles.states import GuardFailed

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KNOWN = (*NARROWINGS, DATE_OF, FROM, UNTIL, "o")


@transaction.atomic
def keep_list(name: str, query: str, *, by: User) -> SavedList:
    """Keep a list; under a name that the person has already, in place of that one.

    Raises:
        GuardFailed: it has no name, no filter or too long a one, or the person has as many as fit.
    """
    name = " ".join(name.replace("\x00", "").split())
    clean = filters_of(query)
    longest = SavedList._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise GuardFailed(f"Give the list a name of at most {longest} characters.")
    if not clean or len(clean) > 1000:
        raise GuardFailed("There is nothing to keep: choose filters or search first.")
    own = SavedList.objects.filter(owner=by)
    if not own.filter(name=name).exists() and own.count() >= SavedList.MOST:
        raise GuardFailed(f"You have kept {SavedList.MOST} lists, which is all that fit: forget one first.")
    kept, _ = own.update_or_create(owner=by, name=name, defaults={"query": clean})
    return kept


def forget_list(kept: SavedList) -> None:
    kept.delete()


def filters_of(query: str) -> str:
    """The filters of an address, in the order of the table and without what only a page needs."""
    asked = QueryDict(query.replace("\x00", ""))
    clean = QueryDict(mutable=True)
    for name in KNOWN:
        if asked.get(name):
            clean[name] = asked[name]
    return clean.urlencode()
