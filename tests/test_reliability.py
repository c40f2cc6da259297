"""The measure of confidence, on outcomes made up here; the labelled texts are not needed."""

import pytest

from tests.evals.reliability import Bin, fit, is_right, is_right_name, table


def test_table_compares_predicted_with_observed():
    bins, error = table([(0.55, True), (0.55, False), (0.97, True), (0.97, True)])

    assert bins == [Bin(2, pytest.approx(0.55), 0.5), Bin(2, pytest.approx(0.97), 1.0)]
    assert error == pytest.approx((2 * 0.05 + 2 * 0.03) / 4)


def test_table_of_nothing_is_empty():
    assert table([]) == ([], 0)


def test_fit_gives_shares_that_rise():
    outcomes = [(step / 10, step % 7 != 0 or step > 60) for step in range(90)]

    rows = fit(outcomes)

    assert rows == sorted(rows)
    assert [share for _, share in rows] == sorted(share for _, share in rows)


@pytest.mark.parametrize(
    ("source", "speaker", "expected"),
    [
        ([(0, 10)], (5, 10), True),
        ([(0, 10)], (16, 18), False),
        ([(0, 10)], None, False),
        ([], None, True),
        ([], (0, 10), False),
    ],
)
def test_is_right_compares_the_speakers(source, speaker, expected):
    assert is_right("Anna Smith met he", source, speaker) is expected


@pytest.mark.parametrize(
    ("label", "found", "expected"),
    [
        ("Mart Kask", "Mart Kask", True),
        ("Mart Kask", "Colonel Mart Kask", True),
        ("Mart Kask", "Kask", True),
        ("", None, True),
        ("Mart Kask", "Anna Kask", False),
        ("Mart Kask", None, False),
    ],
)
def test_is_right_name_tells_people_of_one_surname_apart(label, found, expected):
    assert is_right_name(label, found) is expected
