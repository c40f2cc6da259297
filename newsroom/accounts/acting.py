"""Tells the database who changes accounts, for the triggers that write the log of accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


@contextmanager
def acting(person: User | AnonymousUser) -> Iterator[None]:
    """One transaction, in which what happens to accounts is this person's doing."""
    with transaction.atomic():
        _tell(str(person.pk or ""))
        yield
        _tell("")


def written_down(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page on which accounts are changed; looking at it changes nothing."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with acting(request.user):
            return view(request, *args, **kwargs)

    return page


def _tell(who: str) -> None:
    """Forgotten with the transaction, whatever becomes of it: connections are used by one person after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('newsroom.acting', %s, true)", [who])
