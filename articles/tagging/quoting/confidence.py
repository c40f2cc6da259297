"""How likely it is that a finding is a quotation, that its speaker is right, and that the full name is.

The scores of the piece, of its speaker, and the speaker's lead over the next one are added up; the table tells
what share of findings with such a sum was right. It was fitted to our own labelled stories (tests/corpus) by
`python -m tests.evals.reliability --fit`, which prints it anew; the same command without `--fit` prints how well
it holds.
"""

from bisect import bisect_right

PER_VERDICT = 0.3
PER_SCORE = 0.2
PER_LEAD = 0.5
HIGHEST_VERDICT = 5.0
HIGHEST_SCORE = 9.0
HIGHEST_LEAD = 4.0

# The sum, and the share of findings that was right; between two rows the share is interpolated.
TABLE = (
    (2.81, 0.581),
    (3.94, 0.728),
    (4.31, 0.904),
    (4.76, 0.918),
    (5.21, 0.919),
    (5.29, 0.990),
)


def sureness(verdict: float, score: float, lead: float) -> float:
    """The weighed sum of the three; each counts up to a limit, and never below zero."""
    return (
        PER_VERDICT * _within(verdict, HIGHEST_VERDICT)
        + PER_SCORE * _within(score, HIGHEST_SCORE)
        + PER_LEAD * _within(lead, HIGHEST_LEAD)
    )


def confidence(place: float) -> float:
    """The probability for a sum, between 0 and 1, to three digits."""
    behind = bisect_right(TABLE, (place, 1.0))
    if behind == 0 or behind == len(TABLE):
        return TABLE[min(behind, len(TABLE) - 1)][1]
    (x, low), (y, high) = TABLE[behind - 1], TABLE[behind]
    return round(low + (high - low) * (place - x) / (y - x), 3)


def _within(value: float, highest: float) -> float:
    return min(max(value, 0.0), highest)
