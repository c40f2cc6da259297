"""The agency, broken in many ways: what the desk keeps of it, and what the editor is told."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time

import pytest

from articles.models import Article
from newsroom.outgoing.transport import Line
from newsroom.wire import fetching, rounds, sources
from newsroom.wire.models import WireItem
from newsroom.wire.receiving import Received
from newsroom.wire.rounds import fetch_source
from tests.agency import WORDS, Agency, ninjs, ninjs_item, rss, rss_item

pytestmark = pytest.mark.django_db

WHOLE = rss(rss_item())
ENTITIES = b'<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&file;</title></item></channel></rss>'
LAUGHS = (
    b'<!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n > 1 else b"&a;" * 10) for n in range(1, 10))
    + b"]><rss><channel><item><title>&a9;</title></item></channel></rss>"
)


def told(source) -> str:
    source.refresh_from_db()
    return source.last_error or source.last_faults


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": 500}, "in trouble (500)"),
        ({"status": 404}, "nothing at this address"),
        ({"status": 403}, "refuses us"),
        ({"status": 418}, "answered 418"),
        ({"status": 302}, "answered 302"),
        ({"body": b""}, "no XML"),
        ({"body": b"\x00\xff\xfe\x80" * 50}, "no XML"),
        ({"body": b"<html><body>Please sign in</body></html>", "headers": {"Content-Type": "text/html"}}, "a web page"),
        ({"body": b"<feed xmlns='http://www.w3.org/2005/Atom'/>"}, "answered with Atom where RSS"),
        ({"body": ENTITIES}, "declares entities"),
        ({"body": LAUGHS}, "declares entities"),
        ({"body": b"<rss>" + b"<a>" * 5000}, "too deep"),
        ({"body": b"<rss>" + b" " * fetching.MOST_BYTES + b"</rss>"}, "larger than 5 MB"),
        ({"body": gzip.compress(b"\0" * 60_000_000), "headers": {"Content-Encoding": "gzip"}}, "larger than 5 MB"),
        ({"body": gzip.compress(WHOLE)[:-9], "headers": {"Content-Encoding": "gzip"}}, "cut off"),
        ({"body": WHOLE, "headers": {"Content-Encoding": "gzip"}}, "is damaged"),
        ({"body": WHOLE, "headers": {"Content-Encoding": "br"}}, "did not ask for"),
    ],
)
def test_fetch_source_keeps_nothing_of_a_broken_answer_and_says_what_is_wrong(declare, agency, given, words):
    source = declare()
    for name, value in given.items():
        setattr(agency, name, value)

    assert fetch_source(source.pk) is None

    assert words in told(source)
    assert (source.failures, source.failing_since is None, source.last_success_at) == (1, False, None)
    assert (WireItem.objects.count(), Article.objects.count()) == (0, 0)


def test_fetch_source_gives_up_a_server_that_hangs(declare, agency, monkeypatch):
    agency.answering = lambda door: agency.ended.wait(10)
    source = declare()
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    monkeypatch.setattr(
        rounds, "fetch", lambda source, open_line: fetching.fetch(source, open_line=open_line, seconds=0.5)
    )
    begun = time.monotonic()

    fetch_source(source.pk)

    assert told(source) == "It did not answer in time."
    assert time.monotonic() - begun < 3


def test_fetch_source_gives_up_a_body_that_drips(declare, agency, monkeypatch):
    def drip(door) -> None:
        door.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not agency.ended.wait(0.05):
            door.wfile.write(b"<")

    agency.answering = drip
    source = declare()
    monkeypatch.setattr(
        rounds, "fetch", lambda source, open_line: fetching.fetch(source, open_line=open_line, seconds=0.5)
    )

    fetch_source(source.pk)

    assert told(source) == "It did not answer in time."


def test_fetch_source_tells_of_a_connection_that_breaks(declare, agency):
    def half(door) -> None:
        door.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + WHOLE)
        door.connection.shutdown(socket.SHUT_RDWR)

    agency.answering = half
    source = declare()

    fetch_source(source.pk)

    assert "broke before the answer was whole" in told(source)
    assert WireItem.objects.count() == 0


def test_fetch_source_follows_no_redirect_to_another_server(declare, agency):
    """Not even to this machine, which the test permits: where a feed has gone, an editor decides."""
    inside = Agency(body=WHOLE)
    agency.status, agency.headers = 301, {"Location": inside.url("/secret")}
    source = declare()

    fetch_source(source.pk)
    inside.close()

    assert "has moved to" in told(source)
    assert inside.asked == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://169.254.169.254/", "//localhost/", "http://[", "gopher://x"]
)
def test_fetch_source_goes_nowhere_a_redirect_must_not_lead(declare, agency, location):
    agency.status, agency.headers = 302, {"Location": location}
    source = declare()

    fetch_source(source.pk)

    assert told(source)
    assert len(agency.asked) == 1


def test_fetch_source_follows_a_redirect_on_the_same_server_and_not_for_ever(declare, agency):
    def lead_on(door) -> None:
        if door.path == "/coast":
            door.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n")
        else:
            door.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(WHOLE), WHOLE))

    agency.answering = lead_on
    source = declare()
    tally = fetch_source(source.pk)
    assert tally.counts == {Received.NEW: 1}

    agency.answering = None
    agency.status, agency.headers = 302, {"Location": "/coast"}
    fetch_source(source.pk)
    assert "in circles" in told(source)


def test_fetch_source_reaches_no_machine_of_ours_by_a_name(declare, agency, settings):
    """Without the permission of the tests, and with a name server that leads to us."""
    settings.WEBHOOK_LOOPBACK = False
    agency.body = WHOLE
    plain, named = declare("Coast"), declare("Named")
    named.url = "https://wire.example.org/feed"
    named.save()

    fetch_source(plain.pk)
    fetch_source(named.pk, open_line=lambda: Line(resolve=lambda host, port: ["127.0.0.1"]))

    assert told(plain) == "Only https: write the address from https:// on."
    assert told(named) == "The name wire.example.org leads to an address that is not public."
    assert agency.asked == []


def test_fetch_source_asks_only_for_what_is_newer(declare, agency):
    agency.body, agency.headers = WHOLE, {"ETag": '"one"', "Last-Modified": "Thu, 26 Nov 2026 10:00:00 GMT"}
    source = declare()
    fetch_source(source.pk)
    agency.status, agency.body, agency.headers = 304, b"", {}

    tally = fetch_source(source.pk)

    assert (tally.counts, told(source)) == ({}, "")
    assert agency.asked[1]["if-none-match"] == '"one"'
    assert agency.asked[1]["if-modified-since"] == "Thu, 26 Nov 2026 10:00:00 GMT"
    assert (source.etag, source.last_success_at > source.read_at) == ('"one"', True)


def test_fetch_source_takes_what_is_packed_and_under_another_name(declare, agency):
    agency.body = gzip.compress(WHOLE)
    agency.headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    source = declare()

    tally = fetch_source(source.pk)

    assert (tally.counts, told(source)) == ({Received.NEW: 1}, "")


@pytest.mark.parametrize(
    ("body", "new", "words"),
    [
        # Empty, and well so.
        (rss(), 0, ""),
        # Cut in its second item.
        (rss(rss_item("1"), rss_item("2", "Other", "Nothing of the kind."))[:-60], 1, "breaks off at line 1"),
        (WHOLE.replace(b"Frigate", b"Fr\xefgate"), 1, "could not be read in its encoding"),
        (WHOLE.replace(b'encoding="utf-8"', b'encoding="windows-1252"').replace(b"Frigate", b"Fr\xefgate"), 1, ""),
        (WHOLE.decode().replace('encoding="utf-8"', 'encoding="klingon"').encode(), 1, ""),
        (WHOLE.decode().encode("utf-16"), 1, ""),
        (rss(rss_item(""), rss_item("2", "Other", "Nothing of the kind.")), 2, ""),
        (rss(rss_item("1", date="Thu, 01 Jan 2099 00:00:00 GMT")), 1, ""),
        (rss(rss_item("1", date="yesterday, about noon")), 1, ""),
        (rss(rss_item("1"), rss_item("1", "The same id", "Another story altogether.")), 1, "stands there twice"),
        (rss(rss_item("1"), rss_item("2", "Enormous", "word " * 300_000)), 1, "no story is"),
        (rss(rss_item("1"), "<item/>", "<item><guid>3</guid></item>"), 1, "neither a title nor words"),
        (rss(rss_item("1").replace("Frigate", "Frigate &nbsp; AT&T")), 1, ""),
        (rss(rss_item("1").replace("<title>", "<media:x>y</media:x><title>")), 1, ""),
        (rss(rss_item("g" * 4000, "t" * 4000)), 1, ""),
        (rss(rss_item("\x00\x01\x02 1 \x0b")), 1, ""),
        (
            rss(*(rss_item(str(number), f"Item {number}", f"Short {number}.") for number in range(1005))),
            1000,
            "the first 1000",
        ),
    ],
)
def test_fetch_source_takes_what_can_be_used_of_a_damaged_feed(declare, agency, body, new, words):
    source = declare(makes_drafts=False)
    agency.body = body

    tally = fetch_source(source.pk)

    assert tally.counts[Received.NEW] == new
    assert (words in told(source)) if words else (told(source) == "")
    assert source.failures == 0


def test_fetch_source_lets_no_script_in(declare, agency):
    hostile = (
        f"<p onclick='x()'>{WORDS}</p><script>alert(1)</script><a href='javascript:x()'>here</a><img src=x onerror=y()>"
    )
    agency.body = rss(
        rss_item("1", "<b>Frigate</b><script>alert(2)</script>").replace("&lt;p&gt;", f"<![CDATA[{hostile}]]>")
    )
    source = declare()

    fetch_source(source.pk)

    item, article = WireItem.objects.get(), Article.objects.get()
    for html in (item.body, item.headline, article.body, article.headline):
        assert not any(sign in html for sign in ("script", "onclick", "onerror", "javascript", "<img", "<b>"))
    assert "The frigate left Bergen" in item.text


@pytest.mark.parametrize(
    "item",
    [
        {"uri": 5},
        {"uri": ["urn:1"]},
        {"uri": "urn:1", "headline": {"a": 1}, "body_html": 3, "version": [1]},
        {"uri": "urn:1", "headline": "x", "pubstatus": "perhaps"},
        "urn:1",
        None,
        [[[]]],
    ],
)
def test_fetch_source_leaves_a_ninjs_item_of_wrong_types_out(declare, agency, item):
    agency.body = ninjs(item, ninjs_item("urn:good", urgency="4", embargoed=7, evolvedfrom={"a": 1}, language=None))
    source = declare(format="ninjs")

    tally = fetch_source(source.pk)

    assert tally.counts == {Received.NEW: 1}
    assert "Item 1" in told(source)
    assert WireItem.objects.get().guid == "urn:good"


@pytest.mark.parametrize("body", [b"{}", b"[", b"3", b'{"items": 4}', b"[" * 100_000, b'{"a": 1' + b"1" * 5000 + b"}"])
def test_fetch_source_says_when_it_is_no_ninjs(declare, agency, body):
    agency.body = body
    source = declare(format="ninjs")

    fetch_source(source.pk)

    assert "format" in told(source) or "too deep" in told(source)
    assert source.failures == 1


def test_fetch_source_survives_an_item_that_breaks_our_own_code(declare, agency, monkeypatch):
    real = rounds.receive

    def receive(source, entry):
        if entry.guid == "2":
            raise RuntimeError("a bug of ours")
        return real(source, entry)

    monkeypatch.setattr(rounds, "receive", receive)
    agency.headers = {"ETag": '"one"'}
    agency.body = rss(rss_item("1"), rss_item("2", "Second", "Short."), rss_item("3", "Third", "Shorter."))
    source = declare()

    tally = fetch_source(source.pk)

    assert (tally.counts[Received.NEW], "“Second” could not be brought in" in told(source)) == (2, True)
    # Once the bug is mended, it comes in by itself.
    monkeypatch.undo()
    assert fetch_source(source.pk).counts == {Received.NEW: 1, Received.KNOWN: 2}
    assert (told(source), source.etag) == ("", '"one"')


def test_fetch_source_notes_a_bug_of_ours_in_reading_as_a_failure(declare, agency, monkeypatch, caplog):
    agency.body = rss(rss_item("1"))
    source = declare()

    def read_feed(*args, **columns):
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(rounds, "read_feed", read_feed)
    monkeypatch.setattr(sources, "read_feed", read_feed)

    for _ in range(2):
        assert fetch_source(source.pk) is None

    assert "by a fault of the newsroom’s own programs (RuntimeError)" in told(source)
    assert (source.failures, round((source.fetch_at - source.asked_at).total_seconds())) == (2, 600)
    assert "a bug of ours" in caplog.text
    assert "(RuntimeError)" in sources.try_out(source).error


def test_fetch_source_waits_longer_after_each_failure_and_pauses_in_the_end(declare, agency):
    agency.status = 503
    source = declare()
    waits = []
    for _ in range(12):
        fetch_source(source.pk)
        source.refresh_from_db()
        waits.append(round((source.fetch_at - source.asked_at).total_seconds() / 60))

    assert waits == [5, 10, 20, 40, *[60] * 8]
    assert (source.is_paused, source.failures) == (True, 12)
    assert fetch_source(source.pk) is None
    assert len(agency.asked) == 12


def test_fetch_source_waits_as_long_as_the_agency_asks_and_ends_with_a_feed_that_is_gone(declare, agency):
    agency.status, agency.headers = 429, {"Retry-After": "1800"}
    source = declare()
    fetch_source(source.pk)
    source.refresh_from_db()
    assert round((source.fetch_at - source.asked_at).total_seconds()) == 1800

    agency.status = 410
    fetch_source(source.pk)
    source.refresh_from_db()
    assert source.is_paused


def test_fetch_believes_certificates_of_the_name_alone(declare, certificate_server):
    source = declare()
    source.url = f"https://wire.example.org:{certificate_server}/feed"

    with pytest.raises(fetching.FetchFailed, match="certificate is not accepted"):
        fetching.fetch(
            source,
            open_line=lambda: Line(resolve=lambda host, port: ["127.0.0.1"], permits=lambda address: True),
        )


@pytest.fixture
def certificate_server(tmp_path, monkeypatch):
    from newsroom.outgoing import destinations
    from tests.certificates import self_signed

    path = tmp_path / "server.pem"
    path.write_bytes(b"".join(self_signed("wire.example.org")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    monkeypatch.setattr(destinations, "PORTS", (port,))

    def serve() -> None:
        try:
            connection, _ = listening.accept()
            context.wrap_socket(connection, server_side=True)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    yield port
    listening.close()
