import pytest

from articles.tagging.vocabulary import cues


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
        ("agreed", "agree"),
        ("labeled", "label"),
        ("labelled", "label"),
    ],
)
def test_lemma_knows_the_forms_of_reporting_verbs(word, lemma):
    assert cues.lemma(word) == lemma
    assert cues.strength(word) > 0


@pytest.mark.parametrize("word", ["sailed", "house", "the", "", "sayed", "agreeed"])
def test_strength_is_nothing_for_other_words(word):
    assert cues.strength(word) == 0


@pytest.mark.parametrize(("word", "expected"), [("claim", True), ("statements", True), ("table", False), ("s", False)])
def test_is_noun_tells_nouns_for_what_is_said(word, expected):
    assert cues.is_noun(word) is expected


@pytest.mark.parametrize(
    ("word", "expected"), [("pressed", True), ("reports", False), ("claimed", True), ("sailed", False)]
)
def test_is_told_tells_verbs_by_their_form(word, expected):
    assert cues.is_told(word) is expected
