import pytest

from articles.tagging.vocabulary.weapon_nouns import category_behind


@pytest.mark.parametrize(
    ("behind", "category"),
    [
        (" missile", "missile"),
        (" cruise missiles", "missile"),
        (" main battle tanks", "tank"),
        (" air defence systems", "air-defence"),
        (", a missile", ""),
        (" said", ""),
        (" tankers' strike", "ship"),
    ],
)
def test_category_behind_reads_the_noun_that_follows(behind, category):
    assert category_behind("X" + behind, 1) == category
