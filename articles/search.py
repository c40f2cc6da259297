"""Find what is public by its words: one way for the site and for partners.

A common word has tens of thousands of matches. None is ever counted to the end: the newest are found, and
ranked, counted and quoted from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchConfig,
    SearchQuery,
    SearchQueryCombinable,
    SearchQueryField,
)
from django.db import connection
from django.db.models import Func, Value

from articles.models import Representation
from articles.search_words import Term, Words, read_words

# Ranking every match of a common word takes a third of a second at 100,000 stories; the newest are enough.
RANKED = 500


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


@lru_cache(maxsize=4096)
def asked_by(text: str) -> str:
    """The query that a text asks, as PostgreSQL writes it; empty where it asks for nothing, as “the” does."""
    return _written(words(text))


def asked_in_typing(typed: Sequence[str]) -> str:
    """The same for plain words of which each may be the beginning of one."""
    return _written(SearchQuery(" & ".join(f"{word}:*" for word in typed), search_type="raw", config="english"))


def _written(asked: Any) -> str:
    query = Representation.objects.all().query
    sql, values = query.get_compiler(connection=connection).compile(asked.resolve_expression(query))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({sql})::text", values)
        return str(cursor.fetchone()[0])


def exactly(asked: str) -> Any:
    """A query that is written already."""
    return _Exactly(Value(asked))
