import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import BLOCK_SEPARATOR, clean_body
from articles.quote_marks import Mark, mark_passages, parts, plain_passages

WORDS = st.text(alphabet="ab \u0301é<>&\"'“”𝔸\n", max_size=12)
INLINE = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["strong", "em", 'a href="/x?a=1&amp;b=2"']), WORDS)
BLOCK = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["p", "h2", "blockquote", "li", "p"]),
    st.lists(st.one_of(WORDS, INLINE, st.just("<br>"), st.just("&amp;"))).map("".join),
)
BODY = st.lists(BLOCK, max_size=5).map("".join).map(clean_body)


def quotation(start, end, name="1"):
    return Mark(start, end, "mark", {"class": "quotation"}, identifier=f"quote-{name}")


def marked(source, *passages):
    """The HTML of a body with each passage, given by its words, marked; block ids are left out."""
    body = clean_body(source)
    marks = [
        quotation(body.text.index(words), body.text.index(words) + len(words), str(number))
        for number, words in enumerate(passages, start=1)
    ]
    return re.sub(r' data-block="[^"]*"', "", mark_passages(parts(body.html, body.blocks), marks))


def without_tags(html):
    return re.sub(r"</?(?:mark|x)\b[^>]*>", "", html)


def test_mark_stands_around_the_words():
    html = marked("<p>He said “we will go”.</p>", "we will go")

    assert html == '<p>He said “<mark class="quotation" id="quote-1">we will go</mark>”.</p>'


def test_mark_is_cut_at_tags_and_has_its_id_once():
    html = marked("<p>“We <em>will</em> go”</p>", "We will go")

    assert html == (
        '<p>“<mark class="quotation" id="quote-1">We </mark><em><mark class="quotation">will</mark></em>'
        '<mark class="quotation"> go</mark>”</p>'
    )


def test_mark_goes_on_in_the_next_paragraph():
    html = marked("<p>“One.</p><p>Two.”</p>", f"One.{BLOCK_SEPARATOR}Two.")

    assert html == (
        '<p>“<mark class="quotation" id="quote-1">One.</mark></p><p><mark class="quotation">Two.</mark>”</p>'
    )


def test_mark_inside_another_keeps_both_ids():
    html = marked("<p>“All hands on deck”</p>", "All hands on deck", "hands")

    assert html == (
        '<p>“<mark class="quotation" id="quote-1">All </mark><mark class="quotation">'
        '<mark class="quotation" id="quote-2">hands</mark></mark><mark class="quotation"> on deck</mark>”</p>'
    )


def test_mark_counts_a_character_reference_as_one():
    html = marked("<p>R&amp;D &lt; sales</p>", "D < s")

    assert without_tags(html) == "<p>R&amp;D &lt; sales</p>"
    assert html.count('id="quote-1"') == 1


def test_mark_does_not_touch_a_caption():
    body = clean_body('<figure><img src="/a.webp" alt="go"><figcaption>go</figcaption></figure><p>go</p>')

    html = mark_passages(parts(body.html, body.blocks), [quotation(0, 2)])

    assert "<figcaption>go</figcaption>" in html
    assert "<mark" in html


def test_mark_escapes_its_attributes():
    mark = Mark(0, 2, "a", {"href": '/quotes/?speaker="><script>'})

    html = mark_passages(parts('<p data-block="b1">go</p>', [{"id": "b1", "start": 0, "end": 2}]), [mark])

    assert html == '<p data-block="b1"><a href="/quotes/?speaker=&quot;&gt;&lt;script&gt;">go</a></p>'


def test_no_mark_changes_nothing():
    body = clean_body("<p>We <em>will</em> go</p><ul><li>one</li></ul>")

    assert mark_passages(parts(body.html, body.blocks), []) == body.html


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("<p>Kyiv said</p>", ["Kyiv said"]),
        ("<h2>Kyiv</h2><p>said</p>", ["said"]),
        ('<p>In <a href="/k">Kyiv</a> today</p>', ["In ", " today"]),
        ("<p>R&amp;D</p>", ["R&D"]),
    ],
)
def test_plain_passages_leave_out_headings_and_links(source, plain):
    body = clean_body(source)

    spans = plain_passages(parts(body.html, body.blocks))

    assert [body.text[start:end] for start, end in spans] == plain


@given(BODY)
def test_parts_joined_are_the_html_and_stand_at_true_places(body):
    found = list(parts(body.html, body.blocks))

    assert "".join(part.html for part in found) == body.html
    for block in body.blocks:
        inside = [part for part in found if part.is_text and block["start"] <= part.start < block["end"]]
        assert sum(part.length for part in inside) == len(body.text[block["start"] : block["end"]].replace("\n", ""))


@given(BODY, st.data())
def test_marks_leave_the_html_and_the_text_as_they_were(body, data):
    place = st.integers(0, max(len(body.text), 1))
    spans = [
        span for span in data.draw(st.lists(st.tuples(place, place), max_size=4)) if span[0] < span[1] <= len(body.text)
    ]

    html = mark_passages(
        parts(body.html, body.blocks), [quotation(*span, str(number)) for number, span in enumerate(spans)]
    )

    assert without_tags(html) == body.html
    assert clean_body(html.replace("<mark", "<x").replace("</mark", "</x")).text == body.text
    assert html.count("<mark") == html.count("</mark>")


@given(BODY, st.data())
def test_marked_fragments_joined_are_the_words(body, data):
    if not body.text:
        return
    start = data.draw(st.integers(0, len(body.text) - 1))
    end = data.draw(st.integers(start + 1, len(body.text)))

    html = mark_passages(parts(body.html, body.blocks), [quotation(start, end)])

    fragments = [
        clean_body(fragment).text if fragment.strip() else fragment
        for fragment in re.findall(r"<mark[^>]*>(.*?)</mark>", html)
    ]
    assert "".join("".join(fragments).split()) == "".join(body.text[start:end].split())
