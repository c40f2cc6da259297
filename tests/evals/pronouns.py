"""Pronouns outside quotation marks on the news of the GUM corpus: does "he" mean the right person?

`python -m tests.evals pronouns`. The corpus has no part set aside, and the weights of `pronouns.py` were set by hand
while watching it (its licence, CC BY, allows that): the figure is no proof for unseen news. A pronoun of a person whom
the story never names is right when it means nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles.tagging import Document
from articles.tagging.naming.organisations import find_organisations, without_overlaps
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.people import People
from articles.tagging.quoting.pronouns import Pronouns, is_he_or_she
from articles.tagging.reading.document import read
from articles.tagging.senses import BODY, Story, choose

from .engine import gazetteer
from .folder import evals

# Takes: (22-person-new-coref, (22-person-giv-coref), 22) of the last column.
BRACKET = re.compile(r"\((\d+)-[^()]*?(\))?(?=\(|\d+\)|$)|(\d+)\)")
COLUMNS = 10


@dataclass(slots=True)
class Labelled:
    """A story's text, the entity of each pronoun by its place, and the words of names of each entity."""

    text: str = ""
    pronouns: dict[int, int] = field(default_factory=dict)
    names: dict[int, set[str]] = field(default_factory=dict)


def score() -> dict[str, float]:
    """Shares between 0 and 1, and counts."""
    right = {True: 0, False: 0}
    total = {True: 0, False: 0}
    for path in sorted((evals() / "gum-news").glob("*.conllu")):
        labelled = load(path)
        for place, name in meanings(labelled.text).items():
            if place in labelled.pronouns:
                wanted = labelled.names.get(labelled.pronouns[place], set())
                is_named = bool(wanted)
                total[is_named] += 1
                right[is_named] += name is None if not is_named else bool(name and name.split()[-1].lower() in wanted)
    return {
        "pronouns of named persons": total[True],
        "right person": right[True] / total[True],
        "pronouns of unnamed persons": total[False],
        "nobody named": right[False] / total[False],
    }


def meanings(text: str) -> dict[int, str | None]:
    """Whom each "he" and "she" outside quotation marks means, by its place."""
    document = Document(text=text)
    story = Story({BODY: document.text})
    hits = choose(story, gazetteer())
    organisations = find_organisations(story, hits, gazetteer())
    framing = Framing(read(text))
    pronouns = Pronouns(framing, People(framing, story, without_overlaps(hits, organisations), organisations))
    pronouns.read_all()
    return {place: cluster.name if cluster else None for place, cluster in pronouns.meant.items()}


def load(path: Path) -> Labelled:
    """One story of the corpus; a paragraph becomes a line."""
    labelled = Labelled()
    open_entities: list[int] = []
    last_joined = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_"):
            labelled.text = labelled.text.rstrip() + ("\n" if labelled.text else "")
        columns = line.split("\t")
        if len(columns) == COLUMNS and "-" in columns[0]:
            last_joined = int(columns[0].partition("-")[2])
        if len(columns) == COLUMNS and columns[0].isdigit():
            is_joined = int(columns[0]) < last_joined or "SpaceAfter=No" in columns[-1]
            last_joined = 0 if int(columns[0]) >= last_joined else last_joined
            _take(labelled, columns, open_entities, is_joined=is_joined)
    return labelled


def _take(labelled: Labelled, columns: list[str], open_entities: list[int], *, is_joined: bool) -> None:
    form, kind, notes = columns[1], columns[3], columns[9]
    start = len(labelled.text)
    labelled.text += form + ("" if is_joined else " ")
    closed = list(_brackets(notes, open_entities))
    if kind == "PROPN" and open_entities:
        labelled.names.setdefault(open_entities[-1], set()).add(form.lower())
    if kind == "PRON" and is_he_or_she(form.lower()) and open_entities:
        labelled.pronouns[start] = open_entities[-1]
    for entity in closed:
        if entity in open_entities:
            open_entities.reverse()
            open_entities.remove(entity)
            open_entities.reverse()


def _brackets(notes: str, open_entities: list[int]) -> Iterator[int]:
    """Opens the entities that begin at a token and yields those that end there."""
    found = re.search(r"(?:^|\|)Entity=([^|]*)", notes)
    for match in BRACKET.finditer(found.group(1) if found else ""):
        if match.group(1):
            open_entities.append(int(match.group(1)))
        if match.group(2) or match.group(3):
            yield int(match.group(1) or match.group(3))
