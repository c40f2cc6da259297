import pytest

from articles.tagging import Document
from articles.tagging.terms import MOST_TERMS, is_name, phrases, terms


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


def test_phrases_shows_entities_names_and_words_as_they_are_written():
    found = phrases(Document("Ships met in the Barents Sea's ice.", title="Drills begin"), {17: "Northern Fleet"})

    assert found["Northern Fleet"] == ("@17",)
    assert found["Barents Sea"] == ("=barent", "=sea")
    assert found["drills"] == ("drill",)


@pytest.mark.parametrize("text", ["Ships met. Ice grew.", "“Ice grew.”", "They met.\nIce grew."])
def test_phrases_leaves_the_first_word_of_a_sentence(text):
    assert "Ice" not in phrases(Document(text), {})


def test_phrases_does_not_join_names_over_a_full_stop_or_comma():
    found = phrases(Document("They saw Norway, Finland and Sweden. Denmark Strait was calm."), {})

    assert {phrase for phrase in found if phrase[0].isupper()} == {"Norway", "Finland", "Sweden", "Denmark Strait"}


@pytest.mark.parametrize(("term", "expected"), [("=vostok", True), ("@17", True), ("vostok", False), ("", False)])
def test_is_name(term, expected):
    assert is_name(term) is expected
