"""Whether a number or a day stands in a text, as stories write them."""

from decimal import Decimal
from time import thread_time

import pytest

from articles.day_precision import read_days, together
from articles.fact_words import stands_in
from articles.models import ReportedFact


def figure(value):
    return ReportedFact(kind="figure", label="personnel", value=Decimal(value))


def dates(first, last=""):
    days = together(read_days(first), read_days(last) if last else None)
    return ReportedFact(kind="dates", starts=days.first, ends=days.last, precision=days.precision)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9000", "Some 9,000 soldiers."),
        ("9000.00", "Some 9000."),
        ("9000", "9 000 soldiers"),
        ("9000", "nine thousand soldiers"),
        ("9000", "9-thousand-strong"),
        ("1200000", "1.2 million rounds"),
        ("12.50", "12.5 thousand"),
        ("7", "seven ships"),
    ],
)
def test_figure_stands_in_a_text(value, text):
    assert stands_in(figure(value), text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9000", "Some 7,000 soldiers."),
        ("9000", "nine ships and a thousand soldiers"),
        ("9000", "19,000"),
        ("9000", "9 0000"),
        ("34", "the Su-34"),
        ("3.5", "see 3.5.1"),
    ],
)
def test_figure_does_not_stand_in_a_text(value, text):
    assert not stands_in(figure(value), text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (("12 May 2026",), "It begins on 12 May."),
        (("12 May 2026",), "It begins on May 12, 2026."),
        (("12 May 2026", "20 May 2026"), "From 12 to 20 May."),
        (("12 May 2026", "20 May 2026"), "12–20 May"),
        (("12 May 2026", "20 May 2026"), "May 12–20"),
        (("28 February 2026", "3 March 2026"), "from Feb. 28th to 3 March"),
        (("12 September 2026",), "on 12 Sept"),
        (("12 May 2026",), "2026-05-12"),
        (("May 2026",), "in May of next year"),
        (("Q2 2026",), "in the second quarter"),
        (("Q2 2026",), "in Q2"),
        (("2026",), "Northern Drill 2026"),
    ],
)
def test_days_stand_in_a_text(fact, text):
    assert stands_in(dates(*fact), text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (("12 May 2026",), "It begins on 14 May. It had 12 ships."),
        (("12 May 2026",), "12 ships. May follows."),
        (("12 May 2026", "20 May 2026"), "From 12 to 21 May."),
        (("12 May 2026",), "on 112 May"),
        (("12 May 2026",), "12 ships in May"),
        (("12 May 2026",), "from 12 April to 5 May"),
        (("May 2026",), "in June; the Mayor agrees"),
        (("May 2026",), "It may begin."),
        (("Q2 2026",), "in the third quarter"),
        (("2026",), "in 2027"),
    ],
)
def test_days_do_not_stand_in_a_text(fact, text):
    assert not stands_in(dates(*fact), text)


def test_who_takes_part_is_not_looked_for():
    assert stands_in(ReportedFact(kind="participant"), "")


def seconds_for(fact, text):
    """The least of three, for other work on the machine only ever adds to it."""
    taken = []
    for _ in range(3):
        began = thread_time()
        stands_in(fact, text)
        taken.append(thread_time() - began)
    return min(taken)


@pytest.mark.parametrize(
    ("fact", "row", "length"),
    [
        (figure(9000), "1,", 100_000),
        *((figure(9000), row, 20_000) for row in ("1.", "1 ", "111 ", "1-", "two ", "two-", "9" + 99 * " ")),
        *((dates("12 May 2026"), row, 20_000) for row in ("12 to ", "May 12 to ", "12" + 98 * "\n")),
        (dates("Q2 2026"), "second" + 94 * "\n", 20_000),
    ],
)
def test_hostile_rows_take_time_in_proportion_to_their_length(fact, row, length):
    once = (row * length)[:length]

    assert seconds_for(fact, once + once) < 3.5 * seconds_for(fact, once)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\n"])
def test_long_gap_behind_a_day_takes_time_in_proportion_to_its_length(space):
    once = space * 10_000
    fact = dates("12 May 2026")

    assert seconds_for(fact, f"12{once}{once}") < 3.5 * seconds_for(fact, f"12{once}")


@pytest.mark.parametrize("number", ["9" * 2_000_000, "9" * 10_000 + ".5", "1," * 1000 + "1"])
def test_number_that_no_fact_can_have_is_passed_over(number):
    text = f"{number} thousand"

    assert not stands_in(figure(9000), text)
    assert stands_in(figure(9000), f"{text} and 9,000")
