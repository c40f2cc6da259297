import pytest

from articles.tagging import Document
from articles.tagging.related import Features, Frequencies, Ranked, match_title, rank, terms

FREQUENCIES = Frequencies(100, {"drill": 3, "vostok": 2, "budget": 20}, {"vostok": 2, "country-by": 9})


def test_terms_stems_and_counts_the_headline_more():
    found = terms(Document("The armies were drilling.", title="Drills"))

    assert found == {"drill": pytest.approx(2.3863), "armi": 1.0}


def test_terms_leaves_function_words_and_numbers_of_one_sign():
    found = terms(Document("He said that it was 5 of them."))

    assert found == {}


def test_rank_puts_the_nearest_first_and_says_why():
    story = Features(1, {"drill": 1, "vostok": 1}, {"vostok": "Vostok", "country-by": "Belarus"})
    near = Features(2, {"drill": 1, "armi": 1}, {"vostok": "Vostok", "country-by": "Belarus"})
    far = Features(3, {"drill": 1, "budget": 1, "tax": 2})

    ranked = rank(story, [far, near], frequencies=FREQUENCIES, limit=5)

    assert [(item.id, item.reason) for item in ranked] == [(2, "both: Vostok, Belarus"), (3, "same words: drill")]
    assert ranked[0].score > ranked[1].score > 0


@pytest.mark.parametrize(
    "candidate",
    [
        Features(1, {"drill": 1, "vostok": 1}),
        Features(2, {"budget": 1}),
        Features(2, {"drill": 1, "vostok": 1}, {"vostok": "Vostok"}),
        Features(2, {}),
    ],
)
def test_rank_leaves_itself_strangers_and_copies(candidate):
    story = Features(1, {"drill": 1, "vostok": 1}, {"vostok": "Vostok"})

    assert rank(story, [candidate], frequencies=FREQUENCIES) == []


def test_rank_gives_one_of_two_copies():
    story = Features(1, {"drill": 1, "vostok": 1})
    copies = [Features(number, {"drill": 1, "armi": 1}) for number in (3, 2)]

    ranked = rank(story, copies, frequencies=FREQUENCIES)

    assert [item.id for item in ranked] == [2]


def test_rank_stops_at_the_limit():
    story = Features(1, {"drill": 1})
    others = [Features(number, {"drill": 1, f"word{number}": 1}) for number in range(2, 9)]

    ranked = rank(story, others, frequencies=FREQUENCIES, limit=3)

    assert len(ranked) == 3
    assert all(isinstance(item, Ranked) for item in ranked)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("China and Taiwan: tensions escalate over visit", 1),
        ("China-Taiwan tensions escalate over visit", 1),
        ("Six killed in Russian attack on Kharkiv", 2),
        ("Something else entirely", None),
        ("", None),
        ("!!!", None),
    ],
)
def test_match_title_takes_the_same_headline_only(title, expected):
    candidates = {1: "China-Taiwan tensions escalate over visit", 2: "Six killed in Russian attack on Kharkiv"}

    assert match_title(title, candidates) == expected


def test_match_title_leaves_two_equal_headlines():
    assert match_title("The week ahead", {1: "The week ahead", 2: "The Week Ahead"}) is None
