"""Days as exactly as they are known."""

from datetime import date

import pytest

from articles.day_precision import Precision, read_days, together, told, written


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("12 May 2026", date(2026, 5, 12), date(2026, 5, 12), "day"),
        ("2026-05-12", date(2026, 5, 12), date(2026, 5, 12), "day"),
        (" 3  sep 2026 ", date(2026, 9, 3), date(2026, 9, 3), "day"),
        ("February 2028", date(2028, 2, 1), date(2028, 2, 29), "month"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "month"),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        ("2026-q2", date(2026, 4, 1), date(2026, 6, 30), "quarter"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "year"),
    ],
)
def test_read_days_takes_what_is_known(text, first, last, precision):
    found = read_days(text)

    assert (found.first, found.last, found.precision) == (first, last, precision)
    assert read_days(written(found.first, found.precision)) == found


@pytest.mark.parametrize(
    "text", ["12/05/2026", "soon", "", "Q5 2026", "32 May 2026", "2026-13", "1066", "Mai 2026", "٢٠٢٦"]
)
def test_read_days_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"is no date|no day such|outside the years"):
        read_days(text)


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("12 May 2026", "20 May 2026", "12 to 20 May 2026"),
        ("28 May 2026", "2 June 2026", "28 May to 2 June 2026"),
        ("28 Dec 2026", "2 Jan 2027", "28 December 2026 to 2 January 2027"),
        ("May 2026", "June 2026", "May to June 2026"),
        ("Dec 2026", "Jan 2027", "December 2026 to January 2027"),
        ("Q2 2026", "Q2 2026", "second quarter of 2026"),
        ("Q2 2026", "Q3 2026", "second quarter to third quarter of 2026"),
        ("2026", "2027", "2026 to 2027"),
        ("12 May 2026", None, "12 May 2026"),
    ],
)
def test_together_is_told_as_people_say_it(one, other, says):
    assert str(together(read_days(one), read_days(other) if other else None)) == says


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [("May 2026", "20 June 2026", "is a month and the end a day"), ("20 May 2026", "12 May 2026", "before it begins")],
)
def test_together_refuses_what_does_not_fit(one, other, says):
    with pytest.raises(ValueError, match=says):
        together(read_days(one), read_days(other))


def test_told_of_one_year():
    assert told(date(2026, 1, 1), date(2026, 12, 31), Precision.YEAR) == "2026"
