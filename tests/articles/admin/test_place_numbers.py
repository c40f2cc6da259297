"""Which row goes to which number."""

import pytest

from articles.admin.place_numbers import new_numbers, wrong_numbers


def typed(*texts):
    return dict(enumerate(texts, start=1))


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("1", "2", "3"), (1, 2, 3)),
        (("3", "2", "3"), (3, 2, 1)),
        (("2", "3", "3"), (2, 3, 1)),
        (("2", "1", "3"), (2, 1, 3)),
        (("1", "2", "1", "2"), (3, 4, 1, 2)),
    ],
)
def test_new_numbers_let_what_is_driven_out_take_what_became_free(texts, wanted):
    assert wrong_numbers(typed(*texts)) == {}
    assert new_numbers(typed(*texts)) == typed(*wanted)


@pytest.mark.parametrize("text", ["0", "4", "-1", "x", "١", "9" * 5000, " 1"])
def test_wrong_numbers_names_what_is_no_number_of_the_page(text):
    assert wrong_numbers(typed("1", text, "3")) == {2: "Write a number from 1 to 3."}


def test_wrong_numbers_names_two_that_are_given_one_place():
    told = "Two are to stand at number 3. Give one of them another."

    assert wrong_numbers(typed("3", "3", "3")) == {1: told, 2: told}
