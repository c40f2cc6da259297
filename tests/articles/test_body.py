import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import clean_body, clean_text

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<h2>",
                    "</h2>",
                    "<ul>",
                    "<li>",
                    "</li>",
                    "</ul>",
                    "<blockquote>",
                    "</blockquote>",
                ),
                *(
                    "<strong>",
                    "</strong>",
                    "<em>",
                    "</em>",
                    '<a href="/x">',
                    "</a>",
                    "<br>",
                    "<div>",
                    "</div>",
                ),
                *(
                    "<figure>",
                    '<img src="/a.png">',
                    "<figcaption>",
                    "</figcaption>",
                    "</figure>",
                    "<script>",
                    "&amp;",
                ),
                '<p data-block="abcd1234">',
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=40,
).map("".join)


def test_clean_body_keeps_the_short_list_of_elements():
    body = clean_body('<p data-block="b001">A <b>bold</b> word</p><h2>Head</h2><ul><li>One</li></ul>')

    assert body.text == "A bold word\n\nHead\n\nOne"
    assert body.html.startswith('<p data-block="b001">A <strong>bold</strong> word</p><h2 data-block="')
    assert [block["type"] for block in body.blocks] == ["p", "h2", "p"]


def test_clean_body_removes_what_could_run():
    hostile = (
        '<p onclick="x()">Text<script>alert(1)</script></p><a href="javascript:alert(1)">link</a>'
        '<img src="x" onerror="alert(1)"><svg onload="alert(1)"></svg><iframe src="//evil"></iframe>'
        '<p style="background:url(javascript:x)">More</p>'
    )

    html = clean_body(hostile).html

    assert not any(word in html for word in ("script", "onclick", "onerror", "onload", "iframe", "style", "svg"))
    assert clean_body(hostile).text == "Text\n\nlink\n\nMore"


def test_clean_body_keeps_attributes_on_links_only():
    html = clean_body('<p title="x"><b title="y">Bold</b> <a href="https://example.org/" title="z">link</a></p>').html

    assert html.endswith('><strong>Bold</strong> <a href="https://example.org/" title="z">link</a></p>')
    assert "title=" not in html.partition("<a ")[0]


def test_clean_body_gives_every_block_an_id_of_its_own():
    body = clean_body('<p data-block="same1">One</p><p data-block="same1">Two</p><p>Two</p><p data-block="!">Three</p>')

    identifiers = [block["id"] for block in body.blocks]

    assert identifiers[0] == "same1"
    assert len(set(identifiers)) == 4


def test_clean_body_folds_white_space_and_keeps_line_breaks():
    body = clean_body("<p>  Moscow \n said <br> on\u00a0Friday </p>")

    assert body.text == "Moscow said \non\u00a0Friday"


def test_clean_body_keeps_a_caption_out_of_the_text():
    body = clean_body(
        '<figure><img src="/media/a.webp" alt="A ship"><figcaption>At sea</figcaption></figure><p>Text</p>'
    )

    assert body.text == "Text"
    assert "<figcaption>At sea</figcaption>" in body.html


def test_clean_body_composes_accents():
    assert clean_body("<p>E\u0301lyse\u0301e</p>").text == "Élysée"


def test_clean_text_removes_control_characters():
    assert clean_text("Fleet\x00 \u200breturns\n to  port ") == "Fleet returns to port"


def test_clean_takes_out_what_turns_a_line_round():
    assert clean_text("Fleet \u202ereturns\u202c \u2066home\u2069") == "Fleet returns home"
    assert clean_body("<p>Fleet \u202ereturns</p>").text == "Fleet returns"


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_clean_body_is_stable_and_its_blocks_are_true(html: str):
    body = clean_body(html)

    again = clean_body(body.html)

    assert (again.html, again.text) == (body.html, body.text)
    words = [body.text[block["start"] : block["end"]] for block in body.blocks]
    assert "\n\n".join(words) == body.text
    assert all(word.strip() for word in words)


@pytest.mark.parametrize("mark", ["\u0301", "\u0323\u0301", "\u0344", "\u0f73", "\u0301\u200b"])
def test_clean_text_leaves_thirty_accents_on_a_letter(mark):
    cleaned = clean_text(f"Troms{mark * 50}ø")

    assert 30 <= len(cleaned) <= 36
    assert clean_text(cleaned) == cleaned


def test_clean_text_leaves_words_of_many_letters_alone():
    for words in (
        "護衛艦は夜明けに港を出たと防衛省が木曜日に発表した。",
        "фрегатпокинулпортнарассветесказали",
        "e\u0323\u0301" * 40,
    ):
        assert clean_text(words) == unicodedata.normalize("NFC", words)


def test_clean_body_names_equal_paragraphs_apart():
    body = clean_body("<p>x</p>" * 40)

    assert len({block["id"] for block in body.blocks}) == 40
    assert clean_body(body.html) == body
