import pytest

from articles.tagging.vocabulary.short_names import is_same_given


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.", "James"),
        ("JD", "James"),
        ("Jim", "James"),
        ("Alex", "Alexander"),
        ("Sergey", "Sergei"),
        ("Ann", "Ann"),
        ("Marten", "Martin"),
    ],
)
def test_given_names_of_one_person(one, other):
    assert is_same_given(one, other)
    assert is_same_given(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", "Mart"),
        ("Mart", "Marta"),
        ("Anna", "Anne"),
        ("Paul", "Pauline"),
        ("M.", "James"),
        ("Jim", "Tim"),
        ("Jaan", "Joan"),
    ],
)
def test_given_names_of_two_persons(one, other):
    assert not is_same_given(one, other)
    assert not is_same_given(other, one)
