"""Counts of right, wrong and missing, and what is made of them."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 0 where there is nothing."""
        return share(self.right, self.right + self.missing)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missing)


def share(part: float, whole: float) -> float:
    """A share between 0 and 1; 0 of nothing is 0."""
    return part / whole if whole else 0.0
