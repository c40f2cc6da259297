"""Named things on the openly licensed part of re3d."""

import json
from pathlib import Path
from typing import Any

from .engine import record
from .folder import evals, part_of, scorer


def score(part: str, errors: Path | None = None) -> dict[str, Any]:
    """The figures of the scorer for one part."""
    lines = (evals() / "entities" / "gold_re3d-open.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if part_of(row["id"]) == part]
    system = [record(row["id"], row["text"]) for row in gold]
    if errors is not None:
        errors.write_text("\n".join(_errors(gold, system)) + "\n", encoding="utf-8")
    figures: dict[str, Any] = scorer("entities").run(gold, system)
    return figures


def _errors(gold: list[dict[str, Any]], system: list[dict[str, Any]]) -> list[str]:
    """Gold spans that no finding of the right kind touches, and findings that touch no gold span."""
    kinds = scorer("entities").KINDMAP
    same = {"nationality": "place"}
    lines = []
    for row, found in zip(gold, system):
        text = row["text"]
        spans = [
            (mention["start"], mention["end"], same.get(kind, kind))
            for entity in found["entities"]
            if (kind := kinds.get(entity["kind"])) not in (None, "event")
            for mention in entity["mentions"]
        ]
        for span in row["gold"]:
            right = {same.get(kind, kind) for kind in span["kinds_ok"]}
            touching = [other for other in spans if other[0] < span["end"] and span["start"] < other[1]]
            if not any(kind in right for _, _, kind in touching):
                given = [f"{text[start:end]} ({kind})" for start, end, kind in touching]
                lines.append(f"MISS\t{row['id']}\t{span['kind']}\t{span['text']!r}\t{given}")
        for start, end, kind in spans:
            touched = any(start < span["end"] and span["start"] < end for span in row["gold"])
            ignored = any(start < last and first < end for first, last in row["ignore"])
            if not touched and not ignored:
                around = text[max(0, start - 40) : end + 40]
                lines.append(f"FALSE\t{row['id']}\t{kind}\t{text[start:end]!r}\t{around!r}")
    return sorted(lines)
