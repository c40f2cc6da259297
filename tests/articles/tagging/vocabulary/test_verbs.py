import pytest

from articles.tagging.vocabulary.verbs import is_verb


@pytest.mark.parametrize("word", ["has", "took", "visited", "says", "supports", "remains"])
def test_is_verb_takes_finite_verbs(word):
    assert is_verb(word)


@pytest.mark.parametrize("word", ["minister", "united", "hundred", "saying", "frigate", "indeed"])
def test_is_verb_refuses_other_words(word):
    assert not is_verb(word)
