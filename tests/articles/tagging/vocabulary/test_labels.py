import pytest

from articles.tagging.vocabulary.labels import is_section


@pytest.mark.parametrize("label", ["interview", "q", "answer", "read more"])
def test_section_words_are_no_speakers(label):
    assert is_section(label)


@pytest.mark.parametrize("label", ["kask", "the minister", "anna kask", "ministry of defence"])
def test_names_and_roles_are_no_sections(label):
    assert not is_section(label)
