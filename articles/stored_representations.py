"""Writes what the public has of a story, its representation, listings and terms: one statement for all of it, of which
PostgreSQL keeps the plan. It is part of every publication."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.utils import timezone

from articles.lexemes import NO_WORDS, VECTOR, words_of
from articles.models import Representation
from articles.planned_query import array_of, planned_rows
from articles.public_listings import LISTED, listings_of
from articles.term_table import NO_TERMS, TERMS, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.edition_rows import ShownTag
    from articles.models import Article, Edition

LEXEMES = "lexemes"


def store_representation(
    article: Article, edition: Edition | None, tags: Sequence[ShownTag], values: dict[str, Any]
) -> None:
    """Insert the rows of an article or replace them. `values` are columns of its representation, and those that are not
    named stay as they are; of one that is not live, without an `edition`, listings and terms go."""
    # Building it tells the article of its row: stories that link to it show what stands there.
    row = Representation(article=article, built_at=timezone.now(), **values)
    parameters = listings_of(article, edition, tags)
    parameters |= words_of(edition, tags) | terms_of(edition, tags) if edition else NO_WORDS
    for field in Representation._meta.concrete_fields:
        if field.attname == LEXEMES:
            continue
        value = field.get_db_prep_save(getattr(row, field.attname), connection)
        parameters[field.attname] = array_of(value) if isinstance(field, ArrayField) and value is not None else value
    planned_rows(_statement(frozenset(values), is_live=edition is not None), parameters)


@cache
def _statement(named: frozenset[str], *, is_live: bool) -> str:
    fields = Representation._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    # With its type where it travels as text.
    values = ", ".join(
        VECTOR
        if field.attname == LEXEMES
        else f"%({field.attname})s" + (f"::{field.db_type(connection)}" if isinstance(field, ArrayField) else "")
        for field in fields
    )
    written = named | {LEXEMES, "built_at"}
    replaced = ", ".join(f"{field.column} = excluded.{field.column}" for field in fields if field.name in written)
    stored = f"INSERT INTO {Representation._meta.db_table} ({columns}) VALUES ({values})"  # noqa: S608 - names of columns
    return f"WITH {LISTED}, {TERMS if is_live else NO_TERMS} {stored} ON CONFLICT (article_id) DO UPDATE SET {replaced}"
