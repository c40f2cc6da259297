"""A calendar as iCalendar (RFC 5545): escaped, folded, days without a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

# In octets, without the line end: RFC 5545, 3.1.
LONGEST_LINE = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """Whole days, the last one included. `is_tentative` where the days are known no better than to a month."""

    uid: str
    title: str
    first: date
    last: date
    changed_at: datetime
    sequence: int
    category: str = ""
    place: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_tentative: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The whole file, in UTF-8 with the line ends of the standard."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Newsroom//Diary//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """A value of type TEXT: RFC 5545, 3.3.11. What cannot be printed is left out."""
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).translate(_ESCAPES)


def folded(line: str) -> bytes:
    """In pieces of at most 75 octets, each after the first behind a space; no character is cut in two."""
    pieces, piece, room = [], b"", LONGEST_LINE
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST_LINE - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    changed = f"{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    status = "CANCELLED" if event.is_cancelled else "TENTATIVE" if event.is_tentative else "CONFIRMED"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    # The day after the last one: RFC 5545, 3.6.1.
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield from (
        f"{name}:{escaped(value)}"
        for name, value in (
            ("LOCATION", event.place),
            ("DESCRIPTION", event.description),
            ("CATEGORIES", event.category),
        )
        if value
    )
    # A URI is no text: nothing in it is escaped.
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{status}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
