"""Stories of ours that a text may link to, found by words or by an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from articles.models import Article, PublicAddress, Representation
from articles.states import PubState

OFFERED = 8
# Headlines with every word come first, of so many of the newest.
READ = 40
MOST_WORDS = 8
HIDDEN = (PubState.KILLED, PubState.SPIKED)
# Takes #57 and /admin/articles/article/57/change/; refuses 57 and /news/2026/11/vostok/.
OWN_NUMBER = re.compile(r"#(\d{1,9})\s*|(?:https?://[^/]+)?/admin/articles/article/(\d{1,9})/\S*")


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A story as the link dialog offers it; `address` is empty where readers would find nothing."""

    headline: str
    address: str
    state: str
    at: datetime


def link_targets(asked: str) -> list[LinkTarget]:
    """Stories for words of theirs, for an address under /news/ or for the number of a story; the live ones first.

    At most OFFERED, in two queries. Killed and spiked stories are never among them; what is not live has no address.
    """
    addressed = _addressed(asked)
    if addressed is not None:
        return [_target(article) for article in addressed]
    words = re.findall(r"\w+", asked)[:MOST_WORDS]
    if not words:
        return []
    found = _live_with(words)
    if len(found) < OFFERED:
        found += [article for article in _with_headline(words) if article not in found]
    return sorted(map(_target, found[:OFFERED]), key=lambda target: not target.address)


def story_at(address: str) -> Article | None:
    """The story of an address under /news/, ours by host or without one, or None."""
    path = public_path(address)
    found = PublicAddress.objects.select_related("article").filter(path=path).first() if path else None
    return found.article if found else None


def public_path(address: str) -> str:
    """2026/11/vostok of https://our.host/news/2026/11/vostok/, or "" of any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        # As in http://[half an IPv6 address.
        return ""
    path = parts.path.strip("/")
    own = urlsplit(settings.SITE_URL).netloc
    return path.removeprefix("news/") if path.startswith("news/") and parts.netloc in ("", own) else ""


def _addressed(asked: str) -> list[Article] | None:
    """The stories of an address or number, perhaps none, or None where words were asked."""
    number = OWN_NUMBER.fullmatch(asked)
    path = public_path(asked)
    if number:
        wanted = Q(pk=number[1] or number[2])
    elif path:
        wanted = Q(pk__in=PublicAddress.objects.filter(path=path).values("article"))
    else:
        return None
    return list(_offered().filter(wanted)[:1])


def _offered():
    columns = ("headline", "pub_state", "saved_at", "published_at", "representation__status")
    shown = ("representation__path", "representation__headline")
    return Article.objects.exclude(pub_state__in=HIDDEN).select_related("representation").only(*columns, *shown)


def _live_with(words: list[str]) -> list[Article]:
    """Live stories with all these words, or words that begin so, anywhere in what was published."""
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="english", search_type="raw")
    live = _offered().filter(representation__status=Representation.Status.LIVE, representation__lexemes=query)
    newest = live.order_by("-representation__published_at")[:READ]
    return sorted(newest, key=lambda article: not _names(article.representation.headline, words))[:OFFERED]


def _with_headline(words: list[str]) -> list[Article]:
    """Stories in any state with all these words in the working headline."""
    wanted = Q()
    for word in words:
        wanted &= Q(headline__icontains=word)
    return list(_offered().filter(wanted).order_by("-saved_at")[: 2 * OFFERED])


def _names(headline: str, words: list[str]) -> bool:
    return all(word.casefold() in headline.casefold() for word in words)


def _target(article: Article) -> LinkTarget:
    public = getattr(article, "representation", None)
    is_live = public is not None and public.status == Representation.Status.LIVE
    return LinkTarget(
        headline=public.headline if public is not None and is_live else str(article),
        address=f"/news/{public.path}/" if public is not None and is_live else "",
        state=article.get_pub_state_display(),
        at=article.published_at or article.saved_at,
    )
