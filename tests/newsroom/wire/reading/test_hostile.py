"""What a hostile feed may cost: five megabytes of anything are read in the time that five megabytes take.

Each is read by a process of its own, which the system kills when it has used its seconds of the processor: what grows
with the square of the length takes hours. `re` and `unicodedata` let no other thread run meanwhile.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

MOST_BYTES = 5_000_000
# Of the processor; the slowest of these takes a sixth of it on a slow machine.
SECONDS = 90
READS = f"""
import resource, sys
from datetime import UTC, datetime
from newsroom.wire.reading import UnreadableFeed, read_feed

resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
try:
    feed = read_feed(sys.argv[1], sys.stdin.buffer.read(), now=datetime(2026, 11, 26, 12, tzinfo=UTC))
    print("read", len(feed.entries), len(feed.faults))
except UnreadableFeed as error:
    print("refused", error)
"""


def filled(head: str, unit: str, tail: str) -> bytes:
    """As much of the unit between head and tail as is fetched of a feed."""
    count = (MOST_BYTES - len((head + tail).encode())) // len(unit.encode())
    return f"{head}{unit * count}{tail}".encode()


def in_rss(unit: str, *, name: str = "title", before: str = "") -> bytes:
    tail = f"</{name}></item></channel></rss>"
    return filled(f"<rss><channel><item><guid>1</guid><{name}>{before}", unit, tail)


def of_stories(unit: str, size: int) -> bytes:
    """As many stories as fit, each within what a story may be."""
    story = f"<item><title>x</title><description>{unit * (size // len(unit.encode()))}</description></item>"
    return filled("<rss><channel>", story, "</channel></rss>")


def in_ninjs(name: str, unit: str) -> bytes:
    count = MOST_BYTES // len(unit.encode())
    return json.dumps({"items": [{"uri": "urn:1", "headline": "x", name: unit * count}]}, ensure_ascii=False).encode()


def with_namespaces() -> bytes:
    declared = " ".join(f'xmlns:n{number}="x"' for number in range(100_000))
    return filled(f"<rss {declared}>", '<a xmlns:b=""/>', "</rss>")


def with_attributes() -> bytes:
    declared = " ".join(f"n{number} CDATA 'x'" for number in range(100_000))
    return filled(f"<!DOCTYPE rss [<!ATTLIST a {declared}>]><rss>", "<a/>", "</rss>")


FEEDS = {
    "unclosed sections": ("rss", lambda: filled("<rss><channel></channel></rss>", "<![CDATA[", "")),
    "closed sections": ("rss", lambda: in_rss("<![CDATA[&]]>")),
    "ampersands": ("rss", lambda: in_rss("&")),
    "bare ends": ("rss", lambda: in_rss("]]>")),
    "unclosed tags in a title": ("rss", lambda: in_rss("&lt;p ")),
    "unclosed tags in a story": ("rss", lambda: of_stories("&lt;p ", 900_000)),
    "unclosed tags in a headline": ("ninjs", lambda: in_ninjs("headline", "<p ")),
    "unclosed tags in HTML": ("ninjs", lambda: in_ninjs("body_html", "<p ")),
    "comments that do not end": ("ninjs", lambda: in_ninjs("description_text", "<!--<p>")),
    "an endless reference": ("rss", lambda: in_rss("1", before="&amp;#")),
    "references of references": ("rss", lambda: in_rss("&amp;amp;")),
    "accents in a headline": ("ninjs", lambda: in_ninjs("headline", "\u0323\u0301")),
    "accents in an id": ("ninjs", lambda: in_ninjs("uri", "\u0323\u0301")),
    "accents in an address": ("rss", lambda: in_rss("\u0323\u0301", name="link", before="https://x")),
    "accents in stories": ("rss", lambda: of_stories("\u0323\u0301", 900_000)),
    "lines": ("rss", lambda: of_stories("a\n", 900_000)),
    "empty lines": ("rss", lambda: of_stories("\n \t", 900_000)),
    "equal paragraphs": ("rss", lambda: of_stories("&lt;p>x", 60_000)),
    "lists in lists": ("rss", lambda: of_stories("&lt;ul>&lt;li>", 70_000)),
    "quotations in quotations": ("rss", lambda: of_stories("&lt;blockquote>", 150_000)),
    "links round blocks": ("rss", lambda: of_stories("&lt;a>&lt;div>", 65_000)),
    "emptied letters between spaces": ("rss", lambda: of_stories("&lt;b>&lt;/b> ", 60_000)),
    "captions": ("rss", lambda: of_stories("&lt;figcaption>x", 140_000)),
    "items in items": ("rss", lambda: filled("<rss>" + "<item>" * 50 + "<title>", "&lt;p>x", "</title>")),
    "namespaces": ("rss", with_namespaces),
    "declared attributes": ("rss", with_attributes),
    "letters that are not UTF-8": ("rss", lambda: in_rss("x").replace(b"xx", b"\x93\xff")),
    "brackets": ("ninjs", lambda: b"[" * MOST_BYTES),
}


@pytest.mark.parametrize("name", FEEDS)
def test_read_takes_no_longer_for_hostile_signs_than_their_number_explains(name):
    format, make = FEEDS[name]

    done = subprocess.run([sys.executable, "-c", READS, format], input=make(), capture_output=True, check=False)

    assert (done.returncode, done.stderr.decode()[-2000:]) == (0, "")
    assert done.stdout.startswith((b"read", b"refused"))
