"""The public site in a real browser: accessibility, narrow screens, large type, weight, policy."""

import gzip
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles import publishing, suggestions
from tests.desk import make_country

pytestmark = pytest.mark.browser

WORDS = "The whole fleet will return to port by Friday at the latest, whatever the weather does."
LONG = "Unverhältnismäßigkeitsprüfungskommission and seventeen other bodies decide on the submarine’s radar"
BUDGET_BYTES = 100_000


@pytest.fixture
def paths(transactional_db, desk):
    """A story with everything on its page, a killed one, and the addresses of every kind of page."""
    norway = make_country("NO", "Norway", "NOR", "578")
    tides = type(norway).objects.create(kind="organisation", name="Tides", slug="tides", summary="Keeps the tides.")
    paragraphs = [f"<p>Paragraph {number} goes on about the fleet.</p>" for number in range(9)]
    article = desk.draft(
        LONG,
        body=f"<p>“{WORDS}”, said Ana Sample in Norway.</p><h2>Tides</h2>{''.join(paragraphs)}",
        dateline="OSLO",
        related=[{"title": "A title only"}, {"target": desk.live("Another story")}],
    )
    speaker = {"speaker_name": "Ana Sample", "speaker_as_written": "Ana Sample", "speaker_kind": "person"}
    suggestions.add_quote(
        article, start=1, end=1 + len(WORDS), by=desk.editor, speaker_country=norway.country_facts, **speaker
    )
    for entity in (norway, tides):
        suggestions.add_tag(article, entity, by=desk.editor, role="about")
    publishing.publish(desk.approve_again(article), by=desk.editor)
    desk.approve_again(desk.save(article, standfirst="It is right now."))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="It was wrong before.")
    return {
        "home": "/",
        "section": "/sections/sea/",
        "article": desk.fresh(article).representation.get_absolute_url(),
        "countries": "/countries/",
        "country": "/countries/norway/",
        "entity": "/entities/organisation/tides/",
        "quotes": "/quotes/",
        "author": "/authors/ana-sample/",
        "about": "/about/",
        "gone": desk.killed("Killed").representation.get_absolute_url(),
        "not found": "/nowhere/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_site_has_no_accessibility_violation(page, paths, scheme):
    page.emulate_media(color_scheme=scheme)
    violations = {}
    for name, path in paths.items():
        page.goto(path)
        found = Axe().run(page)
        violations[name] = [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found.response["violations"]]

    assert violations == {name: [] for name in paths}


@pytest.mark.parametrize(("width", "type_size"), [(320, "100%"), (390, "100%"), (640, "200%"), (1280, "100%")])
def test_site_never_scrolls_sideways(page, paths, width, type_size):
    page.set_viewport_size({"width": width, "height": 800})
    wider = {}
    for name, path in paths.items():
        page.goto(path)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", type_size)
        wider[name] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert wider == dict.fromkeys(paths, 0)


@pytest.mark.journey
def test_site_breaks_no_policy_and_sets_no_cookie(page, paths):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    for name, path in paths.items():
        if name not in ("gone", "not found"):
            page.goto(path)

    assert complaints == []
    assert page.context.cookies() == []


def test_site_skip_link_is_first_and_leads_to_the_news(page, paths):
    page.goto(paths["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the news"

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_site_reads_without_style_sheets(page, paths):
    page.route("**/*.css", lambda route: route.abort())
    page.goto(paths["article"])

    order = page.evaluate("[...document.querySelectorAll('h1, h2')].map(heading => heading.textContent)")

    assert order[:2] == [LONG, "Tides"]


def test_site_quote_address_marks_the_passage(page, paths):
    page.goto("/quotes/")

    page.get_by_role("link", name=f"“{WORDS}”").click()

    assert page.locator("mark:target").text_content() == WORDS


def test_site_first_view_of_a_story_is_light(page, paths):
    """HTML, style sheets and fonts of a first view, compressed as a web server sends them."""
    sizes = {}

    def weigh(response):
        address, body = urlsplit(response.url).path, response.body()
        sizes[address] = len(body) if address.endswith(".woff2") else len(gzip.compress(body, 6))

    page.on("response", weigh)
    page.goto(paths["article"], wait_until="networkidle")

    assert sum(sizes.values()) < BUDGET_BYTES, sizes
