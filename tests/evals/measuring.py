"""Measures every figure of `make evals`, and where it can the same figure on the part that is tuned on."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

from tests.corpus.reader import stories
from tests.corpus.scoring import score as score_corpus

from . import agreement, countries, entities, hostile, pronouns, quotes, related, reliability, speed
from .engine import gazetteer
from .folder import ASIDE, TUNED

# A figure's name, its value, and its value on the tuned part (None where there are no parts).
Measured = tuple[str, float, float | None]
Tell = Callable[[str], None]

QUOTES = {
    "quotes_joint_f1": "JOINT quotation (iou80) + speaker F1",
    "quotes_exact_f1": "quotation exact F1",
    "quotes_balanced_accuracy": "pieces: balanced accuracy",
    "quotes_speaker_all": "speaker all: span or name",
    "quotes_speaker_fragments": "speaker mixed: span or name",
    "quotes_cue_f1": "cue F1",
}


def measure(tell: Tell) -> Iterator[Measured]:
    """Every figure, one after the other. Raises FileNotFoundError where the labelled texts are not there."""
    tell("quotations and speakers …")
    aside, tuned = quotes.score(ASIDE), quotes.score(TUNED)
    for name, key in QUOTES.items():
        yield name, aside[key], tuned[key]
    tell("countries …")
    yield from _countries()
    tell("named things …")
    aside, tuned = entities.score(ASIDE), entities.score(TUNED)
    yield "entities_re3d_overlap_f1", aside["overlap"]["ALL"]["F1"], tuned["overlap"]["ALL"]["F1"]
    tell("related news …")
    yield "related_ndcg5", related.score(ASIDE)["nDCG5"], related.score(TUNED)["nDCG5"]
    tell("related news among 100,000 stories in PostgreSQL …")
    yield "related_ms_at_100000", _related_ms(), None
    tell("our own stories …")
    own = score_corpus(stories(), gazetteer()).figures()
    yield "own_accepted_precision", own["accepted precision"], None
    yield "own_equipment_exercises_f1", own["equipment and exercises F1"], None
    for name, value in own.items():
        tell(f"  own stories, {name}: {value:.3f}")
    tell(f"pronouns outside quotation marks, right person: {pronouns.score()}")
    tell("does the confidence of a quotation hold? …")
    reliability.show(tell)
    tell("speed, start and memory …")
    for name, value in {**speed.rates(), **speed.start()}.items():
        yield name, value, None
    tell("hostile texts …")
    yield "hostile_texts_that_fail", hostile.faults(gazetteer(), tell), None
    yield "hostile_growth_n_to_4n", hostile.growth(gazetteer(), tell), None
    tell("do our scorers agree with those of the labelled texts? …")
    yield "scorers_that_disagree", agreement.disagreements(tell), None


def _related_ms() -> float:
    """The median by the clock; in a process of its own, since it needs a database and Django."""
    command = [sys.executable, "-m", "tests.evals.related_speed"]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    figures = {line["name"]: line["value"] for line in map(json.loads, printed.splitlines())}
    return float(figures["related_ms_at_100000"])


def _countries() -> Iterator[Measured]:
    aside, tuned = countries.score("trnews", ASIDE), countries.score("trnews", TUNED)
    yield "countries_trnews_document_f1", aside["doc_micro"]["f1"], tuned["doc_micro"]["f1"]
    yield "countries_trnews_mention_accuracy", aside["mention"]["accuracy"], tuned["mention"]["accuracy"]
    yield "countries_trnews_primary", aside["primary"]["accuracy"], tuned["primary"]["accuracy"]
    aside, tuned = countries.score("lgl", ASIDE), countries.score("lgl", TUNED)
    yield "countries_lgl_document_f1", aside["doc_micro"]["f1"], tuned["doc_micro"]["f1"]
