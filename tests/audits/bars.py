"""A figure with its floor and target, and the parcels of them that a judge answers for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with its floor, where it has one, and target; most count faults or costs, and less is better."""

    name: str
    floor: float | None
    target: float
    is_higher_better: bool = False

    def holds(self, value: float) -> bool:
        """Is the value at the floor or on its good side?"""
        if self.floor is None:
            return True
        return value >= self.floor if self.is_higher_better else value <= self.floor


def none(*names: str) -> list[Bar]:
    """Faults, of which there may be none."""
    return [Bar(name, 0, 0) for name in names]


def aimed_at(name: str, target: float, *, is_higher_better: bool = False) -> Bar:
    """A figure that nothing is refused for: it is told for its target."""
    return Bar(name, None, target, is_higher_better)


def at_least(name: str, floor: float, target: float | None = None) -> Bar:
    """A figure that may not be lower; the target is the floor where none is named."""
    return Bar(name, floor, floor if target is None else target, is_higher_better=True)
