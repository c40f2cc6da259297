"""Related news on half of ECB+: which stories tell of the same event."""

import json
from collections import Counter
from typing import Any

from articles.tagging import Document, analyse
from articles.tagging.related import Features, Frequencies, rank, terms

from .engine import gazetteer
from .folder import evals, part_of, scorer

LIMIT = 20


def score(part: str) -> dict[str, Any]:
    """The figures of the scorer for the queries of one part; candidates are all other texts."""
    folder = evals() / "related"
    queries = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["queries"]
    features = {}
    for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document(text=row["text"], title=row["title"])
        analysis = analyse(document, gazetteer())
        named = {found.id: found.name for found in analysis.entities if found.id and found.accepted}
        named |= {found.id: found.name for found in analysis.countries if found.accepted}
        features[row["id"]] = Features(row["id"], terms(document), named)
    frequencies = Frequencies(
        len(features),
        Counter(term for story in features.values() for term in story.terms),
        Counter(id for story in features.values() for id in story.entities),
    )
    gold = {id: relevant for id, relevant in queries.items() if part_of(id) == part}
    system = {
        id: [found.id for found in rank(features[id], features.values(), frequencies=frequencies, limit=LIMIT)]
        for id in gold
    }
    figures: dict[str, Any] = scorer("related").run(gold, system)
    return figures
