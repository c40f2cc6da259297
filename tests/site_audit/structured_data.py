"""What pages say of themselves to machines: JSON-LD by schema.org's vocabulary, and what a news article must tell."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError

from .pages import Answer
from .tools import PACKAGES

# Pages that must carry JSON-LD; those of articles must carry a news article.
ARTICLES = ("article", "article-long", "article-bare", "article-hostile", "article-corrected", "article-sealed")
FAULTY = {"@context": "https://schema.org", "@type": "NewsArticle", "headlin": "A misspelt property"}
FAULTY_NAME = "known-to-be-faulty"
# Every subtype that a story may say it is, by schema.org.
NEWS_TYPES = {
    *("NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle"),
    *("ReportageNewsArticle", "ReviewNewsArticle"),
}


def judge_structured_data(report: Report, answers: dict[str, Answer]) -> None:
    found: list[Finding] = []
    data: dict[str, list[dict[str, Any]]] = {}
    for name, answer in answers.items():
        if answer.kind == "text/html" and answer.status == 200:
            objects, faults = _objects(answer.text)
            found += [Finding("structured data", name, fault) for fault in faults]
            data |= {name: objects} if objects else {}
    said = judged(data | {FAULTY_NAME: [FAULTY]})
    if not any(finding.page == FAULTY_NAME for finding in said):
        raise JudgeAbsentError("the judges of structured data let a faulty object pass")
    found += [finding for finding in said if finding.page != FAULTY_NAME]
    found += [finding for name in ARTICLES for finding in _article(name, data.get(name, []))]
    # Where no page has any, nothing has been judged, and the figure stays away.
    if data:
        report.count("structured_data_errors", found)
    without = [name for name in ARTICLES if name in answers and not data.get(name)]
    report.count("pages_without_structured_data", [Finding("structured data", name, "has none") for name in without])
    report.note(f"pages with structured data: {', '.join(data) or 'none'}")


def _objects(html: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The JSON-LD objects of a page, and what is no JSON."""
    objects: list[dict[str, Any]] = []
    faults = []
    for script in LexborHTMLParser(html).css("script[type='application/ld+json']"):
        try:
            parsed = json.loads(script.text())
        except ValueError as error:
            faults.append(f"is no JSON: {error}")
        else:
            objects += parsed if isinstance(parsed, list) else [parsed]
    return objects, faults


def judged(data: dict[str, list[dict[str, Any]]]) -> list[Finding]:
    """What schema.org's vocabulary and Adobe's validator say."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="newsroom-audit-") as file:
        json.dump([{"page": page, "data": objects} for page, objects in data.items()], file)
        file.flush()
        said = PACKAGES.said("structured_data.mjs", file.name)
    return [Finding("structured data", line["page"], line["message"]) for line in said]


def _article(page: str, objects: list[dict[str, Any]]) -> Iterator[Finding]:
    """What search engines ask of a news article: headline, dates with zones, authors with names, a publisher."""
    nodes = [node for found in objects for node in found.get("@graph", [found])]
    stories = [node for node in nodes if NEWS_TYPES & set(_listed(node.get("@type")))]
    if objects and not stories:
        yield Finding("structured data", page, "has no news article")
    for story in stories:
        yield from (Finding("structured data", page, fault) for fault in _faults(story))


def _faults(story: dict[str, Any]) -> Iterator[str]:
    for name in ("headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "url"):
        if not story.get(name):
            yield f"the news article has no {name}"
    for name in ("datePublished", "dateModified"):
        if story.get(name) and not _has_zone(story[name]):
            yield f"{name} is no time with a zone: {story[name]}"
    for author in _listed(story.get("author")):
        if not isinstance(author, dict) or not author.get("name"):
            yield f"an author has no name: {author}"
    for picture in _listed(story.get("image")):
        address = picture.get("url", "") if isinstance(picture, dict) else str(picture)
        if not urlsplit(address).netloc:
            yield f"a picture has no whole address: {address}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _has_zone(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
