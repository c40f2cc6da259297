"""Word comparison: what counts as a change, that nothing is lost, and that long stories are quick."""

from time import perf_counter

from articles.word_diff import Piece, compare


def newer_text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def test_compare_finds_one_added_word() -> None:
    pieces = compare("The fleet left.", "The whole fleet left.")

    assert pieces == [Piece("same", "The "), Piece("added", "whole "), Piece("same", "fleet left.")]


def test_compare_leaves_the_space_after_a_replaced_word_alone() -> None:
    pieces = compare("worth 2.1 billion dollars now", "worth 2.1 billion euros now")

    assert pieces == [
        Piece("same", "worth 2.1 billion "),
        Piece("removed", "dollars"),
        Piece("added", "euros"),
        Piece("same", " now"),
    ]


def test_compare_keeps_equal_texts_in_one_piece() -> None:
    assert compare("One.\n\nTwo.", "One.\n\nTwo.") == [Piece("same", "One.\n\nTwo.")]


def test_compare_of_nothing_is_nothing() -> None:
    assert compare("", "") == []


def test_compare_shows_a_removed_paragraph_whole() -> None:
    pieces = compare("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")

    assert pieces == [Piece("same", "One.\n\n"), Piece("removed", "Two.\n\n"), Piece("same", "Three.")]


def test_compare_does_not_take_one_changed_full_stop_for_a_new_word() -> None:
    pieces = compare("They left.", "They left!")

    assert pieces == [Piece("same", "They left"), Piece("removed", "."), Piece("added", "!")]


def test_compare_returns_markup_as_the_text_it_is() -> None:
    pieces = compare("", "<script>alert(1)</script>")

    assert pieces == [Piece("added", "<script>alert(1)</script>")]


def test_compare_gives_back_the_newer_text_whole() -> None:
    older = "The minister said “no”.\n\nHe left at 3.5 km/h – twice.\n\nEnd."
    newer = "The minister’s aide said “yes”.\n\nNew.\n\nHe left at 3.5 km/h – once."

    assert newer_text(compare(older, newer)) == newer


def test_compare_is_quick_for_two_long_stories_of_the_same_few_words() -> None:
    older = " ".join("the" if place % 2 else "fleet" for place in range(1800))
    newer = " ".join("the" if place % 3 else "fleet" for place in range(1800))

    began = perf_counter()
    compare(older, newer)

    assert perf_counter() - began < 2
