"""`python -m tests.evals`: every figure as a JSON line {name, value, floor, target}; 1 where one is below its floor.

`python -m tests.evals TASK --part tuned --errors FILE` prints the scorer's own figures, to develop by.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import countries, entities, pronouns, quotes, related
from .bars import BARS, Bar
from .folder import ASIDE, TUNED
from .measuring import measure

TASKS: dict[str, Callable[[str, Path | None], dict[str, Any]]] = {
    "quotes": quotes.score,
    "trnews": lambda part, errors: countries.score("trnews", part, errors),
    "lgl": lambda part, errors: countries.score("lgl", part, errors),
    "entities": entities.score,
    "related": lambda part, _errors: related.score(part),
    "pronouns": lambda _part, _errors: dict(pronouns.score()),
}


def main() -> int:
    """Parse the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description=__doc__)
    parser.add_argument("task", nargs="?", choices=TASKS)
    parser.add_argument("--part", choices=(TUNED, ASIDE), default=TUNED)
    parser.add_argument("--errors", type=Path, help="write the errors of the part that is tuned on to this file")
    options = parser.parse_args()
    if options.task is None:
        return all_figures()
    if options.errors is not None and options.part == ASIDE:
        parser.error("errors of the part set aside are not for reading")
    sys.stdout.write(json.dumps(TASKS[options.task](options.part, options.errors), indent=1) + "\n")
    return 0


def all_figures() -> int:
    """Print every figure as it is measured, then the table; 1 where one misses its floor or was not measured."""
    bars = {bar.name: bar for bar in BARS}
    rows = []
    for name, value, tuned in measure(_tell):
        bar = bars.pop(name)
        rows.append((bar, value, tuned))
        line = {"name": name, "value": round(value, 4), "floor": bar.floor, "target": bar.target}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    _tell("\n" + "\n".join(_table(rows)))
    for name in bars:
        _tell(f"not measured: {name}")
    return 1 if bars or not all(bar.holds(value) for bar, value, _ in rows) else 0


def _table(rows: list[tuple[Bar, float, float | None]]) -> list[str]:
    head = ("figure", "aside", "tuned", "floor", "target", "", "best public peer", "prototype", "human")
    lines = [head, *(_row(*row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]


def _row(bar: Bar, value: float, tuned: float | None) -> tuple[str, ...]:
    verdict = "target" if bar.is_reached(value) else "floor" if bar.holds(value) else "BELOW"
    figures = ["" if number is None else f"{number:.4g}" for number in (value, tuned, bar.floor, bar.target)]
    return (bar.name, *figures, verdict, bar.peer, bar.prototype, bar.human)


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
