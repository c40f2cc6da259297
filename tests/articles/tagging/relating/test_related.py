import pytest

from articles.tagging.relating.related import Features, Frequencies, Ranked, match_title, rank, rarity

FREQUENCIES = Frequencies.counted(100, {"drill": 3, "vostok": 2, "budget": 20, "@1": 2, "@2": 9})
NAMES = {"Vostok": ("@1",), "Belarus": ("@2",), "Vostok Drills": ("=vostok", "=drill")}
WORDS = {"drills": ("drill",)}


def test_rarity_is_the_logarithm_of_stories_in_stories():
    assert (rarity(100, 100), rarity(0, 1)) == (pytest.approx(0.6931, abs=1e-4),) * 2


def test_rank_puts_the_nearest_first_and_says_why():
    own = Features(1, {"drill": 100, "vostok": 100, "@1": 120, "@2": 120}, NAMES, WORDS)
    near = Features(2, {"drill": 100, "armi": 100, "@1": 120, "@2": 120})
    far = Features(3, {"drill": 100, "budget": 100, "tax": 100})

    ranked = rank(own, [far, near], frequencies=FREQUENCIES, limit=5)

    assert [(item.id, item.reason) for item in ranked] == [(2, "both: Vostok, Belarus"), (3, "same words: drills")]
    assert ranked[0].score > ranked[1].score > 0


def test_rank_names_a_phrase_only_when_both_have_all_of_it():
    own = Features(1, {"drill": 100, "=vostok": 120, "=drill": 120}, NAMES, WORDS)
    candidates = [
        Features(2, {"drill": 100, "=vostok": 120, "tank": 200, "rail": 100}),
        Features(3, {"drill": 50, "=vostok": 120, "=drill": 120, "ship": 200, "sea": 100}),
    ]

    reasons = {item.id: item.reason for item in rank(own, candidates, frequencies=FREQUENCIES)}

    assert reasons == {2: "same words: drills", 3: "both: Vostok Drills"}


def test_rank_draws_forward_what_is_like_the_closest():
    own = Features(1, {"a": 100, "b": 100, "c": 100})
    leaders = [Features(number, {"a": 100, "b": 100, "c": 100, "x": 100, f"l{number}": 80}) for number in (2, 3)]
    stray = Features(4, {"a": 100, "c": 100, "y": 102})
    of_the_event = Features(5, {"a": 100, "c": 80, "x": 102})

    ranked = rank(own, [*leaders, stray, of_the_event], frequencies=Frequencies({}, 1.0))

    assert [item.id for item in ranked][2:] == [5, 4]


@pytest.mark.parametrize(
    "candidate",
    [
        Features(1, {"drill": 100, "vostok": 100}),
        Features(2, {"budget": 100}),
        Features(2, {"drill": 100, "vostok": 100, "@1": 20}),
        Features(2, {}),
    ],
)
def test_rank_leaves_itself_strangers_and_copies(candidate):
    own = Features(1, {"drill": 100, "vostok": 100})

    assert rank(own, [candidate], frequencies=FREQUENCIES) == []


def test_rank_keeps_a_short_story_that_only_seems_a_copy():
    own = Features(1, {"drill": 100, "vostok": 100, "budget": 220})
    brief = Features(2, {"drill": 100, "vostok": 100})

    ranked = rank(own, [brief], frequencies=FREQUENCIES)

    assert [item.id for item in ranked] == [2]
    assert ranked[0].score <= 1


def test_frequencies_look_further_in_what_is_common():
    frequencies = Frequencies({"drill": 2.0}, 9.0, {"drill": 1.0, "budget": 3.0})

    assert [frequencies[term] for term in ("drill", "budget", "unheard")] == [2.0, 3.0, 9.0]


def test_rank_gives_one_of_two_copies():
    own = Features(1, {"drill": 100, "vostok": 100})
    copies = [Features(number, {"drill": 100, "armi": 100}) for number in (3, 2)]

    ranked = rank(own, copies, frequencies=FREQUENCIES)

    assert [item.id for item in ranked] == [2]


def test_rank_stops_at_the_limit():
    own = Features(1, {"drill": 100})
    others = [Features(number, {"drill": 100, f"word{number}": 100}) for number in range(2, 9)]

    ranked = rank(own, others, frequencies=FREQUENCIES, limit=3)

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
