"""Find what is public by its words: one way for the site and for partners.

A common word has tens of thousands of matches. None is ever counted to the end: the newest are found, and
ranked, counted and quoted from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchConfig,
    SearchHeadline,
    SearchQueryCombinable,
    SearchQueryField,
    SearchRank,
)
from django.db.models import F, Func, Value
from django.db.models.functions import Left

from articles.search_words import Term, Words, read_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Ranking every match of a common word takes a third of a second at 100,000 stories; the newest are enough.
RANKED = 500
# A headline of 60 words is sought in so much of the text.
SEARCHED_FOR_PASSAGES = 20_000
# Private-use characters: no text that passed the desk's sanitiser is marked up by mistake.
START, STOP = "\ue000", "\ue001"
BETWEEN = "\ue002"
_MARK = re.compile(f"{START}(.*?){STOP}", re.DOTALL)


class _Asked(SearchQueryCombinable, Func):  # type: ignore[misc]
    """A query in SQL, with constant parameters only, so that PostgreSQL plans it as a constant."""

    output_field = SearchQueryField()
    # What a text without a stored vector is read as.
    config = SearchConfig("english")


class _Exactly(_Asked):
    template = "%(expressions)s::tsquery"


class _Word(_Asked):
    """All words of a term, stemmed, or as they stand without accents, or one of its spellings. What is only stop
    words asks for nothing."""

    makes = "plainto_tsquery"

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        (written, given), (folded, plain), (spelt, lexemes) = map(compiler.compile, self.source_expressions)
        stemmed = f"{self.makes}('english', {written})"
        asked = f"{stemmed} || {self.makes}('simple', {folded}) || {spelt}::tsquery"
        sql = f"CASE WHEN numnode({stemmed}) = 0 THEN ''::tsquery ELSE {asked} END"
        return sql, [*given, *given, *plain, *lexemes]


class _Phrase(_Word):
    makes = "phraseto_tsquery"


@dataclass(frozen=True, slots=True)
class Passage:
    """Plain text with the places of the marks: `text[start:end]` is a word that was sought."""

    text: str
    highlights: list[tuple[int, int]]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it was sought."""
        pieces, end = [], 0
        for first, last in self.highlights:
            pieces += [(self.text[end:first], False), (self.text[first:last], True)]
            end = last
        return [piece for piece in [*pieces, (self.text[end:], False)] if piece[0]]


def words(text: str) -> CombinedSearchQuery:
    """The query that a text asks."""
    return query_of(read_words(text))


def query_of(asked: Words) -> CombinedSearchQuery:
    """One that matches nothing where nothing was asked."""
    query: Any = _Exactly(Value(""))
    for group in asked.groups or [()]:
        query = query | _all_of(group)
    return query


def _all_of(group: tuple[Term, ...]) -> Any:
    query: Any = _Exactly(Value(""))
    for term in group:
        query = query & _one(term)
    return query


def _one(term: Term) -> Any:
    kind = _Phrase if term.is_phrase else _Word
    asked = kind(Value(term.text), Value(term.folded), Value(term.spellings))
    return _Without(asked) if term.is_excluded else asked


class _Without(_Asked):
    template = "!!(%(expressions)s)"


def ranked(stories: QuerySet[Any], query: Any) -> QuerySet[Any]:
    """The stories with their score and the passages that hold the words."""
    return stories.annotate(score=SearchRank(F("lexemes"), query), passages=marked_passages(query))


def marked_passages(query: Any) -> SearchHeadline:
    """Of the current edition's text. PostgreSQL makes them for the rows of the page only."""
    return SearchHeadline(
        Left("edition__text", SEARCHED_FOR_PASSAGES),
        query,
        config="english",
        start_sel=START,
        stop_sel=STOP,
        max_fragments=2,
        max_words=30,
        min_words=10,
        fragment_delimiter=BETWEEN,
    )


def read_passages(marked: str) -> list[Passage]:
    return [_passage(one) for one in marked.split(BETWEEN)]


def _passage(marked: str) -> Passage:
    text, highlights, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        highlights.append((len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    return Passage(text + marked[end:], highlights)
