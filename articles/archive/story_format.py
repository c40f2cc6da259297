"""One story of an archive, as a line of JSON: what it may hold, and what is wrong with it.

The format is described in docs/importing.md. Plain Python: no database is asked.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.validators import slug_re
from django.utils.dateparse import parse_datetime

from articles.archive.versions import UNVERSIONED, Found, Version
from articles.body import Body, clean_text
from articles.models.article import ArticleType
from articles.models.quote import Quote
from articles.models.tag import Role
from articles.newsroom_clock import EARLIEST
from articles.story_files import MAXIMUM_BYTES, UnreadableStory, body_of_story

MEMBERS = frozenset(
    (
        *("id", "type", "headline", "slug", "standfirst", "published_at", "section", "language", "authors"),
        *("dateline", "source_name", "may_syndicate", "body", "tags", "quotes", "related", "version"),
    )
)
OF_TAG = frozenset(["country", "entity", "role"])
OF_QUOTE = frozenset(["text", "kind", "speaker", "speaker_kind", "speaker_role", "speaker_entity", "speaker_country"])
# Takes "en" and "en-GB", refuses "English" and "en_GB" (BCP 47, as far as a column goes).
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
# With the name of the archive before it, an id fits into its column.
LONGEST_ID, LONGEST_SOURCE = 160, 39
LONGEST = {"headline": 250, "slug": 120, "standfirst": 500, "dateline": 80, "source_name": 120, "language": 8}
LONGEST_OF_QUOTE = {"speaker": 200, "speaker_role": 200}
# What the database cannot hold: takes U+0000 and half of a pair of UTF-16, refuses "é" and the whole pair.
UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ArchiveTag:
    """A country by its two letters, or an entity by its address such as organisation/nato, with its role."""

    country: str
    entity: str
    role: str


@dataclass(frozen=True, slots=True)
class ArchiveQuote:
    """A quotation whose words stand in the body: `text[start:end]`."""

    text: str
    start: int
    kind: str
    speaker: str
    speaker_kind: str
    speaker_role: str
    speaker_entity: str
    speaker_country: str


@dataclass(frozen=True, slots=True)
class ArchiveStory:
    """A story that was published elsewhere. `columns` are those of the article that are written as they are."""

    id: str
    published_at: datetime
    section: str
    authors: tuple[str, ...]
    columns: dict[str, Any]
    body: Body
    tags: tuple[ArchiveTag, ...]
    quotes: tuple[ArchiveQuote, ...]
    related: tuple[str, ...]
    version: Version = UNVERSIONED


def external_id(source: str, identifier: str) -> str:
    """By which a story of an archive is known again: the archive's name, and its id there."""
    return f"{source}/{identifier}"


def read_archive_story(line: str | bytes) -> ArchiveStory:
    """Read one line.

    Raises:
        UnreadableStory: it is not JSON, lacks a part, or a part is not what belongs there.
    """
    try:
        story = json.loads(line)
    except ValueError as error:
        raise UnreadableStory(f"This is not JSON: {error}.") from None
    except RecursionError:
        raise UnreadableStory("This is not JSON of a story: its brackets are nested far too deep.") from None
    if not isinstance(story, dict):
        raise UnreadableStory("A line holds one JSON object.")
    version = story.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UnreadableStory("“version” is a whole number from 1 on.")
    return replace(read_members(story), version=((version,), EARLIEST))


def version_of(line: str | bytes) -> Found | None:
    """The id of a line and its version, None of a line that has none. Nothing else of it is judged."""
    try:
        story = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(story, dict) or not isinstance(identifier := story.get("id"), str):
        return None
    return Found(identifier, ((_number(story.get("version", 1)),), EARLIEST))


def _number(version: object) -> float:
    """A number that is written as a text is weighed all the same. What is none may well be the newest: as such it is
    refused, and lets no older one go live."""
    if isinstance(version, int) and not isinstance(version, bool):
        return version
    if isinstance(version, str) and re.fullmatch("[0-9]{1,18}", version, re.ASCII):
        return int(version)
    return math.inf


def read_members(story: dict[str, Any]) -> ArchiveStory:
    """Read the members of one object.

    Raises:
        UnreadableStory: one is missing, unknown, or not what belongs there.
    """
    _refuse_unknown(story, MEMBERS, "a story")
    body = body_of_story(_written(story, "body"))
    if body is None:
        raise UnreadableStory(
            f"“body” is larger than {MAXIMUM_BYTES // 2**20} MB, which no story is: make several of it."
        )
    if not _is_visible(body.text):
        raise UnreadableStory("“body” holds no words.")
    return ArchiveStory(
        id=_identifier(story),
        published_at=_moment(story),
        section=_text(story, "section"),
        authors=tuple(_names(story, "authors")),
        columns=_columns(story),
        body=body,
        tags=tuple(_tag(tag) for tag in _objects(story, "tags")),
        quotes=tuple(sorted((_quote(quote, body) for quote in _objects(story, "quotes")), key=lambda q: q.start)),
        related=_related(story),
    )


def _related(story: dict[str, Any]) -> tuple[str, ...]:
    identifiers = _strings(story, "related")
    for identifier in identifiers:
        _refuse_unwritable(identifier, "related")
    return tuple(dict.fromkeys(identifiers))


def is_identifier(written: str) -> bool:
    """Whether a story could be known by it."""
    return len(written) <= LONGEST_ID and written.isprintable()


def _identifier(story: dict[str, Any]) -> str:
    identifier = _text(story, "id")
    if not is_identifier(identifier):
        raise UnreadableStory(f"“id” is longer than {LONGEST_ID} characters, or holds signs that cannot be seen.")
    return identifier


