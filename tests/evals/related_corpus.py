"""The synthetic corpus in the term table of a throw-away database: by COPY, without the stories themselves."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from heapq import nlargest
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import connection

from articles import related_stories, term_frequencies, term_table
from articles.planned_query import planned_rows
from articles.related_stories import StoryInHand, closest_stories
from articles.tagging import Document
from articles.tagging.relating.related import Frequencies
from articles.tagging.relating.terms import terms
from articles.tagging.relating.vectors import numbered, pack
from tests.bench.synthetic import corpus

# So many stories say which terms are rare, for the choice of those that lead to a story.
COUNTED = 3_000
PROCESSES = 2
CHUNK = 250
LATER = datetime(2100, 1, 1, tzinfo=UTC)
INDEXES = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'articles_articleterm'::regclass
AND contype = 'p'
UNION ALL
SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'stories_of_a_term'
"""

LEADING_COLUMNS = "articleterm (article_id, term, weight, published_at)"

Row = tuple[str, str]


def document(number: int) -> tuple[dict[str, Any], Document, list[str]]:
    """A story of the corpus as it is, for the engine, and its countries and entities."""
    article = corpus().article(number)
    text = "\n\n".join(block["text"] for block in article["blocks"])
    return (
        article,
        Document(text, article["headline"], article["standfirst"]),
        article["countries"] + article["entities"],
    )


def load(after: int, last: int) -> None:
    """Add the terms of the stories behind `after` up to `last`, and count in how many each stands."""
    # The processes that write the stories shall inherit no connection.
    connection.close()
    with get_context("fork").Pool(PROCESSES) as pool, connection.cursor() as cursor, _without_indexes(cursor):
        copy_in(pool.imap(_row, range(after + 1, last + 1), chunksize=CHUNK))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) articles_articleterm, articles_termvector")
    term_frequencies.refresh()


def copy_in(rows: Iterator[Row]) -> None:
    """Write rows of terms of stories that are not there themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        while chunk := list(islice(rows, 20 * CHUNK)):
            for place, into in enumerate(("termvector (article_id, form, terms)", LEADING_COLUMNS)):
                with cursor.cursor.copy(f"COPY articles_{into} FROM STDIN") as copy:
                    for row in chunk:
                        copy.write(row[place])
        cursor.execute("SET session_replication_role = DEFAULT")


def row_of(story: int, found: dict[str, int], rarities: Frequencies, published: str) -> Row:
    """One story's lines for COPY: its vector, and the terms that lead to it."""
    heaviest = nlargest(term_table.LEADING_TERMS, found, key=lambda term: found[term] * rarities[term])
    leading = "".join(f"{story}\t{term}\t{found[term]}\t{published}\n" for term in heaviest)
    return f"{story}\t{term_table.FORM}\t\\\\x{pack(numbered(found)).hex()}\n", leading


def story_in_hand(number: int) -> StoryInHand:
    """A story that is not in the table, with its tags."""
    _, written, tags = document(number)
    return StoryInHand(written, {tag: tag for tag in tags}, before=LATER)


def database_seconds() -> float:
    """CPU seconds of the database's process for our connection, to a hundredth; 0 where /proc does not tell."""
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def room() -> str:
    """How large the tables are."""
    tables = ("articles_articleterm", "articles_termvector", "articles_termfrequency")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, pg_total_relation_size(name::regclass) FROM unnest(%s::text[]) AS name", [list(tables)]
        )
        return ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in cursor.fetchall())


def plan(number: int) -> str:
    """The plan of the search for one story's candidates, as it ran."""
    explained: list[str] = []

    def explain(statement: str, parameters: Any, **options: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement, parameters)
            explained.extend(line for (line,) in cursor.fetchall())
        return planned_rows(statement, parameters, **options)

    with mock.patch.object(related_stories, "planned_rows", explain):
        closest_stories(story_in_hand(number))
    return "\n".join(explained)


def _row(story: int) -> Row:
    article, written, tags = document(story)
    return row_of(story, terms(written, tags), _rarities(), article["published"])


@cache
def _rarities() -> Frequencies:
    """How rare each term is among the corpus's first stories."""
    counts = Counter(term for number in range(1, COUNTED + 1) for term in terms(*document(number)[1:]))
    return Frequencies.counted(COUNTED, counts)


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """Drop the term table's indexes and make them anew afterwards, which is faster for very many rows."""
    cursor.execute(INDEXES)
    (key, key_definition), (index, index_definition) = cursor.fetchall()
    cursor.execute(f"ALTER TABLE articles_articleterm DROP CONSTRAINT {key}; DROP INDEX {index}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(f"ALTER TABLE articles_articleterm ADD CONSTRAINT {key} {key_definition}; {index_definition}")
