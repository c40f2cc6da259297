"""Related news on half of ECB+: which stories tell of the same event."""

import json
from collections import Counter
from typing import Any

from articles.tagging import Document, analyse
from articles.tagging.relating.related import Features, Frequencies, rank
from articles.tagging.relating.terms import terms

from .engine import gazetteer
from .folder import evals, part_of, scorer

LIMIT = 20


def score(part: str) -> dict[str, Any]:
    """The figures of the scorer for the queries of one part; candidates are all other texts."""
    queries = json.loads((evals() / "related" / "gold.json").read_text(encoding="utf-8"))["queries"]
    gold = {id: relevant for id, relevant in queries.items() if part_of(id) == part}
    features = {id: Features(id, terms(document, entities)) for id, (document, entities) in stories().items()}
    counts = Counter(term for story in features.values() for term in story.terms)
    frequencies = Frequencies.counted(len(features), counts)
    system = {
        id: [found.id for found in rank(features[id], features.values(), frequencies=frequencies, limit=LIMIT)]
        for id in gold
    }
    figures: dict[str, Any] = scorer("related").run(gold, system)
    return figures


def stories() -> dict[str, tuple[Document, list[str]]]:
    """Every text by its id, with the ids of its accepted entities and countries."""
    found = {}
    for line in (evals() / "related" / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document(text=row["text"], title=row["title"])
        analysis = analyse(document, gazetteer())
        named = (*analysis.countries, *analysis.entities)
        found[row["id"]] = document, [finding.id for finding in named if finding.id and finding.accepted]
    return found
