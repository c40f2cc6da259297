import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import quote_anchors
from articles.body import clean_body
from articles.models import Quote, Revision

WORDS = "stay in the ice until the spring"
BODY = f'<p data-block="first1">He said it would “{WORDS}”, again.</p><p data-block="second">Nobody agreed.</p>'


def revision_of(html: str) -> Revision:
    body = clean_body(html)
    return Revision(number=1, text=body.text, blocks=list(body.blocks))


@pytest.fixture
def quote() -> Quote:
    revision = revision_of(BODY)
    quote = Quote(text=WORDS)
    start = revision.text.index(WORDS)
    quote_anchors.put(quote, revision, start, start + len(WORDS))
    return quote


def test_put_remembers_neighbours_and_block(quote):
    assert (quote.prefix, quote.suffix[:10], quote.block_id) == (
        "He said it would “",
        "”, again.\n",
        "first1",
    )


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        (f"<p>New opening.</p>{BODY}", "kept"),
        (BODY.replace("Nobody", "Everybody"), "kept"),
        (BODY.replace("until the spring", "until late spring"), "changed"),
        (BODY.replace(WORDS, "never"), "gone"),
        ("<p>Another story altogether.</p>", "gone"),
        ("", "gone"),
    ],
)
def test_anchor_follows_an_edit(quote, html, anchor):
    revision = revision_of(html)

    quote_anchors.anchor(quote, revision)

    assert quote.anchor == anchor
    if anchor == "kept":
        assert revision.text[quote.start : quote.end] == WORDS


def test_anchor_prefers_the_same_block_among_equal_words(quote):
    revision = revision_of(f'<p data-block="other1">He said it would “{WORDS}”, again.</p>{BODY}')

    quote_anchors.anchor(quote, revision)

    assert revision.block_at(quote.start)["id"] == "first1"


def test_anchor_comes_back_when_the_words_do(quote):
    quote_anchors.anchor(quote, revision_of("<p>Nothing.</p>"))

    quote_anchors.anchor(quote, revision_of(BODY))

    assert (quote.anchor, quote.words_now) == ("kept", "")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(html=st.text(max_size=200), prefix=st.text(max_size=32), suffix=st.text(max_size=32))
def test_an_anchor_in_any_text_is_true(html, prefix, suffix):
    revision = revision_of(f"<p>{prefix}{html}{suffix}</p>{BODY}")
    quote = Quote(text=WORDS, prefix=prefix, suffix=suffix, block_id="first1", start=3, end=3 + len(WORDS))

    quote_anchors.anchor(quote, revision)

    assert revision.text[quote.start : quote.end] == WORDS
