"""Who belongs to the desk, and whom a text means by @name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

# Takes "@ana" and "(@ana.sample)"; refuses the address "desk@example.org".
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]{1,150})")
_CLOSING = ".@+-_"


def desk_people() -> QuerySet[User]:
    """Everybody who may see stories in the desk, by username."""
    viewers = User.objects.with_perm("articles.view_article", backend="django.contrib.auth.backends.ModelBackend")
    return viewers.filter(is_staff=True).order_by("username")


def names_in(text: str) -> set[str]:
    """What may be usernames in a text, in small letters: “@ana.” gives “ana.” and “ana”."""
    return {name for found in MENTION.finditer(text) for name in readings(found.group(1))}


def readings(written: str) -> Iterator[str]:
    """The name as written, and without each of the signs that may only end its sentence; the longest first."""
    name = written.lower()
    yield name
    while name.endswith(tuple(_CLOSING)):
        name = name[:-1]
        yield name


def named_in(text: str) -> Q:
    """The condition for users that a text mentions; their usernames must be annotated by `with_small_names`."""
    return Q(small_name__in=names_in(text))


def with_small_names(people: QuerySet[User]) -> QuerySet[User]:
    return people.annotate(small_name=Lower("username"))
