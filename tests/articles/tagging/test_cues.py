import pytest

from articles.tagging import cues


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("said", "say"),
        ("says", "say"),
        ("told", "tell"),
        ("denied", "deny"),
        ("quipped", "quip"),
        ("announcing", "announce"),
        ("wrote", "write"),
        ("argues", "argue"),
    ],
)
def test_lemma_knows_the_forms_of_reporting_verbs(word, lemma):
    assert cues.lemma(word) == lemma
    assert cues.strength(word) > 0


@pytest.mark.parametrize("word", ["sailed", "house", "the", "", "sayed"])
def test_strength_is_nothing_for_other_words(word):
    assert cues.strength(word) == 0


@pytest.mark.parametrize(("word", "expected"), [("claim", True), ("statements", True), ("table", False), ("s", False)])
def test_is_noun_tells_nouns_for_what_is_said(word, expected):
    assert cues.is_noun(word) is expected
