import pytest

from articles.tagging.vocabulary.surnames import is_surname, is_surname_first


@pytest.mark.parametrize("word", ["Hrytsenko", "Gelashvili", "Petković", "Bergqvist"])
def test_is_surname_knows_endings(word):
    assert is_surname(word)


@pytest.mark.parametrize("word", ["Moscow", "Missile", "Ov"])
def test_is_surname_refuses_other_words(word):
    assert not is_surname(word)


@pytest.mark.parametrize("name", ["Xi Jinping", "Oh Se-young", "Kim Jong Un"])
def test_is_surname_first_knows_eastern_names(name):
    assert is_surname_first(name.split())


@pytest.mark.parametrize("name", ["Hong Kong", "Long March", "Park Street", "Anna Lee"])
def test_is_surname_first_refuses_other_names(name):
    assert not is_surname_first(name.split())
