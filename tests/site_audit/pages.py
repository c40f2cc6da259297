"""Every type of page that readers see, each with an address that shows it and the status that it must have."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from articles.models import Article, Author, EditionQuote, Listing, Representation
from entities.models import Entity, Kind
from tests.audits.report import Finding, Report

from .stories import Odd

# Takes "public, s-maxage=60"; a kill holds everywhere within this many seconds.
SHARED_SECONDS = re.compile(r"\bs-maxage=(\d+)")
LONGEST_SHARED = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A type of page; `path` is empty where the site has no such page."""

    name: str
    path: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


def address(name: str, *arguments: object, **query: str) -> str:
    """The address of a named page; empty where the site has none."""
    try:
        path = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(query)}" if query else path


def below(article: Article, name: str, *numbers: int) -> str:
    return address(name, _shown(article).path, *numbers)


def _shown(article: Article) -> Representation:
    return Representation.objects.get(article=article)


def all_pages(odd: Odd) -> list[Page]:
    """Every page type, on rows that have something to show and on rows that have least."""
    story = _best_story()
    return [
        Page("home", address("home")),
        Page("section", address("section", "sea")),
        Page("article", story.get_absolute_url()),
        Page("article-long", _shown(odd.long).get_absolute_url()),
        Page("article-bare", _shown(odd.bare).get_absolute_url()),
        Page("article-hostile", _shown(odd.hostile).get_absolute_url()),
        Page("article-corrected", _shown(odd.corrected).get_absolute_url()),
        Page("article-sealed", _shown(odd.sealed).get_absolute_url()),
        Page("versions", below(odd.corrected, "versions")),
        Page("version", below(odd.corrected, "version", 1)),
        Page("changes", below(odd.corrected, "version-changes", 2)),
        Page("version-sealed", below(odd.sealed, "version", 1), 410),
        Page("report", address("report", story.uuid)),
        Page("corrections", address("corrections")),
        Page("countries", address("countries")),
        Page("map", address("map")),
        Page("exercise-reported", address("entity", "exercise", "northern-lantern")),
        Page("diary", address("diary")),
        Page("storylines", address("storylines")),
        Page("storyline", address("storyline", "baltic-cable")),
        Page("country-pair", address("country-pair", "finland", "norway")),
        Page("entities", address("entities")),
        Page("entities-of-kind", address("entities-of", "equipment")),
        *_entity_pages(),
        *_archive_pages(),
        Page("authors", address("authors")),
        Page("author", address("author", Author.objects.order_by("pk")[0].slug)),
        Page("about", address("about")),
        Page("policies", address("policies")),
        Page("policy", address("policy", "corrections")),
        Page("contact", address("contact")),
        Page("feeds", address("feeds")),
        Page("not-found", "/news/2026/11/nothing-of-this-name/", 404),
        Page("killed", _shown(odd.killed).get_absolute_url(), 410),
        Page("withdrawn", _shown(odd.withdrawn).get_absolute_url(), 410),
        Page("failure", "/audit/failure/", 500),
    ]


def _best_story() -> Representation:
    """A story of the seeds with a picture and a quotation that is pulled out."""
    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at")
    best = live.filter(html__contains="pull-quote", image__isnull=False).first()
    assert best is not None
    return best


def _entity_pages() -> Iterator[Page]:
    """Of each kind the entity with the most stories; a country and an organisation that none names: only a country
    has a page before its first story."""
    for kind in Kind:
        named = Listing.objects.filter(entity__kind=kind, entity__is_hidden=False, entity__merged_into=None)
        most = named.values("entity").annotate(stories=Count("id")).order_by("-stories", "entity").first()
        path = Entity.objects.get(pk=most["entity"]).get_absolute_url() if most else ""
        yield Page(kind.value, path)
        if path and kind in (Kind.COUNTRY, Kind.EXERCISE):
            yield Page(f"{kind.value}-timeline", f"{path}timeline/")
        if kind not in (Kind.COUNTRY, Kind.ORGANISATION):
            continue
        unnamed = Entity.objects.filter(kind=kind, is_hidden=False, merged_into=None)
        none = unnamed.exclude(pk__in=Listing.objects.values("entity")).order_by("pk").first()
        if none is not None:
            status = 200 if kind is Kind.COUNTRY else 404
            yield Page(f"{kind.value}-without-stories", none.get_absolute_url(), status)