def _columns(story: dict[str, Any]) -> dict[str, Any]:
    columns = {name: _words(story, name) for name in ("headline", "standfirst")}
    columns |= {name: _optional_words(story, name) for name in ("slug", "dateline", "source_name")}
    columns["language"] = _optional(story, "language") or "en"
    if not LANGUAGE.fullmatch(columns["language"]):
        raise UnreadableStory(f"“language” is “{columns['language'][:20]}”: a code such as en or en-GB.")
    columns["type"] = _choice(story, "type", ArticleType.values) or ArticleType.NEWS
    columns["may_syndicate"] = story.get("may_syndicate", True)
    if not isinstance(columns["may_syndicate"], bool):
        raise UnreadableStory("“may_syndicate” is true or false.")
    if columns["slug"] and not slug_re.match(columns["slug"]):
        raise UnreadableStory(
            f"“slug” is “{columns['slug'][:60]}”: letters of a to z, digits, hyphens and underscores."
        )
    _refuse_too_long(columns, LONGEST)
    return columns


def _tag(tag: dict[str, Any]) -> ArchiveTag:
    _refuse_unknown(tag, OF_TAG, "a tag")
    country, entity = _optional(tag, "country"), _optional(tag, "entity")
    if bool(country) == bool(entity):
        raise UnreadableStory(
            "A tag names a “country” by its two letters or an “entity” such as organisation/nato, one of them."
        )
    return ArchiveTag(country, entity, _choice(tag, "role", Role.values) or Role.MENTION)


def _quote(quote: dict[str, Any], body: Body) -> ArchiveQuote:
    _refuse_unknown(quote, OF_QUOTE, "a quotation")
    text = _words(quote, "text")
    said_by = {"speaker": _words(quote, "speaker"), "speaker_role": _optional_words(quote, "speaker_role")}
    _refuse_too_long(said_by, LONGEST_OF_QUOTE)
    start = body.text.find(text)
    if start < 0:
        raise UnreadableStory(f"The words of the quotation “{text[:60]}” do not stand in the body.")
    return ArchiveQuote(
        text=text,
        start=start,
        kind=_choice(quote, "kind", Quote.Kind.values) or Quote.Kind.DIRECT,
        **said_by,
        speaker_kind=_choice(quote, "speaker_kind", Quote.SpeakerKind.values) or Quote.SpeakerKind.PERSON,
        speaker_entity=_optional(quote, "speaker_entity"),
        speaker_country=_optional(quote, "speaker_country"),
    )


def _moment(story: dict[str, Any]) -> datetime:
    """In UTC: a time zone that Python knows, such as +23:59, the database may not."""
    written = _text(story, "published_at")
    try:
        moment = parse_datetime(written)
        at = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        at = None
    if at is None:
        raise UnreadableStory(f"“published_at” is “{written[:40]}”: give a moment such as 2026-11-25T08:30:00Z.")
    if at < EARLIEST:
        raise UnreadableStory(f"“published_at” is “{written[:40]}”: nothing is older than {EARLIEST:%Y} here.")
    return at


def _refuse_unknown(found: dict[str, Any], known: frozenset[str], what: str) -> None:
    if unknown := sorted(found.keys() - known):
        raise UnreadableStory(f"“{unknown[0]}” is no part of {what}; known are {', '.join(sorted(known))}.")


def _refuse_too_long(columns: dict[str, Any], longest: dict[str, int]) -> None:
    for name, most in longest.items():
        if len(columns[name]) > most:
            raise UnreadableStory(f"“{name}” has {len(columns[name])} characters; {most} is the most.")


def _words(found: dict[str, Any], name: str) -> str:
    """As they are printed. Signs that nobody sees are no words."""
    words = _optional_words(found, name)
    if not _is_visible(words):
        raise UnreadableStory(f"“{name}” is missing, or holds nothing that can be seen.")
    return words


def _is_visible(words: str) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in words)


def _optional_words(found: dict[str, Any], name: str) -> str:
    return clean_text(_written(found, name))


def _text(found: dict[str, Any], name: str) -> str:
    """As it is written."""
    value = _optional(found, name)
    if not value.strip():
        raise UnreadableStory(f"“{name}” is missing.")
    return value


def _optional(found: dict[str, Any], name: str) -> str:
    value = _written(found, name)
    _refuse_unwritable(value, name)
    return value


def _written(found: dict[str, Any], name: str) -> str:
    value = found.get(name) or ""
    if not isinstance(value, str):
        raise UnreadableStory(f"“{name}” is a text.")
    return value


def _refuse_unwritable(value: str, name: str) -> None:
    if UNWRITABLE.search(value):
        raise UnreadableStory(f"“{name}” holds a sign that is none (U+0000, or half of a pair of UTF-16): take it out.")


def _choice(found: dict[str, Any], name: str, choices: Sequence[str]) -> str:
    value = _optional(found, name)
    if value and value not in choices:
        raise UnreadableStory(f"“{name}” is “{value}”; it is one of {', '.join(choices)}.")
    return value


def _names(story: dict[str, Any], name: str) -> list[str]:
    names = list(dict.fromkeys(clean_text(value) for value in _strings(story, name)))
    if not names or not all(_is_visible(value) for value in names):
        raise UnreadableStory(f"“{name}” names at least one person, and none of them empty.")
    if too_long := next((value for value in names if len(value) > 120), None):
        raise UnreadableStory(f"“{too_long[:40]}…” is longer than the 120 characters of a name.")
    return names


def _strings(story: dict[str, Any], name: str) -> list[str]:
    values = story.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UnreadableStory(f"“{name}” is a list of texts.")
    return values


def _objects(story: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = story.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise UnreadableStory(f"“{name}” is a list of objects.")
    return values
