"""Pages with CSS and JavaScript off: every word of the story is there, in its order, and nothing is nameless."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, Route, sync_playwright
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.models import Edition, Representation
from tests.audits.report import Finding, Report
from tests.audits.tools import CHROMIUM_FLAGS, PATIENCE_MS, JudgeAbsentError, chromium

from .pages import Answer, Page

HEADINGS = "h1, h2, h3, h4, h5, h6"
FAULTY = "<main><h1>A</h1><h1>B</h1><h3>C</h3><a href='/'></a><img src='/x'><p hidden>Words</p></main>"
FAULTS_OF_FAULTY = 4


def judge_plain_reading(report: Report, site: str, pages: list[Page], answers: dict[str, Answer]) -> None:
    if len(list(_faults(FAULTY))) < FAULTS_OF_FAULTY:
        raise JudgeAbsentError("the reading without CSS let a faulty page pass")
    found = [
        Finding("plain reading", name, fault)
        for name, answer in answers.items()
        if answer.kind == "text/html"
        for fault in _faults(answer.text)
    ]
    stories = [(page, edition) for page in pages if page.name in answers for edition in _editions(page)]
    if not stories:
        raise JudgeAbsentError("no article was read without CSS")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for page, edition in stories:
            words = read_plainly(browser, site + page.path)
            found += [Finding("plain reading", page.name, fault) for fault in _out_of_order(words, edition)]
        browser.close()
    report.count("faults_without_css_and_javascript", found)


def _editions(page: Page) -> list[Edition]:
    """The edition that the page shows, where it shows one."""
    path = page.path.removeprefix("/news/").rstrip("/")
    live = Representation.objects.filter(path=path, status=Representation.Status.LIVE).select_related("edition")
    return [shown.edition for shown in live if shown.edition is not None]


def read_plainly(browser: Browser, address: str) -> str:
    """The words that a browser without CSS and JavaScript shows in the main part, white space folded."""
    context = browser.new_context(java_script_enabled=False)

    def refuse_styles(route: Route) -> None:
        route.abort() if route.request.resource_type in ("stylesheet", "script", "font") else route.continue_()

    context.route("**/*", refuse_styles)
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    tab.goto(address)
    words = " ".join(tab.locator("main").inner_text().split())
    context.close()
    return words


def _out_of_order(words: str, edition: Edition) -> Iterator[str]:
    """Headline, standfirst and every block of the text must be read one after the other."""
    blocks = [edition.text[block["start"] : block["end"]] for block in edition.blocks]
    place = 0
    for part in (edition.headline, edition.standfirst, *blocks):
        text = " ".join(part.split())
        found = words.find(text, place)
        if found < 0:
            where = "stands too early" if text in words else "cannot be read"
            yield f"{where}: “{text[:80]}”"
        else:
            place = found + len(text)


def _faults(html: str) -> Iterator[str]:
    """Headings that skip a level, links and buttons without a name, pictures without alt, fields without a label."""
    document = LexborHTMLParser(html)
    levels = [int(heading.tag[1]) for heading in document.css(HEADINGS) if heading.tag]
    if levels.count(1) != 1:
        yield f"has {levels.count(1)} headings of the first level"
    for before, after in zip([0, *levels], levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    # A picture's link beside the headline's own is hidden from those who cannot see it, on purpose.
    for control in document.css("a[href]:not([aria-hidden=true]), button"):
        if not _name(control):
            yield f"has no name: {control.html[:100] if control.html else ''}"
    for picture in document.css("img:not([alt])"):
        yield f"a picture has no alt: {picture.html}"
    for styled in document.css("[style], style, script:not([src]):not([type='application/ld+json'])"):
        yield f"inline style or script: {styled.html[:100] if styled.html else ''}"
    identities = [found.attributes["id"] for found in document.css("[id]")]
    for link in document.css("a[href^='#']"):
        target = (link.attributes["href"] or "")[1:]
        if target and target not in identities:
            yield f"leads nowhere on its page: #{target}"


def _name(control: LexborNode) -> str:
    images = [image.attributes.get("alt") or "" for image in control.css("img, svg[aria-label]")]
    labels = [control.attributes.get(name) or "" for name in ("aria-label", "title")]
    titles = [title.text() for title in control.css("svg title")]
    return "".join([control.text(), *images, *labels, *titles]).strip()
