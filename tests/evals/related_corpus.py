"""The synthetic corpus in the term table of a throw-away database: by COPY, without the stories themselves."""

from __future__ import annotations

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from heapq import nlargest
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection

from articles import related_stories, term_frequencies, term_table
from articles.tagging import Document
from articles.tagging.related import Features, Ranked, rarity
from articles.tagging.terms import phrases, terms

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

Row = tuple[int, datetime, str, list[tuple[str, int]]]


@cache
def corpus() -> ModuleType:
    """The module that writes the corpus. Raises FileNotFoundError where its folder is not there."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("NEWSROOM_BENCH") or root.parent / "shared" / "bench")
    if not (folder / "corpus.py").is_file():
        raise FileNotFoundError(f"no corpus.py in {folder}; name its folder in NEWSROOM_BENCH")
    sys.path.append(str(folder))
    import corpus as module

    return module


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
        cursor.execute("SET session_replication_role = replica")
        made = pool.imap(_row, range(after + 1, last + 1), chunksize=CHUNK)
        for rows in _chunks(made):
            _copy(cursor, "articles_termvector (article_id, form, terms)", _vectors(rows))
            _copy(cursor, "articles_articleterm (article_id, term, weight, published_at)", _leading(rows))
        cursor.execute("SET session_replication_role = DEFAULT")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) articles_articleterm, articles_termvector")
    term_frequencies.refresh()


def story_in_hand(number: int) -> tuple[int, Document, dict[object, str]]:
    """A story that is not in the table, with its tags."""
    _, written, tags = document(number)
    return number, written, {tag: tag for tag in tags}


def propose(story: tuple[int, Document, dict[object, str]]) -> list[Ranked]:
    """What the tagger does for related news, but for reading the story and writing the links."""
    number, written, tags = story
    features = Features(number, terms(written, tags), phrases(written, tags))
    return related_stories.closest_stories(features, before=LATER)


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
    _, written, tags = document(number)
    found = terms(written, tags)
    leading = related_stories.leading_terms(found, term_frequencies.frequencies_for(found))
    with connection.cursor() as cursor:
        parameters = related_stories.search_parameters(leading, before=LATER, without=())
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + related_stories.CANDIDATES_OF_TERMS, parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


@cache
def _rarities() -> dict[str, float]:
    """How rare each term is among the corpus's first stories."""
    counts = Counter(term for number in range(1, COUNTED + 1) for term in terms(*document(number)[1:]))
    return {term: rarity(count, COUNTED) for term, count in counts.items()}


def _row(number: int) -> Row:
    article, written, tags = document(number)
    found = terms(written, tags)
    rarities, unseen = _rarities().get, math.log(1 + COUNTED)
    heaviest = nlargest(term_table.LEADING_TERMS, found.items(), key=lambda item: item[1] * rarities(item[0], unseen))
    vector = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return number, datetime.fromisoformat(article["published"]), vector, heaviest


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == 20 * CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _vectors(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    for number, _, vector, _ in rows:
        yield number, term_table.FORM, vector


def _leading(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    for number, published_at, _, heaviest in rows:
        for term, weight in heaviest:
            yield number, term, weight, published_at


def _copy(cursor: Any, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """Drop the term table's indexes and make them anew afterwards, which is faster for very many rows."""
    cursor.execute(INDEXES)
    (key, key_definition), (index, index_definition) = cursor.fetchall()
    cursor.execute(f"ALTER TABLE articles_articleterm DROP CONSTRAINT {key}; DROP INDEX {index}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(f"ALTER TABLE articles_articleterm ADD CONSTRAINT {key} {key_definition}; {index_definition}")
