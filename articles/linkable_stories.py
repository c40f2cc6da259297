"""Find a story of ours to link to: by words, by number or by address."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from articles.finding import exact_story
from articles.models import Article, Representation
from articles.newest_matches import newest_matches, newest_of
from articles.search import asked_in_typing
from articles.states import PubState

# Takes "frigate" out of "frigate's", and "Su" and "34" out of "Su-34": what the index knows as words.
_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8
# Takes "#42" and "42"; refuses a number longer than any id.
_NUMBER = re.compile(r"#?(\d{1,18})\Z")


def find_stories(text: str, *, limit: int, live_only: bool = False, without: int | None = None) -> list[Article]:
    """At most `limit` stories, published ones first, each with its representation, newest first.

    A number, an address of ours or a uuid finds that one story, by the rules of `articles.finding`. Without words,
    the newest stories. Killed and spiked stories are never found; `without` is the id of the story that looks for
    others.
    """
    stories = Article.objects.exclude(pub_state__in=(PubState.KILLED, PubState.SPIKED))
    stories = stories.select_related("representation", "section")
    if without is not None:
        stories = stories.exclude(pk=without)
    if live_only:
        stories = stories.filter(pub_state=PubState.LIVE)
    exact = _named(text, stories)
    if exact is not None:
        return exact
    words = _WORD.findall(text)[:MOST_WORDS]
    if text.strip() and not words:
        return []
    found = _live(words, stories, limit)
    if len(found) < limit and not live_only:
        found += _not_live(text.split()[:MOST_WORDS], stories)[: limit - len(found)]
    return found


def _named(text: str, stories: QuerySet[Article]) -> list[Article] | None:
    """The one story that can only be meant, none where it may not be linked to; None where words are meant."""
    number = _NUMBER.match(text.strip())
    # The page of another site with the same path is another's: whoever pasted that wants a link to it.
    meant = int(number[1]) if number else exact_story(text, at_any_host=False)
    found = [] if meant is None else list(stories.filter(pk=meant))
    is_a_word = meant is None or text.strip().isdecimal()
    return None if is_a_word and not found else found


def _live(words: list[str], stories: QuerySet[Article], limit: int) -> list[Article]:
    """By the words that readers find them under; the last word may still be in the typing, and so may all."""
    shown = Representation.objects.filter(status=Representation.Status.LIVE, article__in=stories)
    matches = newest_matches(shown, asked_in_typing(words), most=limit) if words else newest_of(shown, most=limit)
    found = stories.in_bulk(matches.newest)
    return [found[number] for number in matches.newest if number in found]


def _not_live(words: list[str], stories: QuerySet[Article]) -> QuerySet[Article]:
    found = stories.exclude(pub_state=PubState.LIVE)
    for word in words:
        found = found.filter(Q(headline__icontains=word) | Q(slugline__icontains=word))
    return found.order_by("-saved_at", "-pk")
