"""Every span of every story: whether its offsets say what it says, in code points and in JavaScript's units."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.audits.report import Finding, Report
from tests.audits.tools import ROOT, JudgeAbsentError

from .asking import Client
from .tools import PACKAGES

GUIDE = ROOT / "docs" / "partner-api.md"
# The helper as the guide prints it, without the line that shows its use.
HELPER = re.compile(r"```js\n(?P<function>function utf16\(.*?\n}\n)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """What a story says stands at a range of its text."""

    article: str
    what: str
    start: int
    end: int
    words: str


def judge_spans(report: Report, site: str) -> None:
    """Of the stories as they are now and as each was in its earlier versions."""
    stories = list(_stories(Client(site)))
    spans = {story["api_url"]: list(spans_of(story)) for story in stories}
    every = [span for found in spans.values() for span in found]
    report.figure("spans_checked", len(every))
    texts = {story["api_url"]: story["body"]["text"] for story in stories}
    report.count("spans_wrong", [_finding(span) for span in every if wrong(texts[span.article], span)])
    _require_wide(texts, every)
    report.count("spans_wrong_in_utf16", [_finding(span) for span in wrong_in_utf16(texts, every)])
    report.note(f"spans: {len(every)} of {len(stories)} stories and earlier versions")


def _stories(client: Client) -> Iterator[dict[str, Any]]:
    for story in client.every("/api/v1/articles"):
        yield story
        for version in client.get(f"/api/v1/articles/{story['id']}/versions").json()["items"]:
            if not version["is_current"]:
                path = f"/api/v1/articles/{story['id']}/versions/{version['version']}"
                yield client.get(path).json() | {"api_url": path}


def spans_of(story: dict[str, Any]) -> Iterator[Span]:
    """Blocks, whose words are the text between blank lines; quotes; mentions of countries and entities."""
    name, text = story["api_url"], story["body"]["text"]
    blocks = text.split("\n\n") if text else []
    for block, words in zip(story["body"]["blocks"], blocks, strict=True):
        yield Span(name, f"block {block['id']}", block["start"], block["end"], words)
    for quote in story["quotes"]:
        yield Span(name, f"quote {quote['ordinal']}", quote["start"], quote["end"], quote["text"])
    for tag in (*story["countries"], *story["entities"]):
        for mention in tag["mentions"]:
            yield Span(name, f"mention of {tag['name']}", mention["start"], mention["end"], mention["as_written"])


def wrong(text: str, span: Span) -> bool:
    return text[span.start : span.end] != span.words or not span.words


def wrong_in_utf16(texts: dict[str, str], spans: list[Span]) -> list[Span]:
    """The spans that JavaScript does not find where the guide's helper says; judged by Node."""
    helper = HELPER.search(GUIDE.read_text(encoding="utf-8"))
    if helper is None:
        raise JudgeAbsentError("docs/partner-api.md has no helper “utf16”")
    given = {"helper": helper["function"], "texts": texts, "spans": [asdict(span) for span in spans]}
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="newsroom-audit-") as file:
        json.dump(given, file)
        file.flush()
        return [spans[place] for place in PACKAGES.said("spans.mjs", file.name)]


def _require_wide(texts: dict[str, str], spans: list[Span]) -> None:
    """Raises JudgeAbsentError where no span stands behind a character of two units, or a wrong one passes."""
    behind = [span for span in spans if any(ord(letter) > 0xFFFF for letter in texts[span.article][: span.start])]
    if not behind:
        raise JudgeAbsentError("no span stands behind a character that takes two units of UTF-16")
    first = behind[0]
    moved = Span(first.article, "moved", first.start + 1, first.end + 1, first.words)
    if not wrong(texts[first.article], moved) or wrong_in_utf16(texts, [moved]) != [moved]:
        raise JudgeAbsentError("a span that is off by one passes")


def _finding(span: Span) -> Finding:
    return Finding("spans", span.article, f"{span.what} at {span.start}–{span.end} is not “{span.words[:80]}”")
