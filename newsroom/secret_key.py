"""The signing key of a desk without one in its environment: made once, kept in var/."""

import os
import secrets
from pathlib import Path


def recorded(var: Path) -> str:
    """The key in `var`/secret-key, made at the first call. Production sets SECRET_KEY instead."""
    path = var / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    # Written aside and linked, so that of two processes starting at once one key wins for both.
    draft = path.with_name(f"secret-key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text().strip()
    finally:
        draft.unlink()
    return key
