import pytest

from articles.tagging.quoting.confidence import TABLE, confidence, sureness


def test_confidence_rises_with_the_sum():
    values = [confidence(step / 10) for step in range(80)]

    assert values == sorted(values)
    assert all(0 < value < 1 for value in values)


@pytest.mark.parametrize(("place", "share"), [TABLE[0], TABLE[-1]])
def test_confidence_meets_the_rows(place, share):
    assert confidence(place) == pytest.approx(share, abs=0.001)


def test_confidence_stays_at_the_ends():
    assert confidence(-5.0) == TABLE[0][1]
    assert confidence(99.0) == TABLE[-1][1]


def test_sureness_counts_each_part_up_to_its_limit():
    assert sureness(100.0, 100.0, 100.0) == sureness(5.0, 9.0, 4.0)
    assert sureness(-1.0, -1.0, -1.0) == 0
