"""Find working copies as the desk does: by words, by number, or by an address that somebody has pasted."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from articles.models import Article, PublicAddress
from articles.models.article import WORDS

# The greatest id has so many digits.
LONGEST_NUMBER = 18
MOST_WORDS, LONGEST_WORD = 20, 100
# /admin/articles/article/12/change/; not /admin/articles/article/.
ADMIN_PAGE = re.compile(r"/articles/article/(?P<number>\d{1,18})/")
# /news/2026/11/vostok-china/ with or without its last stroke; not /news/.
PUBLIC_PAGE = re.compile(r"/news/(?P<path>\d{4}/\d{2}/[-\w]+)/?$", re.ASCII)


def find(articles: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Those with all the words, or beginnings of words, in headline, slugline, standfirst or body; or the one
    that the text names by number or address."""
    text = text.replace("\x00", "").strip()
    if not text:
        return articles
    exactly = exact_story(text)
    if exactly is not None:
        return articles.filter(pk=exactly)
    found = Q(words=SearchQuery(_query(text), config="english", search_type="raw"))
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        found |= Q(pk=int(text))
    return articles.alias(words=WORDS).filter(found)


def exact_story(text: str, *, at_any_host: bool = True) -> int | None:
    """The id of the one story that a text can only mean: an address of ours, #12, or a story's uuid.

    An old name of the site, or a copy of it, is as good as its own, unless not `at_any_host`."""
    text = text.strip()
    number = re.fullmatch(r"#(\d{1,18})", text)
    if number:
        return _existing(pk=int(number[1]))
    if "/" in text:
        return _at(text, at_any_host=at_any_host)
    return _existing(uuid=text) if _is_uuid(text) else None


def _at(address: str, *, at_any_host: bool) -> int | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path)
    public, own = PUBLIC_PAGE.search(path), ADMIN_PAGE.search(path)
    is_ours = at_any_host or parts.netloc in ("", urlsplit(settings.SITE_URL).netloc)
    if public and is_ours:
        return PublicAddress.objects.filter(path=public["path"]).values_list("article_id", flat=True).first()
    if own:
        return _existing(pk=int(own["number"]))
    last = path.strip("/").rpartition("/")[2]
    return _existing(uuid=last) if _is_uuid(last) else None


def _existing(**which: object) -> int | None:
    return Article.objects.filter(**which).order_by().values_list("pk", flat=True).first()


def _is_uuid(text: str) -> bool:
    try:
        return len(text) == 36 and bool(UUID(text))
    except ValueError:
        return False


def _query(text: str) -> str:
    """Every word as the beginning of one: 'frigat':* & 'fleet':*. The database cuts and stems the words itself.

    It cuts Su-57 otherwise than Su-57s, so a word with a hyphen is also looked for by its parts.
    """
    words = [word[:LONGEST_WORD] for word in re.sub(r"[\\'’]", " ", text).split()[:MOST_WORDS]]
    return " & ".join(f"({_beginning(word)})" if "-" in word else _beginning(word) for word in words)


def _beginning(word: str) -> str:
    parts = [f"'{part}':*" for part in word.split("-") if part]
    return f"'{word}':* | {' & '.join(parts)}" if len(parts) > 1 else f"'{word}':*"
