"""ninjs, versions 1 to 3: one story, a list of them, or an object that holds such a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsroom.wire.reading.decoding import UNREADABLE_LETTERS, decoded
from newsroom.wire.reading.entries import (
    Entry,
    Feed,
    Removal,
    UnreadableEntry,
    UnreadableFeed,
    body_of,
    kept_id,
    language_of,
    line_of,
)
from newsroom.wire.reading.moments import moment_of, sent_moment_of

MOST_ITEMS = 1000
LISTS = ("items", "_items", "results", "data")
# As the versions of ninjs call it.
EMBARGOES = ("embargoed", "embargoeduntil", "embargoedUntil")
# What must not be used: of the IPTC's own vocabulary, with both spellings.
TAKEN_BACK = {"canceled", "cancelled", "withheld"}


def read_ninjs(body: bytes, content_type: str, *, now: datetime) -> Feed:
    text, is_whole = decoded(body, content_type)
    items = _items_of(_parsed(text))
    feed = Feed()
    for number, item in enumerate(items[:MOST_ITEMS], start=1):
        try:
            if (found := _read(item, now)) is not None:
                feed.entries.append(found)
                if isinstance(found, Entry) and found.embargo_words:
                    feed.faults.append(f"Item {number} ({_name_of(item)}): {_of_embargo(found)}")
        except UnreadableEntry as error:
            feed.faults.append(f"Item {number} ({_name_of(item)}): {error}.")
    if len(items) > MOST_ITEMS:
        feed.faults.append(f"It has {len(items)} items; the first {MOST_ITEMS} were read.")
    if not is_whole:
        feed.faults.append(UNREADABLE_LETTERS)
    return feed


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableFeed("It is built as no feed is: too deep. Tell the agency.") from None
    except ValueError:
        raise UnreadableFeed(
            "It answered with something that is no whole JSON. Check the address and the format."
        ) from None


def _items_of(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        for name in LISTS:
            if isinstance(document.get(name), list):
                return list(document[name])
        if "uri" in document:
            return [document]
    raise UnreadableFeed("It holds no ninjs stories. Check the address and the format.")


def _read(item: Any, now: datetime) -> Entry | Removal | None:
    """None for a picture or a video, which are no stories."""
    if not isinstance(item, dict):
        raise UnreadableEntry("it is no object")
    guid = kept_id(_string(item, "uri"))
    if not guid:
        raise UnreadableEntry("it has no “uri”, by which an update could be known")
    status = (_string(item, "pubstatus", "pubStatus") or "usable").lower()
    headline = line_of(_string(item, "headline") or _of_list(item, "headlines"), 250)
    if status in TAKEN_BACK:
        said = line_of(_string(item, "ednote", "edNote"), 450)
        note = f"{status.capitalize()}{': ' if said else '.'}{said}"
        return Removal(guid, note=note, headline=headline, version=_version(item), at=_sent_at(item, now))
    if status != "usable":
        raise UnreadableEntry(f"its status “{status[:20]}” is none that we know")
    if (_string(item, "type") or "text") not in ("text", "composite"):
        return None
    return _entry(item, guid, headline, now)


def _entry(item: dict[str, Any], guid: str, headline: str, now: datetime) -> Entry:
    body, text = _body(item)
    if not headline and not text:
        raise UnreadableEntry("it has neither a headline nor words")
    urgency = item.get("urgency")
    embargo_until, embargo_words = _embargo(item)
    return Entry(
        guid=guid,
        headline=headline,
        body=body,
        text=text,
        standfirst=line_of(_string(item, "description_text") or _of_list(item, "descriptions"), 500),
        version=_version(item),
        byline=line_of(_string(item, "byline", "by"), 200),
        dateline=line_of(_string(item, "located"), 80),
        language=language_of(_string(item, "language")),
        urgency=urgency if isinstance(urgency, int) and not isinstance(urgency, bool) and 1 <= urgency <= 8 else None,
        note=line_of(_string(item, "ednote", "edNote"), 500),
        usage_terms=line_of(_string(item, "usageterms", "usageTerms") or _of_list(item, "usageterms"), 500),
        embargo_until=embargo_until,
        embargo_words=embargo_words,
        sent_at=_sent_at(item, now),
        evolved_from=kept_id(_string(item, "evolvedfrom", "evolvedFrom")),
    )


def _embargo(item: dict[str, Any]) -> tuple[datetime | None, str]:
    """Until when, or else what stands there: an embargo that cannot be read is one all the same."""
    written = [line for name in EMBARGOES if (value := item.get(name)) and (line := line_of(str(value)[:1000], 100))]
    until = [moment for line in written if (moment := moment_of(line)) is not None]
    if until:
        return max(until), ""
    return None, written[0] if written else ""


def _of_embargo(entry: Entry) -> str:
    return f"no time can be read of its embargo “{entry.embargo_words[:40]}”, so it is under embargo until lifted."


def _body(item: dict[str, Any]) -> tuple[str, str]:
    for name in ("body_html", "body_xhtml"):
        if written := _string(item, name):
            return body_of(written)
    if written := _string(item, "body_text"):
        return body_of(written, is_html=False)
    bodies = list(_objects(item.get("bodies")))
    bodies.sort(key=lambda body: "html" not in _string(body, "contenttype", "contentType"))
    for body in bodies:
        if written := _string(body, "value"):
            return body_of(written, is_html="html" in _string(body, "contenttype", "contentType"))
    return body_of("")


def _of_list(item: dict[str, Any], name: str) -> str:
    """The first value of the lists that ninjs has since its second version."""
    return next((value for found in _objects(item.get(name)) if (value := _string(found, "value"))), "")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (found for found in value if isinstance(found, dict))


def _string(item: dict[str, Any], *names: str) -> str:
    """The first of these members that is text; one of another type is as good as none."""
    return next((value for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def _version(item: dict[str, Any]) -> str:
    version = item.get("version")
    if isinstance(version, bool) or not isinstance(version, (str, int)):
        return ""
    return line_of(str(version)[:100], 60)


def _sent_at(item: dict[str, Any], now: datetime) -> datetime | None:
    return sent_moment_of(_string(item, "versioncreated", "versionCreated", "contentcreated"), now=now)


def _name_of(item: Any) -> str:
    named = _string(item, "headline", "uri") if isinstance(item, dict) else ""
    return line_of(named, 60) or "no name"
