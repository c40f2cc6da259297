"""Runs the engine as its command line does and hands back the records that it would print."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from articles.tagging import Document, Gazetteer, analyse
from articles.tagging.output import as_record


def record(identity: str, text: str, title: str = "") -> dict[str, Any]:
    """The record of one document."""
    return as_record(identity, analyse(Document(text=text, title=title), gazetteer()))


def records(documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The records of documents {"id", "text"}."""
    for document in documents:
        yield record(document["id"], document["text"])


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, as `python -m articles.tagging` takes it."""
    return Gazetteer.shipped()
