"""What a partner holds beside what the server has: ids, versions, documents, and the bytes of what was killed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.audits.report import Finding
from tests.audits.tools import JudgeAbsentError

from .writing import MARK


@dataclass(frozen=True, slots=True)
class Held:
    """Documents by id, and every byte of what they are kept in."""

    documents: dict[str, Any]
    bytes: bytes

    @classmethod
    def read(cls, rows: Iterable[tuple[str, int, str]], file: Path) -> Held:
        """From rows of id, version and document; a version beside a document must be the document's own."""
        documents = {}
        for key, version, text in rows:
            document = json.loads(text)
            documents[key] = document if version == document["version"] else {"version": f"{version} in the row"}
        beside = [path for path in file.parent.glob(f"{file.name}*") if path.is_file()]
        return cls(documents, b"".join(path.read_bytes() for path in beside))


def differences(who: str, held: Held, server: dict[str, Any]) -> Iterator[Finding]:
    """One finding for each story that is not the same on both sides."""
    for key in sorted(held.documents.keys() | server.keys()):
        ours, theirs = held.documents.get(key), server.get(key)
        if ours == theirs:
            continue
        if ours is None or theirs is None:
            yield Finding("mirror", who, f"{key} is {'missing' if ours is None else 'not on the server'}")
        else:
            parts = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
            versions = f"version {ours['version']}, on the server {theirs['version']}"
            yield Finding("mirror", who, f"{key}: {versions}; {', '.join(parts)} differ")


def not_purged(who: str, held: Held) -> Iterator[Finding]:
    """One finding for each killed story of which the id or any mark that it alone had is still there."""
    from articles.models import Article, Edition
    from articles.states import PubState

    for article in Article.objects.filter(pub_state=PubState.KILLED):
        texts = Edition.objects.filter(article=article).values_list("headline", "text")
        marks = {mark for pair in texts for text in pair for mark in MARK.findall(text)}
        traces = [mark for mark in sorted(marks) if mark.encode() in held.bytes]
        if str(article.uuid) in held.documents or traces:
            yield Finding("mirror", who, f"{article.uuid} was killed; found {', '.join(traces) or 'the story itself'}")


def require_sight() -> None:
    """Raises JudgeAbsentError where two stores that differ are taken for one."""
    one, other = {"version": 1, "headline": "A"}, {"version": 1, "headline": "B"}
    held = Held({"same": one, "changed": one, "surplus": one}, b"")
    found = list(differences("nobody", held, {"same": one, "changed": other, "lacking": one}))
    if len(found) != 3:
        raise JudgeAbsentError(f"the comparison finds {len(found)} of 3 differences")
