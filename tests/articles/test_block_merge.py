"""Two bodies that began from one, joined block by block."""

from __future__ import annotations

import re

from articles.block_merge import blocks_of, merge
from articles.body import clean_body
from articles.marked_text import marked_text

BASE = (
    '<p data-block="aaaa">One.</p><h2 data-block="bbbb">Two</h2><p data-block="cccc">Three.</p>'
    '<ul><li><p data-block="dddd">Four.</p></li></ul>'
)


def words(html: str) -> list[str]:
    return clean_body(html).text.split("\n\n")


def test_merge_joins_changes_to_different_blocks() -> None:
    joined = merge(BASE, BASE.replace("One.", "One, theirs."), BASE.replace("Three.", "Three <em>mine</em>."))

    assert joined.is_clean
    assert words(joined.html) == ["One, theirs.", "Two", "Three mine.", "Four."]
    assert '<p data-block="cccc">Three <em>mine</em>.</p>' in joined.html


def test_merge_keeps_both_where_both_changed_one_block() -> None:
    joined = merge(BASE, BASE.replace("Three.", "Three, theirs."), BASE.replace("Three.", "Three, mine."))

    assert joined.doubled == 1
    assert words(joined.html) == ["One.", "Two", "Three, theirs.", "Three, mine.", "Four."]
    assert len(set(re.findall('data-block="([a-z0-9]+)"', joined.html))) == 5


def test_merge_takes_the_same_change_once() -> None:
    changed = BASE.replace("Three.", "Three, both.")

    assert merge(BASE, changed, changed).html == clean_body(changed).html


def test_merge_puts_in_what_either_side_put_in() -> None:
    theirs = BASE.replace("<h2", '<p data-block="tttt">Theirs.</p><h2')
    mine = BASE + '<p data-block="mmmm">Mine.</p>'

    joined = merge(BASE, theirs, mine)

    assert joined.is_clean
    assert words(joined.html) == ["One.", "Theirs.", "Two", "Three.", "Four.", "Mine."]


def test_merge_puts_in_the_same_paragraph_once() -> None:
    theirs = BASE + '<p data-block="tttt">The same.</p>'
    mine = BASE + '<p data-block="mmmm">The same.</p>'

    joined = merge(BASE, theirs, mine)

    assert (joined.doubled, words(joined.html)[-2:]) == (0, ["Four.", "The same."])


def test_merge_counts_a_place_where_both_put_something_in() -> None:
    joined = merge(BASE, BASE + "<p>Theirs.</p>", BASE + "<p>Mine.</p>")

    assert (joined.doubled, words(joined.html)[-2:]) == (1, ["Theirs.", "Mine."])


def test_merge_deletes_what_one_side_deleted_and_the_other_left() -> None:
    theirs = BASE.replace('<p data-block="cccc">Three.</p>', "")

    joined = merge(BASE, theirs, BASE.replace("Four.", "Four, mine."))

    assert (joined.doubled, words(joined.html)) == (0, ["One.", "Two", "Four, mine."])


def test_merge_keeps_words_that_one_side_deleted_and_the_other_changed() -> None:
    theirs = BASE.replace('<p data-block="cccc">Three.</p>', "")

    joined = merge(BASE, theirs, BASE.replace("Three.", "Three, mine."))

    assert (joined.doubled, words(joined.html)) == (1, ["One.", "Two", "Three, mine.", "Four."])


def test_merge_without_an_origin_keeps_both_bodies() -> None:
    joined = merge("", "<p>Theirs.</p>", "<p>Mine.</p>")

    assert (joined.doubled, words(joined.html)) == (1, ["Theirs.", "Mine."])


def test_blocks_are_lists_quotations_and_pictures_as_a_whole() -> None:
    html = (
        '<figure><img src="/a.webp" alt="A"><figcaption>At sea</figcaption></figure><img src="/b.webp" alt="B">'
        '<blockquote><p data-block="aaaa">Said.</p><p data-block="bbbb">More.</p></blockquote>'
        '<ul><li><p data-block="cccc">One</p><ul><li><p data-block="dddd">Two</p></li></ul></li></ul>'
    )

    blocks = blocks_of(html)

    assert [block.key for block in blocks] == ["/a.webp", "/b.webp", "aaaa", "cccc"]
    assert "".join(block.html for block in blocks) == html


def test_marked_text_writes_form_out() -> None:
    html = (
        '<h2>North</h2><p>Norway <strong>sends</strong> <a href="https://x.org/">ships</a>.</p>'
        "<ul><li><p>One</p></li></ul><blockquote><p>Said</p></blockquote>"
        '<figure><img src="/a.webp" alt="A ship"></figure>'
    )

    assert marked_text(html) == (
        "## North\n\nNorway **sends** [ships → https://x.org/].\n\n• One\n\n> Said\n\n[picture: A ship]"
    )
