"""An agency: a real server of this machine that gives feeds, whole or broken in whatever way a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from newsroom.wire.models import WireSource
from tests.services import LOOKS

WORDS = (
    "The frigate left Bergen at dawn with two minehunters and a tanker, the navy said on Thursday. It will join an "
    "exercise in the Norwegian Sea in which nine countries take part. A spokesman said that the ships would be back "
    "within three weeks. Residents of the town watched them go from the old pier, as they have done for many years."
)


def rss(*items: str, more: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>Coast</title><language>en</language>'
        f"{''.join(items)}{more}</channel></rss>"
    ).encode()


def rss_item(
    guid: str = "1", title: str = "Frigate leaves port", words: str = WORDS, date: str = "", **other: str
) -> str:
    parts = {"guid": guid, "title": title, "description": f"<p>{words}</p>", "pubDate": date} | other
    return f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in parts.items() if value)}</item>"


def deleted(guid: str, note: str = "The ministry denies it.", when: str = "2026-11-26T10:00:00Z") -> str:
    return f'<at:deleted-entry ref="{guid}" when="{when}"><at:comment>{note}</at:comment></at:deleted-entry>'


def ninjs(*items: dict[str, Any]) -> bytes:
    return json.dumps({"items": items}).encode()


def ninjs_item(uri: str = "urn:coast:1", version: str = "1", **other: Any) -> dict[str, Any]:
    whole = {"uri": uri, "version": version, "type": "text", "headline": "Frigate leaves port"}
    return whole | {"body_html": f"<p>{WORDS}</p>"} | other


# Writes what it wants, by hand: head and body.
Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Agency:
    """Answers every question with `status`, `headers` and `body`, or as `answering` does; with `wants`, only those
    that carry it as their Authorization."""

    body: bytes = b""
    wants: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    answering: Answering | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ended = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _door(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=[LOOKS], daemon=True).start()

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def close(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


def _door(agency: Agency) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            agency.asked.append({name.lower(): value for name, value in self.headers.items()})
            agency.paths.append(self.path)
            if agency.answering is not None:
                agency.answering(self)
                return
            if agency.wants and self.headers.get("Authorization") != agency.wants:
                self.send_error(401)
                return
            self.send_response(agency.status)
            for name, value in agency.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(agency.body)))
            self.end_headers()
            self.wfile.write(agency.body)

        def log_message(self, *words: object) -> None:
            pass

    return Door


@pytest.fixture
def agency(settings) -> Iterator[Agency]:
    """On this machine, which the settings then permit."""
    settings.WEBHOOK_LOOPBACK = True
    agency = Agency()
    yield agency
    agency.close()


@pytest.fixture
def declare(db, agency, section) -> Callable[..., WireSource]:
    """Makes a source that asks the agency, and has done so before: what it then lists is new."""

    def make(name: str = "Coast", *, path: str = "", format: str = "rss", **columns: Any) -> WireSource:
        url = agency.url(path or f"/{name.lower()}")
        whole = {"credit": f"{name} Agency", "section": section, "read_at": timezone.now()}
        return WireSource.objects.create(name=name, url=url, format=format, **(whole | columns))

    return make
