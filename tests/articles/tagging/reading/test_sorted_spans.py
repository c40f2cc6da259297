import pytest

from articles.tagging.reading.sorted_spans import holder, is_inside, touching

SPANS = [(5, 10), (20, 30)]


@pytest.mark.parametrize(("stretch", "number"), [((5, 10), 0), ((9, 12), 0), ((0, 6), 0), ((25, 26), 1), ((0, 40), 0)])
def test_touching_gives_a_span_that_shares_a_sign(stretch, number):
    assert touching(SPANS, *stretch) == number


@pytest.mark.parametrize("stretch", [(0, 5), (10, 20), (30, 40)])
def test_touching_leaves_neighbours(stretch):
    assert touching(SPANS, *stretch) is None


@pytest.mark.parametrize("stretch", [(5, 10), (6, 9), (8, 12), (3, 8), (20, 30)])
def test_is_inside_takes_what_is_held_or_crossed(stretch):
    assert is_inside(SPANS, *stretch)


@pytest.mark.parametrize("stretch", [(5, 12), (3, 12), (10, 20), (0, 5)])
def test_is_inside_leaves_what_is_longer_or_apart(stretch):
    assert not is_inside(SPANS, *stretch)


def test_holder_gives_the_span_around_the_whole_stretch():
    assert holder(SPANS, 21, 30) == 1
    assert holder(SPANS, 21, 31) is None
    assert holder((), 1, 2) is None
