import pytest

from articles.tagging import Document
from articles.tagging.relating.terms import MOST_TERMS, names, terms, words_of


def test_terms_stems_words_and_takes_capitals_and_numbers_as_names():
    found = terms(Document("The Vostok drills of 2,500 armies."))

    assert set(found) == {"vostok", "drill", "2,500", "armi", "=vostok", "=2,500"}
    assert found["vostok"] == found["drill"] < found["=vostok"]


def test_terms_counts_the_headline_three_times_and_takes_no_names_from_it():
    found = terms(Document("Drills and tanks.", title="Tanks Roll"))

    assert set(found) == {"drill", "=drill", "tank", "roll"}
    assert found["drill"] < found["roll"] < found["tank"]


def test_terms_weighs_a_word_less_the_longer_the_story_is():
    short, long = terms(Document("Tanks roll.")), terms(Document("Tanks roll. " + "Something else happens. " * 200))

    assert short["tank"] > long["tank"]


def test_terms_counts_the_first_three_paragraphs_once_more():
    found = terms(Document("Tanks.\n\nGuns.\nMines.\nDrums."))

    assert found["tank"] == found["gun"] == found["mine"] > found["drum"]


def test_terms_takes_entities_by_their_ids():
    assert terms(Document(""), [17]) == {"@17": 120}


@pytest.mark.parametrize("text", ["He said that it was of them.", "", "!!! … —", "x" * 41])
def test_terms_leaves_words_that_tell_nothing(text):
    assert terms(Document(text)) == {}


@pytest.mark.parametrize("text", ["a.b.c." * 100_000, "word " * 100_000, "“" * 1_000_000, "1,0,0," * 100_000])
def test_terms_takes_hostile_texts(text):
    assert len(terms(Document(text))) <= 3


def test_terms_keeps_the_heaviest_of_very_many():
    text = "twice twice " + " ".join(f"word{number}x" for number in range(3000))

    found = terms(Document(text))

    assert len(found) == MOST_TERMS
    assert "twice" in found


def test_names_are_entities_and_capitals_as_they_are_written():
    found = names(Document("Ships met in the Barents Sea's ice."), {17: "Northern Fleet"})

    assert found == {"Northern Fleet": ("@17",), "Barents Sea": ("=barent", "=sea")}


@pytest.mark.parametrize("text", ["Ships met. Ice grew.", "“Ice grew.”", "They met.\nIce grew."])
def test_names_leaves_the_first_word_of_a_sentence(text):
    assert names(Document(text), {}) == {}


def test_names_are_not_joined_over_a_full_stop_or_comma():
    found = names(Document("They saw Norway, Finland and Sweden. Denmark Strait was calm."), {})

    assert set(found) == {"Norway", "Finland", "Sweden", "Denmark Strait"}


def test_words_of_shows_each_term_as_it_stands_first():
    assert words_of(Document("The Drills and drilling.", title="Drills")) == {"drills": ("drill",)}
