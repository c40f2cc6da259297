"""A place in the change log, as partners carry it: opaque to them, `epoch.revision.sequence` to us."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

# Takes "9f1c2d3e4b5a69788796a5b4c3d2e1f0.0.118"; refuses "118" and any sequence beyond bigint.
_POSITION = re.compile(r"(?P<epoch>[0-9a-f]{32})\.(?P<revision>[0-9]{1,9})\.(?P<sequence>[0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """After the change `sequence` of an epoch. `revision` names what the key selects; 0: a key may have all."""

    epoch: uuid.UUID
    sequence: int
    revision: int = 0

    def __str__(self) -> str:
        return f"{self.epoch.hex}.{self.revision}.{self.sequence}"

    @classmethod
    def read(cls, token: str) -> Position:
        """Raises ValueError when the token is not one of ours."""
        match = _POSITION.fullmatch(token)
        if match is None:
            raise ValueError(f"not a position in the change log: {token[:80]!r}")
        return cls(uuid.UUID(match["epoch"]), int(match["sequence"]), int(match["revision"]))

    def leads_on_to(self, current: Position) -> bool:
        """Whether a reader at this place can go on to `current`. At the very beginning any epoch will do:
        who has nothing yet has nothing to throw away."""
        if self.revision != current.revision:
            return False
        return self.sequence == 0 or (self.epoch == current.epoch and self.sequence <= current.sequence)
