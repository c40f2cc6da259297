"""The words of a comment as HTML: escaped, with links that can be pressed and names that stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.desk_people import MENTION, readings
from articles.models import Comment

register = template.Library()

# Takes https://example.org/a?b=c; refuses javascript:alert(1) and //example.org.
_LINK = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_TOKEN = re.compile(f"{_LINK.pattern}|{MENTION.pattern}", re.IGNORECASE)
_CLOSING = ".,;:!?'’”\"…"


@register.filter
def said(comment: Comment) -> SafeString:
    """The comment's words; `mentioned` on it holds the usernames that were told, in small letters."""
    return mark_safe("".join(_pieces(comment.text, set(comment.mentioned))))  # type: ignore[attr-defined]  # noqa: S308


@register.filter
def initials(user: object) -> str:
    """One or two letters that stand for a person: “Ana Sample” gives AS."""
    name = getattr(user, "get_full_name", str)() or getattr(user, "username", "?")
    words = [word for word in re.split(r"[\s._-]+", str(name)) if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def _pieces(text: str, mentioned: set[str]) -> Iterator[str]:
    position = 0
    for found in _TOKEN.finditer(text):
        yield format_html("{}", text[position : found.start()])
        yield from _link(found.group()) if found.group(1) is None else _name(found.group(1), mentioned)
        position = found.end()
    yield format_html("{}", text[position:])


def _link(written: str) -> Iterator[str]:
    """The address without the signs that end its sentence; a bracket belongs to it when it was opened in it."""
    address = written
    while address.endswith(tuple(_CLOSING)) or (address.endswith(")") and address.count(")") > address.count("(")):
        address = address[:-1]
    yield format_html('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>', address, address)
    yield format_html("{}", written[len(address) :])


def _name(written: str, mentioned: set[str]) -> Iterator[str]:
    name = next((name for name in readings(written) if name in mentioned), "")
    if name:
        yield format_html('<span class="mention">@{}</span>', written[: len(name)])
    yield format_html("{}", f"{'' if name else '@'}{written[len(name) :]}")
