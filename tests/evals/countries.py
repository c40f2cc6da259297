"""Countries of a story on TR-News and the Local-Global Lexicon."""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from .engine import record
from .folder import part_of, scorer

MOST_ERRORS = 200


def score(corpus: str, part: str, errors: Path | None = None) -> dict[str, Any]:
    """The figures of the scorer for one part of a corpus ("trnews" or "lgl")."""
    module = scorer("countries")
    documents = [document for document in module.load("", corpus) if part_of(document.id) == part]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        for document in documents:
            predicted.write(json.dumps(record(document.id, document.text)) + "\n")
        predicted.flush()
        arguments = ["evaluate", "--corpus", corpus, "--pred", predicted.name, "--json"]
        if errors is not None:
            arguments += ["--errors", str(MOST_ERRORS)]
        printed = io.StringIO()
        with (
            mock.patch.object(module, "load", return_value=documents),
            mock.patch.object(sys, "argv", arguments),
            contextlib.redirect_stdout(printed),
        ):
            module.main()
    figures, end = json.JSONDecoder().raw_decode(printed.getvalue())
    if errors is not None:
        errors.write_text(printed.getvalue()[end:].lstrip(), encoding="utf-8")
    return dict(figures)
