"""Where the labelled texts lie, their scorers as modules, and the part of them that is set aside."""

import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

TUNED = "tuned"
ASIDE = "aside"
SHARE_ASIDE = 0.2


def evals() -> Path:
    """The folder of the labelled texts. Raises FileNotFoundError where there is none."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("NEWSROOM_EVALS") or root.parent / "shared" / "evals")
    if not folder.is_dir():
        raise FileNotFoundError(f"no labelled texts in {folder}; name their folder in NEWSROOM_EVALS")
    return folder


def part_of(identity: str) -> str:
    """ "aside" for the fifth of all documents whose id hashes low (SHA-256), else "tuned"."""
    digest = hashlib.sha256(identity.encode()).digest()
    return ASIDE if int.from_bytes(digest[:8], "big") < SHARE_ASIDE * 2**64 else TUNED


def scorer(task: str) -> ModuleType:
    """The module `evaluate.py` of a task, with its neighbours importable while it loads."""
    folder = evals() / task
    name = f"evaluate_{task}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, folder / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(folder))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module
