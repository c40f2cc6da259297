import pytest

from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.setting import neighbour_in_list, setting
from articles.tagging.reading.document import read


def test_setting_reads_the_words_before_and_behind_in_the_sentence():
    piece = setting(Framing(read("It rained. He saw a “split picture” there.")), 0)

    assert [piece.before(steps).text for steps in (1, 2, 3, 4)] == ["a", "saw", "He", ""]
    assert [piece.behind(steps).text for steps in (1, 2, 3)] == ["there", ".", ""]


@pytest.mark.parametrize("text", ["It was “slow” and “dear”.", "It was “slow”, “dear”.", "It was “slow” or “dear”."])
def test_neighbour_in_list_takes_a_list(text):
    assert neighbour_in_list(setting(Framing(read(text)), 1)) == 0


@pytest.mark.parametrize("text", ["It was “slow” but “dear”.", "It was “slow” and also “dear”."])
def test_neighbour_in_list_leaves_what_is_no_list(text):
    assert neighbour_in_list(setting(Framing(read(text)), 1)) is None