def _archive_pages() -> Iterator[Page]:
    yield Page("quotes", address("quotes"))
    yield Page("quotes-of-country", address("quotes", country="PL"))
    yield Page("compare", address("quotes-compare"))
    yield Page("compare-two", _two_speakers())
    yield Page("quotes-none", address("quotes", speaker="Nobody of this name"))
    yield Page("search", address("search", q="frigate"))
    yield Page("search-empty", address("search"))
    yield Page("search-none", address("search", q="qwzx vbnm"))
    yield Page("search-hostile", address("search", q="\"><script>alert(1)</script> ' OR 1=1 -- 舰队"))


def _two_speakers() -> str:
    """The comparison of the two who are quoted most."""
    live = EditionQuote.objects.filter(edition__in=Representation.objects.values("edition"), speaker_kind="person")
    said = live.exclude(speaker_name="").order_by().values("speaker_name").annotate(said=Count("id"))
    names = said.order_by("-said", "speaker_name").values_list("speaker_name", flat=True)[:2]
    return address("quotes-compare", **dict(zip(("one", "other"), names, strict=False)))


def ask(site: str, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """One request to the served site, as bytes came: nothing is unpacked and no redirect is followed."""
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(method, quote(path, safe="/?&=%+:;,@!$'()*~"), headers=headers)
        response = connection.getresponse()
        said = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, said, response.read())
    finally:
        connection.close()


def judge_pages(report: Report, site: str, pages: list[Page], answers: dict[str, Answer]) -> None:
    """Statuses, caching headers, cookies and nonces of what was answered."""
    report.count("pages_missing", [Finding("pages", page.name, "no such address") for page in pages if not page.path])
    asked = [page for page in pages if page.path]
    report.count("pages_with_another_status", [found for page in asked for found in _status(page, answers[page.name])])
    report.count("pages_with_cookie_or_nonce", [found for page in asked for found in _traces(page, answers[page.name])])
    report.count("pages_without_304", [found for page in asked for found in _fresh(site, page, answers[page.name])])


def _status(page: Page, answer: Answer) -> Iterator[Finding]:
    if answer.status != page.status:
        yield Finding("pages", page.name, f"{page.path} answers {answer.status}, not {page.status}")


def _traces(page: Page, answer: Answer) -> Iterator[Finding]:
    """What would make a page one reader's own, which a shared cache must not keep."""
    if "set-cookie" in answer.headers and page.name != "report":
        yield Finding("pages", page.name, f"sets a cookie: {answer.headers['set-cookie'][:60]}")
    if "nonce" in answer.headers.get("content-security-policy", "") or b" nonce=" in answer.body:
        yield Finding("pages", page.name, "contains a nonce")
    if b"csrfmiddlewaretoken" in answer.body and page.name != "report":
        yield Finding("pages", page.name, "contains a form token")
    if not answer.headers.get("content-security-policy"):
        yield Finding("pages", page.name, "has no content security policy")


def _fresh(site: str, page: Page, answer: Answer) -> Iterator[Finding]:
    """A page that is found has an ETag, answers 304 to it, and is kept by shared caches for a minute at most."""
    if page.status != 200 or page.name == "report":
        return
    tag = answer.headers.get("etag", "")
    again = ask(site, page.path, **{"If-None-Match": tag})
    if not tag or again.status != 304:
        yield Finding("pages", page.name, f"answers {again.status} to its own ETag {tag or '(none)'}")
    control = answer.headers.get("cache-control", "")
    shared = SHARED_SECONDS.search(control)
    if "no-store" not in control and (shared is None or int(shared[1]) > LONGEST_SHARED):
        yield Finding("pages", page.name, f"Cache-Control: {control or 'none'}")
