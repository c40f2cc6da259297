"""Read a story from a file or a paste: plain text or HTML, in whatever shape it comes.

Plain text: a paragraph a line (or paragraphs apart by blank lines, their lines wrapped); a first short line
without a full stop is the headline; a later one is a section heading; a line "Related News" opens a list of
titles. HTML: the first h1 or the title is the headline; the list under a heading "Related News" holds titles.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html import escape
from pathlib import PurePath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.body import Body, clean_body, clean_text
from articles.states import Refused

# Of its text, in UTF-8.
MAXIMUM_BYTES = 5 * 1024 * 1024
# Of the HTML that comes, tags and the attributes of other programs included.
LONGEST_MARKUP = 4 * MAXIMUM_BYTES
HEADLINE_LENGTH = 180
HEADING_LENGTH = 80
# Takes "Related News", "RELATED STORIES:"; refuses "Related News agencies said so."
RELATED_LINE = re.compile(r"(related|read also|see also)(\s+(news|stories|articles|reading))?\s*:?\Z", re.IGNORECASE)
# Takes "- War in Ukraine", "• Title"; refuses "-5 degrees" and "–military exercises".
BULLET = re.compile(r"[-*•–—]\s+(?=\S)")
# Takes "<p>", "<!DOCTYPE html>"; refuses "a < b" and "<3".
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|article|section|div|p|h1|h2|br|ul|span|script|style)\b[^>]*>", re.IGNORECASE
)
SENTENCE_END = (".", "!", "?", "…", ":", ";", ",", "”", '"', "’", "»", ")")
FURNITURE = "script, style, noscript, template, iframe, nav, header nav, footer, form, aside, button, svg"


class UnreadableStory(Refused):
    """The file or paste holds no story that can be read. The message says what to do."""

    code = "unreadable"


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A story as read: clean HTML of the body, and the titles of its Related News block."""

    headline: str
    body: str
    text: str
    related_titles: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the words alone, so that the same story in another layout is recognised."""
        return hashlib.sha256(" ".join(self.text.split()).casefold().encode()).hexdigest()


def read_story(source: bytes | str, *, filename: str = "", has_headline: bool = True) -> StoryFile:
    """Read a story; with `has_headline` False, a short first line of plain text belongs to the body.

    Raises:
        UnreadableStory: empty, larger than 5 MB, not text, not UTF-8, or without a single word.
    """
    text = source if isinstance(source, str) else _decode(source, filename)
    if len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise _too_large(filename)
    story = _read_html(text) if _is_html(text, filename) else _read_text(text, has_headline=has_headline)
    if not re.search(r"\w", story.text):
        raise UnreadableStory(f"{_name(filename)} holds no words: nothing was imported.")
    return story


def body_of_story(html: str) -> Body | None:
    """A body as it is kept; None of one that is larger than any story. Markup that is far larger is not even cleaned,
    which would take half a minute."""
    if len(html) > LONGEST_MARKUP:
        return None
    body = clean_body(html)
    return body if len(body.text.encode()) <= MAXIMUM_BYTES else None


def _decode(source: bytes, filename: str) -> str:
    if not source.strip():
        raise UnreadableStory(f"{_name(filename)} is empty: nothing was imported.")
    if len(source) > MAXIMUM_BYTES:
        raise _too_large(filename)
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in source:
        raise UnreadableStory(
            f"{_name(filename)} is not a text file: export the story as plain text or HTML, then import that."
        )
    else:
        encoding = "utf-8-sig"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableStory(
            f"{_name(filename)} is not in UTF-8 (the first unreadable byte is number {error.start + 1}): "
            "save it again with the encoding UTF-8, then import it."
        ) from error


def _too_large(filename: str) -> UnreadableStory:
    return UnreadableStory(
        f"{_name(filename)} is larger than {MAXIMUM_BYTES // 1024 // 1024} MB, which no story is: "
        "check that it is the right file, or split it."
    )


def _name(filename: str) -> str:
    return f"“{PurePath(filename).name}”" if filename else "The text"


def _is_html(text: str, filename: str) -> bool:
    if PurePath(filename).suffix.lower() in (".html", ".htm", ".xhtml"):
        return True
    return bool(MARKUP.search(text[:5000])) and text.lstrip()[:1] == "<"


def _read_text(text: str, *, has_headline: bool) -> StoryFile:
    lines = _paragraph_lines(text)
    headline = ""
    if has_headline and len(lines) > 1 and _is_headline(lines[0]):
        headline, lines = lines[0], lines[1:]
    paragraphs, titles = _without_related(lines)
    body = clean_body("".join(_block(line, place, len(paragraphs)) for place, line in enumerate(paragraphs)))
    return StoryFile(headline, body.html, body.text, titles)


def _paragraph_lines(text: str) -> list[str]:
    """A paragraph a line: blocks between blank lines are joined where their lines were wrapped by a program."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    lines: list[str] = []
    for block in re.split(r"\n[ \t]*\n+", unified):
        inner = [clean_text(line) for line in block.split("\n")]
        inner = [line for line in inner if line]
        lines.extend([" ".join(inner)] if _is_wrapped(inner) else inner)
    return lines


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken at a column, not by a writer: all but the last about as long as each other."""
    if len(lines) < 2 or any(BULLET.match(line) for line in lines):
        return False
    lengths = [len(line) for line in lines[:-1]]
    return all(40 <= length <= 100 for length in lengths) and max(lengths) - min(lengths) <= 25


def _is_headline(line: str) -> bool:
    return (
        len(line) <= HEADLINE_LENGTH
        and not line.endswith((".", "…", ":", ";", ",", "”", '"'))
        and bool(re.search(r"\w", line))
    )


def _block(line: str, place: int, lines: int) -> str:
    """A heading between paragraphs is a short line that does not end like a sentence."""
    is_between = 0 < place < lines - 1
    is_heading = is_between and len(line) <= HEADING_LENGTH and not line.endswith(SENTENCE_END)
    tag = "h2" if is_heading else "p"
    return f"<{tag}>{escape(line)}</{tag}>"


def _without_related(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The story's own lines, and the titles of a block that a line "Related News" opens."""
    own: list[str] = []
    titles: list[str] = []
    in_block = False
    for line in lines:
        if RELATED_LINE.match(line):
            in_block = True
        elif in_block and BULLET.match(line):
            titles.append(BULLET.sub("", line, count=1))
        else:
            in_block = False
            own.append(line)
    return own, tuple(dict.fromkeys(titles))


def _read_html(text: str) -> StoryFile:
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    page_title = clean_text(title.text()) if title else ""
    for node in tree.css(FURNITURE):
        node.decompose()
    root = tree.css_first("article") or tree.css_first("main") or tree.body or tree.root
    if root is None:
        return StoryFile(page_title, "", "", ())
    heading = root.css_first("h1") or tree.css_first("h1")
    headline = clean_text(heading.text()) if heading else page_title
    if heading is not None:
        heading.decompose()
    titles = _take_related(root)
    body = clean_body(root.html or "")
    return StoryFile(headline[:250], body.html, body.text, titles)


def _take_related(root: LexborNode) -> tuple[str, ...]:
    """Remove a "Related News" heading with the list behind it; its titles."""
    titles: list[str] = []
    for heading in root.css("h2, h3, h4, h5, p, strong"):
        if not RELATED_LINE.match(clean_text(heading.text())):
            continue
        block = heading.next
        while block is not None and block.tag == "-text" and not (block.text() or "").strip():
            block = block.next
        if block is not None and block.tag in ("ul", "ol"):
            titles.extend(clean_text(item.text()) for item in block.css("li"))
            block.decompose()
        heading.decompose()
    return tuple(dict.fromkeys(title for title in titles if title))
