"""What an agency's server answers: fetched over the connections of `newsroom.outgoing`, which go to public addresses
alone, within a time and a size, and told in words that help an editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from newsroom.outgoing.transport import Answer, Line
from newsroom.sealing import Unreadable
from newsroom.wire.models import WireSource
from newsroom.wire.signing_in import headers_of, server_of

# Seconds for everything together, redirects included.
SECONDS = 20.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
LONGEST_WAIT = timedelta(hours=6)
ACCEPTS = {
    "rss": "application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "atom": "application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "ninjs": "application/json, */*;q=0.1",
}

OpenLine = Callable[[], Line]


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is None where the agency has nothing newer. `etag` and `last_modified` are for the next time."""

    body: bytes | None
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


class FetchFailed(Exception):
    """The message tells an editor what happened and what to do. `is_gone`: there is nothing to come back for."""

    def __init__(self, message: str, *, is_gone: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(message)
        self.message, self.is_gone, self.wait = message, is_gone, wait


def fetch(source: WireSource, *, open_line: OpenLine = Line, seconds: float = SECONDS) -> Fetched:
    """Ask a source for what is new.

    Raises:
        FetchFailed: there is no feed to read.
    """
    headers = {"User-Agent": "Newsroom-Wire/1", "Accept": ACCEPTS[source.format]}
    if source.etag:
        headers["If-None-Match"] = source.etag
    if source.last_modified:
        headers["If-Modified-Since"] = source.last_modified
    try:
        headers |= headers_of(source)
    except Unreadable:
        raise FetchFailed("What we sign in with was sealed with a key that is gone: type it again.") from None
    with open_line() as line:
        answer = _asked(line, source.url, headers, seconds)
    if answer.status in (401, 403, 407):
        raise _refusal(source, answer.status)
    return _taken(answer)


def _asked(line: Line, url: str, headers: dict[str, str], seconds: float) -> Answer:
    """What is answered in the end. Headers go along to where it redirects, for that is the same server."""
    for _ in range(MOST_REDIRECTS + 1):
        answer = line.get(url, headers, seconds=seconds, most_bytes=MOST_BYTES)
        seconds -= answer.milliseconds / 1000
        if not _leads_on(answer):
            return answer
        url = _next(url, answer.headers["location"])
    raise FetchFailed("It sends us in circles: the address redirects again and again. Ask the agency for a better one.")


def _leads_on(answer: Answer) -> bool:
    redirects = (301, 302, 303, 307, 308)
    return answer.status in redirects and bool(answer.headers.get("location"))


def _next(url: str, location: str) -> str:
    """Only on the same server: where else a feed has gone, an editor decides. The address is checked like any."""
    try:
        led_to = urljoin(url, location.strip())
        is_elsewhere, there = server_of(url) != server_of(led_to), urlsplit(led_to)
    except ValueError:
        raise FetchFailed("It redirects to something that is no address. Tell the agency.") from None
    if is_elsewhere:
        shown = f"{there.scheme}://{there.netloc}{there.path}"[:120]
        raise FetchFailed(f"The feed has moved to {shown}. If that is right, change the address of the source.")
    return led_to


def _taken(answer: Answer) -> Fetched:
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return Fetched(None)
    if answer.status != HTTPStatus.OK:
        raise _failure(answer)
    headers = answer.headers
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Fetched(
        answer.body,
        content_type=headers.get("content-type", "")[:200],
        etag=etag if _can_be_kept(etag, 300) else "",
        last_modified=modified if _can_be_kept(modified, 100) else "",
    )


def _can_be_kept(value: str, most: int) -> bool:
    return len(value) <= most and value.isascii() and value.isprintable()


def _failure(answer: Answer) -> FetchFailed:
    status = answer.status
    if status is None:
        return FetchFailed(answer.error)
    if status == 404:
        return FetchFailed("There is nothing at this address (404). Check it, or ask the agency where the feed is.")
    if status == 410:
        return FetchFailed("The agency has ended this feed (410). Ask where it goes on.", is_gone=True)
    wait = _asked_to_wait(answer.headers.get("retry-after", ""))
    if status == 429:
        return FetchFailed("It says that we ask too often (429). Ask less often.", wait=wait)
    if status >= 500:
        return FetchFailed(f"The agency’s server is in trouble ({status}). We go on asking.", wait=wait)
    return FetchFailed(f"It answered {status}, with which nothing can be done. Check the address.")


def _refusal(source: WireSource, status: int) -> FetchFailed:
    if source.sign_in:
        return FetchFailed(
            f"It refuses what we sign in with ({status}). Type it again, or ask the agency whether our access stands."
        )
    if status == HTTPStatus.UNAUTHORIZED:
        return FetchFailed("It wants us to sign in (401). Ask the agency for a name and password, or a key.")
    return FetchFailed(f"It refuses us ({status}). Ask the agency whether our access still stands.")


def _asked_to_wait(header: str) -> timedelta | None:
    if not header.isascii() or not header.isdigit() or len(header) > 8:
        return None
    return min(timedelta(seconds=int(header)), LONGEST_WAIT)
