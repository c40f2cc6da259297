"""One story of an archive as IPTC ninjs, versions 1 to 3: read as a line of our own format would be.

What ninjs has no place for is given for the whole archive: a section, and who signs what nobody signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.archive.story_format import ArchiveStory, read_members
from articles.archive.versions import Found, Version
from articles.models.tag import Role
from articles.newsroom_clock import EARLIEST
from articles.story_files import UnreadableStory, body_of_story

# As the versions of ninjs call it: 1 and 2, 3.0, 3.1.
EMBARGOES = ("embargoed", "embargoeduntil", "embargoedUntil")
# The words of the first paragraph stand for a standfirst where there is none, up to so many characters.
LONGEST_STANDFIRST = 300
# Of the number of a version.
MOST_PARTS = 8
# The clocks of the last places that a day comes to.
LAST_TIME_ZONE = timezone.get_fixed_timezone(timedelta(hours=-12))
_COUNTRY = re.compile(r"[A-Z]{2}")
_PARAGRAPHS = re.compile(r"\n\s*\n|\r?\n")
_SIGNED = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a story has that does not say it."""

    section: str
    author: str


def read_ninjs_story(line: str | bytes, defaults: Defaults) -> ArchiveStory:
    """Read one line, an item of ninjs.

    Raises:
        UnreadableStory: it is not JSON, no text that may be used, lacks a part, or a part is not what belongs there.
    """
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise UnreadableStory("This is not JSON: give one ninjs item a line.") from None
    if not isinstance(item, dict):
        raise UnreadableStory("A line holds one ninjs item, a JSON object.")
    if withheld := _withheld(item)[0]:
        raise UnreadableStory(f"What may not be used is not imported: {withheld}.")
    for kind in _all_of(item, "type"):
        if kind not in ("text", "composite"):
            raise UnreadableStory(f"It is of type “{_shown(kind)}”; stories are of type text.")
    body = _body(item)
    members = {
        "id": _string(item, "uri"),
        "headline": _string(item, "headline") or _first(item, "headlines", "value"),
        "standfirst": _string(item, "description_text") or _first(item, "descriptions", "value") or _opening(body),
        "published_at": _string(
            item, "firstCreated", "firstcreated", "contentCreated", "versionCreated", "versioncreated"
        ),
        "section": next(_of(item, "subjects", rel="section"), {}).get("literal") or defaults.section,
        "authors": _authors(item) or [defaults.author],
        "dateline": _string(item, "located")[:80],
        "language": _string(item, "language")[:8],
        "body": body,
        "tags": list(_tags(item)),
    }
    story = read_members({name: value for name, value in members.items() if value})
    return replace(story, version=_version(item))


def version_of(line: str | bytes) -> Found | None:
    """The uri of an item and its version: by its number, and by its time where numbers are equal."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(item, dict) or not (uri := _string(item, "uri")):
        return None
    withheld, until = _withheld(item)
    return Found(uri, _version(item), withheld, until)


def _version(item: Mapping[str, Any]) -> Version:
    return _numbers(item.get("version")), _made_at(item)


def _numbers(version: object) -> tuple[int, ...]:
    """Takes 7, "7" and "2.1"; none are in what is neither number nor text. No version has more parts than are read."""
    if not isinstance(version, str | int | float) or isinstance(version, bool):
        return ()
    parts = re.finditer(r"[0-9]{1,18}", str(version))
    return tuple(int(number[0]) for number in islice(parts, MOST_PARTS))


def _made_at(item: Mapping[str, Any]) -> datetime:
    """The earliest moment there is, where it does not say it."""
    try:
        at = parse_datetime(_string(item, "versionCreated", "versioncreated"))
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else EARLIEST
    except (ValueError, OverflowError):
        return EARLIEST


def _withheld(item: Mapping[str, Any]) -> tuple[str, datetime | None]:
    """Why it may not be used, empty where it may, and the moment from which on it may. What is there and cannot be read
    is no permission, and has no end."""
    for status in _all_of(item, "pubStatus", "pubstatus"):
        if status != "usable":
            return f"its status is “{_shown(status)}”", None
    ends = [(until, _end_of(until)) for until in _all_of(item, *EMBARGOES)]
    lasting = [(until, end) for until, end in ends if end is None or end > timezone.now()]
    if not lasting:
        return "", None
    known = [end for _, end in lasting if end is not None]
    return f"it is embargoed until “{_shown(lasting[0][0])}”", max(known) if len(known) == len(lasting) else None


def _end_of(until: object) -> datetime | None:
    """When it has passed; a moment without a time zone, or a day, once it has passed everywhere. None of what cannot be
    read."""
    if not isinstance(until, str):
        return None
    try:
        moment = parse_datetime(until.strip())
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=LAST_TIME_ZONE)
        return moment.astimezone(UTC) if moment is not None else None
    except (ValueError, OverflowError):
        return None


def _all_of(item: Mapping[str, Any], *names: str) -> list[object]:
    """What stands in these members; that one is null or blank says nothing."""
    values = (item.get(name) for name in names)
    return [value for value in values if value is not None and not (isinstance(value, str) and not value.strip())]


def _shown(value: object) -> str:
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:40]


def _body(item: Mapping[str, Any]) -> str:
    for name in ("body_xhtml", "body_html"):
        if written := _string(item, name):
            return written
    bodies = sorted(
        _objects(item, "bodies"), key=lambda body: "html" not in _string(body, "contentType", "contenttype")
    )
    for body in bodies:
        if written := _string(body, "value"):
            return written if "html" in _string(body, "contentType", "contenttype") else _paragraphs(written)
    return _paragraphs(_string(item, "body_text"))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in _PARAGRAPHS.split(text) if part.strip())


def _opening(body: str) -> str:
    """The words of the first paragraph, whole ones. None of a body that is refused in any case."""
    cleaned = body_of_story(body)
    words = cleaned.text.partition("\n")[0] if cleaned else ""
    return words if len(words) <= LONGEST_STANDFIRST else f"{words[:LONGEST_STANDFIRST].rpartition(' ')[0]} …"


def _authors(item: Mapping[str, Any]) -> list[str]:
    named = [
        *_of(item, "infoSources", role="author"),
        *_of(item, "people", rel="author"),
    ]
    if named:
        return [name for author in named if (name := _string(author, "name"))]
    signed = re.sub(r"^by\s+", "", _string(item, "by", "byline").strip(), flags=re.IGNORECASE)
    return [name for name in _SIGNED.split(signed) if name]


def _tags(item: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The countries among its places, by their two letters. Other vocabularies are the archive's own: the tagger reads
    the text for those."""
    for place in _objects(item, "places"):
        code = _string(place, "literal", "code")
        if _COUNTRY.fullmatch(code):
            rel = _string(place, "rel")
            yield {"country": code, "role": rel if rel in Role.values else Role.MENTION}


def _of(item: Mapping[str, Any], name: str, **is_: str) -> Iterator[dict[str, Any]]:
    return (found for found in _objects(item, name) if all(found.get(key) == value for key, value in is_.items()))


def _first(item: Mapping[str, Any], name: str, member: str) -> str:
    return next((value for found in _objects(item, name) if (value := _string(found, member))), "")


def _objects(item: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    value = item.get(name)
    return (found for found in value if isinstance(found, dict)) if isinstance(value, list) else iter(())


def _string(item: Mapping[str, Any], *names: str) -> str:
    """The first of these members that is a text with something in it."""
    return next((value for name in names if isinstance(value := item.get(name), str) and value.strip()), "")
