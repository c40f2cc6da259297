"""Do our own scorers (tests/scoring) give the figures of those that come with the labelled texts?"""

import sys
from collections.abc import Callable

from tests.scoring.quotations import IGNORED, QUOTATION, REFUSED, Label, QuotationScore

from . import quotes
from .engine import record
from .folder import ASIDE, scorer

VERDICTS = {"direct": QUOTATION, "mixed": QUOTATION, "negative": REFUSED, "ignore": IGNORED}
SAME = {
    "joint": "JOINT quotation (iou80) + speaker F1",
    "exact": "quotation exact F1",
    "balanced": "pieces: balanced accuracy",
    "speaker": "speaker all: span or name",
    "fragments": "speaker mixed: span or name",
    "cue": "cue F1",
}
TOLERANCE = 1e-9


def disagreements(tell: Callable[[str], None]) -> int:
    """How many figures of quotations differ on the part set aside."""
    theirs, ours = scorer("quotes").Score(), QuotationScore()
    for document in quotes.documents(ASIDE):
        found = record(document.id, document.text)["quotes"]
        derived = sys.modules["polnear"].derive(document)
        theirs.add(document, derived, found)
        labels = [
            Label((g.start, g.end), VERDICTS[g.label], tuple(g.source), tuple(g.cue), g.label == "mixed")
            for g in derived
        ]
        ours.add(document.text, labels, found)
    table, figures = theirs.table()[0], ours.figures()
    differing = [name for name, key in SAME.items() if abs(table[key] - figures[name]) > TOLERANCE]
    for name in differing:
        tell(f"scorers differ: {name}: {figures[name]} here, {table[SAME[name]]} there")
    return len(differing)
