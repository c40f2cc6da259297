import pytest

from articles.tagging.vocabulary.genders import pronoun_of_roles


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["Mrs"], "she"),
        (["the", "spokesman"], "he"),
        (["minister"], ""),
        ([], ""),
        (["king", "mother"], ""),
    ],
)
def test_pronoun_of_roles_is_told_by_titles_and_roles(roles, expected):
    assert pronoun_of_roles(roles) == expected
