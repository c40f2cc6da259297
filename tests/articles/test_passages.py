from __future__ import annotations

import pytest

from articles.passages import Passage, passages_of
from articles.search import asked_by

pytestmark = pytest.mark.django_db

FILLER = "The day was long and nothing else was told of it by anybody. " * 12


def told(text: str, query: str) -> list[Passage]:
    (passages,) = passages_of([text], asked_by(query))
    return passages


def marked(passages: list[Passage]) -> list[str]:
    return [passage.text[start:end] for passage in passages for start, end in passage.highlights]


def test_words_are_marked_however_they_are_inflected():
    text = f"{FILLER}Armies met at the border, an army beside another. {FILLER}"

    (passage,) = told(text, "army")

    assert marked([passage]) == ["Armies", "army"]
    assert passage.text in text
    assert len(passage.text) < 400


def test_the_passages_are_those_in_which_most_of_the_words_stand():
    text = f"A frigate left. {FILLER}A radar was sold. {FILLER}The frigate has a radar now. {FILLER}"

    passages = told(text, "frigate radar")

    assert len(passages) == 2
    assert "The frigate has a radar now" in passages[-1].text
    assert marked(passages[-1:]) == ["frigate", "radar"]


def test_a_text_without_the_words_tells_how_it_begins():
    (passage,) = told(f"Nobody came. {FILLER}", "submarine")

    assert passage.text.startswith("Nobody came")
    assert passage.highlights == []


def test_words_that_seem_to_be_meant_and_are_not_stay_unmarked():
    """“Army” begins like “armour”, whose lexeme is another."""
    passages = told(f"{FILLER}Armour was sent. {FILLER}", "arm")

    assert marked(passages) == []


@pytest.mark.parametrize("query", ["Su-34", '"flew low"', "orbán", "o'neill"])
def test_spellings_phrases_accents_and_apostrophes_are_marked(query):
    text = f"{FILLER}An Su-34 flew low, said Orban, and Mr O'Neill saw it. {FILLER}"

    assert marked(told(text, query))


def test_each_text_has_its_own_passages():
    first, second = passages_of([f"{FILLER}A frigate. ", "Two frigates."], asked_by("frigate"))

    assert (marked(first), marked(second)) == (["frigate"], ["frigates"])
    assert passages_of([], asked_by("frigate")) == []
