"""Feeds by the grammars of RSS 2.0 and Atom and by what no grammar says; sitemaps by their schema.

No validator of feeds is to be had from the package registries. So the structure is judged by xmllint with grammars
that we wrote from the specifications, and a few rules of sense by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError

from .pages import Answer, ask
from .xml_judge import by_grammar, by_index_schema, by_sitemap_schema

RSS, ATOM = "application/rss+xml", "application/atom+xml"
GRAMMARS = {RSS: "rss.rng", ATOM: "atom.rng"}
# Pages that must offer their own feeds.
WITH_FEEDS = ("home", "section", "country", "person", "quotes", "corrections")
ASKED = 200
IN_ATOM = "{http://www.w3.org/2005/Atom}"
FAULTY_RSS = b"<rss version='2.0'><channel><title>No link, no description</title></channel></rss>"
FAULTY_ATOM = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>No id, no time</title></feed>"
FAULTY_MAP = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><lastmod>soon</lastmod></url></urlset>"
# Takes "Sitemap: https://example.org/sitemap.xml".
SITEMAP_LINE = re.compile(r"^sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def judge_feeds(report: Report, site: str, answers: dict[str, Answer]) -> None:
    _require_sight()
    offered = {name: _offered(answer.text) for name, answer in answers.items() if answer.kind == "text/html"}
    report.count("feeds_missing", [found for name in WITH_FEEDS for found in _missing(name, offered.get(name, {}))])
    links = {_path(href): kind for feeds in offered.values() for href, kind in feeds.items()}
    if links:
        report.count(
            "feed_errors", [found for path, kind in sorted(links.items()) for found in _feed(site, path, kind)]
        )
    report.note(f"feeds judged: {len(links)}")
    report.count("sitemap_errors", list(_sitemaps(report, site)))


def _require_sight() -> None:
    """Raises JudgeAbsentError where a document known to be faulty passes."""
    blind = not by_grammar(FAULTY_RSS, "rss.rng") or not by_grammar(FAULTY_ATOM, "atom.rng")
    if blind or not by_sitemap_schema(FAULTY_MAP) or not by_index_schema(FAULTY_MAP):
        raise JudgeAbsentError("xmllint let a faulty feed or sitemap pass")


def _offered(html: str) -> dict[str, str]:
    """Addresses of the feeds that a page offers in its head, with their types."""
    links = LexborHTMLParser(html).css("link[rel~=alternate]")
    found = {link.attributes.get("href") or "": link.attributes.get("type") or "" for link in links}
    return {href: kind for href, kind in found.items() if kind in GRAMMARS}


def _path(href: str) -> str:
    parts = urlsplit(href)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _missing(page: str, feeds: dict[str, str]) -> Iterator[Finding]:
    for kind in GRAMMARS:
        if kind not in feeds.values():
            yield Finding("feeds", page, f"offers no {kind}")


def _feed(site: str, path: str, kind: str) -> Iterator[Finding]:
    answer = ask(site, path)
    if answer.status != 200:
        yield Finding("feeds", path, f"answers {answer.status}")
        return
    if answer.kind != kind:
        yield Finding("feeds", path, f"is served as {answer.kind}, offered as {kind}")
    messages = by_grammar(answer.body, GRAMMARS[kind])
    yield from (Finding("feeds", path, message) for message in messages)
    if not messages:
        yield from (Finding("feeds", path, message) for message in _sense(site + path, answer.body, kind))
    again = ask(site, path, **{"If-None-Match": answer.headers.get("etag", "none")})
    if again.status != 304:
        yield Finding("feeds", path, f"answers {again.status} to its own ETag")
    if "set-cookie" in answer.headers:
        yield Finding("feeds", path, "sets a cookie")


def _sense(address: str, document: bytes, kind: str) -> Iterator[str]:
    """What a grammar cannot say: identities are unique, and the feed names itself."""
    root = ElementTree.fromstring(document)
    entries = root.findall(f"{IN_ATOM}entry") if kind == ATOM else root.findall("channel/item")
    name = f"{IN_ATOM}id" if kind == ATOM else "guid"
    identities = [(entry.findtext(name) or "").strip() for entry in entries]
    if len(identities) != len(set(identities)):
        yield "two entries have one identity"
    own = [link.get("href", "") for link in root.iter(f"{IN_ATOM}link") if link.get("rel") == "self"]
    if address not in [urljoin(address, href) for href in own[:1]]:
        yield f"names itself {own[:1]}, not {address}"


def _sitemaps(report: Report, site: str) -> Iterator[Finding]:
    robots = ask(site, "/robots.txt")
    listed = SITEMAP_LINE.findall(robots.body.decode(errors="replace")) if robots.status == 200 else []
    if not listed:
        yield Finding("sitemaps", "/robots.txt", f"answers {robots.status} and names {len(listed)} sitemaps")
    judged: set[str] = set()
    waiting = [_path(address) for address in listed]
    while waiting:
        path = waiting.pop()
        if path in judged:
            continue
        judged.add(path)
        answer = ask(site, path)
        is_index = b"<sitemapindex" in answer.body
        messages = by_index_schema(answer.body) if is_index else by_sitemap_schema(answer.body)
        if answer.status != 200:
            messages = [f"answers {answer.status}"]
        yield from (Finding("sitemaps", path, message) for message in messages)
        if not messages:
            places = [
                (found.text or "").strip() for found in ElementTree.fromstring(answer.body).iter(f"{{{_SPACE}}}loc")
            ]
            yield from (
                Finding("sitemaps", path, f"names {place}, not ours") for place in places if not place.startswith(site)
            )
            if is_index:
                waiting += [_path(place) for place in places]
            else:
                yield from _stale(site, path, places)
    report.note(f"sitemaps judged: {len(judged)}")


_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _stale(site: str, path: str, places: list[str]) -> Iterator[Finding]:
    """Whatever a sitemap names must be there at that very address; of a long one every nth is asked for."""
    for place in places[:: len(places) // ASKED + 1]:
        answer = ask(site, _path(place), method="HEAD")
        if answer.status != 200:
            yield Finding("sitemaps", path, f"{_path(place)} answers {answer.status}")
