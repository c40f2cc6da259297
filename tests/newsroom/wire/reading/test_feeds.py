"""RSS and Atom as agencies write them, and as they should not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.wire.reading import Entry, Removal, UnreadableFeed, read_feed

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
    'xml:lang="en">{}</feed>'
)


def only(format: str, body: str) -> Entry | Removal:
    feed = read_feed(format, body.encode(), now=NOW)
    assert feed.faults == []
    (entry,) = feed.entries
    return entry


def test_rss_item_is_read_whole():
    entry = only(
        "rss",
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><language>en-GB</language><item><guid>urn:1</guid><title>Frigate &amp;amp; tanker</title>"
        "<link>https://example.org/1</link><dc:creator>Kari Example</dc:creator>"
        "<description>&lt;p&gt;Short.&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long.</p>]]></content:encoded>"
        "<pubDate>Thu, 26 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>",
    )

    assert isinstance(entry, Entry)
    assert (entry.guid, entry.headline, entry.standfirst, entry.text) == (
        "urn:1",
        "Frigate & tanker",
        "Short.",
        "Long.",
    )
    assert (entry.byline, entry.language, entry.link) == ("Kari Example", "en-GB", "https://example.org/1")
    assert entry.sent_at == datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_rss_1_is_read_as_well():
    entry = only(
        "rss",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://example.org/1"><title>Fleet</title>'
        "<dc:date>2026-11-26T10:00:00Z</dc:date></item></rdf:RDF>",
    )

    assert (entry.guid, entry.headline) == ("https://example.org/1", "Fleet")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<content type="html">&lt;p&gt;A &amp;amp; B&lt;/p&gt;</content>', "A & B"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &amp; <b>B</b></p></div></content>',
            "A & B",
        ),
        ("<content>A &amp; &lt;b&gt;B</content>", "A & <b>B"),
        ('<summary type="html">&lt;p&gt;A&lt;/p&gt;</summary>', "A"),
    ],
)
def test_atom_texts_are_read_in_each_of_their_forms(content, text):
    entry = only("atom", ATOM.format(f"<entry><id>urn:1</id><title>Fleet</title>{content}</entry>"))

    assert (entry.text, entry.language) == (text, "en")


def test_atom_under_a_prefix_is_the_same():
    entry = only(
        "atom",
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:title>F</a:title></a:entry></a:feed>',
    )

    assert (entry.guid, entry.headline) == ("1", "F")


def test_deleted_entry_takes_a_story_back():
    removal = only(
        "atom",
        ATOM.format(
            '<at:deleted-entry ref="urn:1" when="2026-11-26T10:00:00Z"><at:comment>No.</at:comment></at:deleted-entry>'
        ),
    )

    assert removal == Removal("urn:1", note="No.", at=datetime(2026, 11, 26, 10, tzinfo=UTC))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x", "http://[", "https://x\u202e/"])
def test_link_that_is_none_of_the_web_is_left_out(link):
    entry = only("atom", ATOM.format(f'<entry><id>1</id><title>F</title><link href="{link}"/></entry>'))

    assert entry.link == ""


@pytest.mark.parametrize("name", ["&LT;script&GT;", "&lt;script&gt;", "&amp;lt;script&amp;gt;"])
def test_title_never_becomes_markup(name):
    entry = only("rss", f"<rss><channel><item><guid>1</guid><title>{name}x</title></item></channel></rss>")

    assert entry.body == ""
    assert "script" in entry.headline


def test_made_up_id_is_the_same_each_time():
    body = "<rss><channel><item><title>A</title><description>Words.</description></item></channel></rss>"

    assert only("rss", body).guid == only("rss", body).guid
    assert only("rss", body).guid.startswith("made:")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["rss", "atom", "ninjs"]), st.binary(max_size=300))
def test_reading_any_bytes_gives_a_feed_or_a_sentence(format, body):
    said = ["It was read."]
    try:
        said += read_feed(format, body, now=NOW).faults
    except UnreadableFeed as error:
        said.append(str(error))

    assert all(words.endswith((".", "�.")) for words in said)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_reading_any_words_keeps_what_the_database_can_hold(title, words):
    from xml.sax.saxutils import escape

    parts = f"<guid>1</guid><title>{escape(title)}</title><description>{escape(words)}</description>"
    body = f"<rss><channel><item>{parts}</item></channel></rss>"

    feed = read_feed("rss", body.encode("utf-8", "surrogatepass"), now=NOW)

    for entry in feed.entries:
        assert isinstance(entry, Entry)
        for text in (entry.headline, entry.body, entry.text, entry.standfirst):
            assert "\x00" not in text
            text.encode()


def test_item_in_an_item_is_part_of_it():
    inner = "<item><guid>2</guid><title>Inner</title></item>"
    body = f"<rss><channel><item><guid>1</guid><title>Outer</title>{inner}</item></channel></rss>"

    assert only("rss", body).guid == "1"


def test_title_with_a_reference_without_end_is_read():
    entry = only(
        "rss", f"<rss><channel><item><guid>1</guid><title>A &amp;#{'1' * 9000};</title></item></channel></rss>"
    )

    assert entry.headline.startswith("A &#111")


def test_section_that_never_ends_is_where_the_feed_breaks_off():
    body = "<rss><channel><item><guid>1</guid><title><![CDATA[A & B]]> &nbsp;C</title></item><item><![CDATA[&"

    feed = read_feed("rss", body.encode(), now=NOW)

    assert [entry.headline for entry in feed.entries] == ["A & B \xa0C"]
    assert feed.faults == ["It breaks off at line 1; what was whole before was read."]


@pytest.mark.parametrize(
    ("title", "line"), [("a < b > c", "a < b > c"), ("x <p class='y'> z", "x z"), ("<p z", "<p z")]
)
def test_title_with_a_tag_is_read_as_markup(title, line):
    from xml.sax.saxutils import escape

    assert only("rss", f"<rss><item><guid>1</guid><title>{escape(title)}</title></item></rss>").headline == line


@pytest.mark.parametrize(
    ("words", "said"), [("&lt;b>x&lt;/b>" * 5001, "10,000 tags, which no story has"), ("x\n" * 10_001, "10,000 lines")]
)
def test_story_of_more_parts_than_any_is_left_out(words, said):
    body = f"<rss><item><guid>1</guid><title>T</title><description>{words}</description></item></rss>"

    feed = read_feed("rss", body.encode(), now=NOW)

    assert (feed.entries, len(feed.faults)) == ([], 1)
    assert said in feed.faults[0]
