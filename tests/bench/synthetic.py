"""The synthetic corpus of NEWSROOM_BENCH, which is not part of this repository. Plain Python: no Django."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType


@cache
def corpus() -> ModuleType:
    """The module that writes the corpus. Raises FileNotFoundError where its folder is not there."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("NEWSROOM_BENCH") or root.parent / "shared" / "bench")
    if not (folder / "corpus.py").is_file():
        raise FileNotFoundError(f"no corpus.py in {folder}; name its folder in NEWSROOM_BENCH")
    sys.path.append(str(folder))
    import corpus as module

    return module
