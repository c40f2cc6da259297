"""One judge after the other; one that cannot run leaves its bars without figures, and the others go on."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable

from .report import Report


def attempt(report: Report, name: str, judge: Callable[[], None]) -> None:
    """Run one judge; what it raises is told, and its bars stay without figures."""
    began = time.monotonic()
    try:
        judge()
    except Exception:
        sys.stderr.write(traceback.format_exc())
    report.note(f"{name}: {time.monotonic() - began:.0f} s")
