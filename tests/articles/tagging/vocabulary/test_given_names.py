import pytest

from articles.tagging.vocabulary.given_names import is_given, pronoun_of


@pytest.mark.parametrize(
    ("name", "pronoun"), [("Oleksii", "he"), ("Fatima", "she"), ("Jean-Luc", "he"), ("Kim", ""), ("Kandry", "")]
)
def test_pronoun_of_says_what_usually_follows(name, pronoun):
    assert pronoun_of(name) == pronoun


@pytest.mark.parametrize(
    ("word", "expected"), [("Anna", True), ("Jean-Luc", True), ("Missile", False), ("Kyiv", False)]
)
def test_is_given_knows_given_names_only(word, expected):
    assert is_given(word) is expected
