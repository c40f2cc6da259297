"""Quotations and their speakers on PolNeAR."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .engine import record
from .folder import evals, part_of, scorer


def score(part: str, errors: Path | None = None) -> dict[str, Any]:
    """The figures of the scorer for one part, shares between 0 and 1; the errors go to a file."""
    module = scorer("quotes")
    total = module.Score(module.load_resolution("train"))
    for document in documents(part):
        derived = sys.modules["polnear"].derive(document)
        total.add(document, derived, record(document.id, document.text)["quotes"])
    if errors is not None:
        errors.write_text("".join(f"{kind}\t{id}\t{start}\t{text!r}\n" for kind, id, start, text in total.errors))
    figures: dict[str, Any] = total.table()[0]
    return figures


def documents(part: str) -> Iterator[Any]:
    """The documents of one part."""
    scorer("quotes")
    for document in sys.modules["polnear"].load(str(evals() / "quotes" / "polnear"), "train"):
        if part_of(document.id) == part:
            yield document
