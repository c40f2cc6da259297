"""What is read of a feed, whatever its format, and how the parts of an entry are made safe."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape

from articles.body import clean_body, clean_text

LONGEST_ID = 500
# Of the HTML of one story; no story is as long.
LONGEST_MARKUP = 1_000_000
LONGEST_TEXT = 200_000
# Opening and closing tags of one story. Sanitisers take ever longer the deeper tags stand in each other.
MOST_TAGS = 10_000
# Of what becomes one line, with its markup; the rest would be cut off anyway.
LONGEST_LINE = 8_000
# Takes "en", "en-GB", "zh-Hans"; refuses "english".
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z")
# In clean HTML, where ">" stands in no attribute. Pictures of agencies have rights of their own: the desk uploads what
# it may show.
_PICTURES = re.compile(r"<figure>.*?</figure>|<img\b[^>]*>", re.DOTALL)
# Takes "<p>" and "<a href='x'"; refuses "a < b" and "<pages". What stands behind the name is not looked at: to look for
# an end that never comes, from each beginning anew, takes hours.
_TAG = re.compile(r"<(?:p|br|div|ul|ol|h[1-6]|a|b|i|em|strong|span|blockquote|img|table)\b", re.IGNORECASE)
# Takes "&#8217;"; refuses "&#1111111111111", which Python refuses to count where it is long.
_ENDLESS_REFERENCE = re.compile(r"&#(?=[0-9A-Za-z]{12})")


class UnreadableFeed(Exception):
    """The whole cannot be read; the message tells an editor what to do."""


class UnreadableEntry(Exception):
    """One item cannot be used; the message says why, after its name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as it came, sanitised and within the lengths that are kept."""

    guid: str
    headline: str
    body: str = ""
    text: str = ""
    standfirst: str = ""
    version: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = ""
    urgency: int | None = None
    link: str = ""
    note: str = ""
    usage_terms: str = ""
    embargo_until: datetime | None = None
    # Of an embargo that no time could be read of.
    embargo_words: str = ""
    sent_at: datetime | None = None
    evolved_from: str = ""

    @property
    def content_hash(self) -> str:
        """Of all that an update could change; not of ids, versions and times alone."""
        parts = (self.headline, self.standfirst, self.body, self.byline, self.dateline, self.note)
        # What few stories have counts only where it is: the others keep the hash that they always had.
        rare = (part for part in (self.usage_terms, self.embargo_words) if part)
        whole = "\0".join((*parts, str(self.urgency), str(self.embargo_until), *rare))
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Of the words alone, as articles/story_files.py counts them."""
        return hashlib.sha256(" ".join((self.text or self.headline).split()).casefold().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Removal:
    """The agency takes a story back: it must not be used any more."""

    guid: str
    note: str = ""
    headline: str = ""
    version: str = ""
    at: datetime | None = None
    # The same reading of the feed brought a newer version.
    is_overtaken: bool = False

    @property
    def mark(self) -> str:
        """By which this very kill is known again; empty where it has neither count nor time, and each is another."""
        if not self.version and self.at is None:
            return ""
        return hashlib.sha256(f"{self.version} {self.at}".encode()).hexdigest()[:16]


@dataclass(slots=True)
class Feed:
    """What a feed holds, in its own order. `faults` say of each item that was left out what is wrong with it."""

    entries: list[Entry | Removal] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def kept_id(written: str) -> str:
    """An agency's id as it is kept: one that is too long by its hash."""
    cleaned = clean_text(written)
    if len(cleaned) <= LONGEST_ID:
        return cleaned
    return f"sha256:{hashlib.sha256(cleaned.encode()).hexdigest()}"


def line_of(written: str, most: int) -> str:
    """One line of plain text of what may hold markup or be escaped twice."""
    text = clean_text(unescape(_ENDLESS_REFERENCE.sub("&amp;#", written[:LONGEST_LINE])))
    if has_markup(text):
        text = clean_text(clean_body(text).text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def has_markup(text: str) -> bool:
    """Whether a tag begins in it and one ends after that."""
    begins = _TAG.search(text)
    return begins is not None and text.rfind(">") > begins.start()


def body_of(written: str, *, is_html: bool = True) -> tuple[str, str]:
    """Clean HTML without pictures, and its plain text.

    Raises:
        UnreadableEntry: it is longer than any story, or has more tags.
    """
    if len(written) > LONGEST_MARKUP:
        raise UnreadableEntry(f"it is larger than {LONGEST_MARKUP // 1000} kB, which no story is")
    if is_html and written.count("<") > MOST_TAGS:
        raise UnreadableEntry(f"it has more than {MOST_TAGS // 1000},000 tags, which no story has")
    clean = clean_body(written if is_html and has_markup(written) else paragraphs_of(written, is_html=is_html))
    if _PICTURES.search(clean.html):
        clean = clean_body(_PICTURES.sub("", clean.html))
    if len(clean.text) > LONGEST_TEXT:
        raise UnreadableEntry(f"it has more than {LONGEST_TEXT // 1000},000 characters, which no story has")
    return clean.html, clean.text


def paragraphs_of(text: str, *, is_html: bool) -> str:
    """Plain text as HTML, a paragraph for each line or group of lines; `is_html`: its signs are escaped already.

    Raises:
        UnreadableEntry: it has more lines than any story.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n\s*\n", lines) if re.search(r"\n\s*\n", lines) else lines.split("\n")
    if len(parts) > MOST_TAGS:
        raise UnreadableEntry(f"it has more than {MOST_TAGS // 1000},000 lines, which no story has")
    return "".join(f"<p>{part if is_html else escape(part)}</p>" for part in parts if part.strip())


def language_of(written: str) -> str:
    """Where it is one that can be kept, else empty."""
    tag = written.strip().replace("_", "-")
    tag = tag[:1].lower() + tag[1:]
    return tag if LANGUAGE.match(tag) else ""
