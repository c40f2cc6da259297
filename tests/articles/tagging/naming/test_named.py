from articles.tagging.naming.named import Naming, Taken, longest


def naming(start: int, end: int, rank: int = 5) -> Naming:
    return Naming(start, end, "x" * (end - start), "organisation", "", "", rank=rank)


def test_longest_keeps_the_longer_of_two():
    kept = longest([naming(0, 4), naming(2, 10)], Taken())

    assert [(found.start, found.end) for found in kept] == [(2, 10)]


def test_longest_keeps_the_better_known_of_two_of_a_length():
    kept = longest([naming(0, 4, rank=5), naming(0, 4, rank=0)], Taken())

    assert [found.rank for found in kept] == [0]


def test_longest_keeps_what_does_not_touch():
    kept = longest([naming(4, 8), naming(0, 4)], Taken())

    assert [found.start for found in kept] == [0, 4]


def test_taken_knows_what_is_free():
    taken = Taken()
    taken.add(3, 6)

    assert [taken.is_free(0, 3), taken.is_free(2, 4), taken.is_free(5, 9), taken.is_free(6, 9)] == [
        True,
        False,
        False,
        True,
    ]
