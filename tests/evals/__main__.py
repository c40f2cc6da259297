"""`python -m tests.evals TASK --part tuned --errors FILE`: the scorer's figures for one task, to develop by."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import countries, entities, quotes, related
from .folder import ASIDE, TUNED

TASKS: dict[str, Callable[[str, Path | None], dict[str, Any]]] = {
    "quotes": quotes.score,
    "trnews": lambda part, errors: countries.score("trnews", part, errors),
    "lgl": lambda part, errors: countries.score("lgl", part, errors),
    "entities": entities.score,
    "related": lambda part, _errors: related.score(part),
}


def main() -> int:
    """Parse the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--part", choices=(TUNED, ASIDE), default=TUNED)
    parser.add_argument("--errors", type=Path, help="write the errors of the part that is tuned on to this file")
    options = parser.parse_args()
    if options.errors is not None and options.part == ASIDE:
        parser.error("errors of the part set aside are not for reading")
    sys.stdout.write(json.dumps(TASKS[options.task](options.part, options.errors), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
