"""The site audit's own logic, where it could call good what nobody looked at: no browser, no server."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.audits.bars import Bar
from tests.audits.judging import attempt
from tests.audits.report import Finding, Report
from tests.audits.tools import JudgeAbsentError
from tests.site_audit.bars import BARS
from tests.site_audit.feeds import ATOM, RSS, _missing, _sense
from tests.site_audit.lighthouse import median_of, score
from tests.site_audit.pages import Answer, Page, _traces
from tests.site_audit.plain_reading import _faults as plain_faults
from tests.site_audit.plain_reading import _out_of_order
from tests.site_audit.structured_data import _faults as article_faults

STORY = {
    "@type": "NewsArticle",
    "headline": "Fleet returns",
    "datePublished": "2026-11-26T10:00:00+00:00",
    "dateModified": "2026-11-26T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ana Sample"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Newsroom"},
    "mainEntityOfPage": "https://example.org/news/1/",
    "url": "https://example.org/news/1/",
    "image": ["https://example.org/1.webp"],
}


def report() -> Report:
    return Report({"faults": Bar("faults", 0, 0), "score": Bar("score", 95, 100, is_higher_better=True)})


def test_status_is_good_only_where_every_bar_has_a_figure_that_holds() -> None:
    judged = report()

    judged.figure("faults", 0)
    judged.figure("score", 95)

    assert (judged.status, judged.missed, judged.not_measured) == (0, [], [])


def test_status_is_bad_where_a_figure_misses_its_floor() -> None:
    judged = report()

    judged.figure("score", 94.5)
    judged.count("faults", [Finding("nu", "home", "error")])

    assert (judged.status, judged.missed) == (1, ["score", "faults"])


def test_status_is_bad_where_a_judge_did_not_run() -> None:
    judged = report()

    judged.figure("faults", 0)

    assert (judged.status, judged.missed, judged.not_measured) == (1, [], ["score"])


def test_attempt_lets_the_other_judges_go_on_and_leaves_the_bar_empty() -> None:
    judged = report()

    def absent() -> None:
        raise JudgeAbsentError("there is no such program")

    attempt(judged, "faults", absent)
    attempt(judged, "score", lambda: judged.figure("score", 100))

    assert (judged.status, judged.not_measured) == (1, ["faults"])


def test_figure_refuses_a_name_without_a_bar() -> None:
    with pytest.raises(KeyError):
        report().figure("faultz", 0)


def test_bars_have_one_name_each() -> None:
    names = [bar.name for judge in BARS.values() for bar in judge]

    assert len(names) == len(set(names))


def test_median_of_five_is_the_third() -> None:
    assert median_of([91.0, 100.0, 96.0, 97.0, 20.0]) == 96.0


def test_median_of_nothing_is_no_median() -> None:
    with pytest.raises(JudgeAbsentError):
        median_of([])


def test_score_of_a_category_that_failed_is_no_score() -> None:
    result: dict[str, Any] = {"categories": {"seo": {"score": None}, "performance": {"score": 0.97}}}

    assert score(result, "performance") == 97
    with pytest.raises(JudgeAbsentError):
        score(result, "seo")


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<h1>A</h1><h3>B</h3>", "a heading of level 3 follows one of level 1"),
        ("<h1>A</h1><h1>B</h1>", "has 2 headings of the first level"),
        ("<h1>A</h1><a href='/'> </a>", 'has no name: <a href="/"> </a>'),
        ("<h1>A</h1><img src='/a'>", 'a picture has no alt: <img src="/a">'),
        ("<h1>A</h1><p style='color:red'>B</p>", 'inline style or script: <p style="color:red">B</p>'),
        ("<h1>A</h1><a href='#b'>B</a>", "leads nowhere on its page: #b"),
    ],
)
def test_plain_reading_sees_a_fault(html: str, fault: str) -> None:
    assert list(plain_faults(html)) == [fault]


def test_plain_reading_lets_a_good_page_pass() -> None:
    html = "<h1>A</h1><h2 id='b'>B</h2><a href='#b'><img src='/a' alt='B'></a><button aria-label='Send'></button>"

    assert list(plain_faults(html)) == []


def edition(*blocks: str) -> Any:
    text = "\n\n".join(blocks)
    starts = [text.index(block) for block in blocks]
    places = [{"start": start, "end": start + len(block)} for start, block in zip(starts, blocks)]
    return SimpleNamespace(headline="Fleet returns", standfirst="All of it.", text=text, blocks=places)


def test_plain_reading_follows_the_story_to_its_end() -> None:
    words = "Sea Fleet returns All of it. By Ana Sample Ten ships sailed. They came back. Corrections"

    assert list(_out_of_order(words, edition("Ten ships sailed.", "They came back."))) == []


def test_plain_reading_misses_what_is_left_out_or_moved() -> None:
    words = "They came back. Fleet returns All of it. By Ana Sample Ten ships"

    faults = list(_out_of_order(words, edition("Ten ships sailed.", "They came back.")))

    assert faults == ["cannot be read: “Ten ships sailed.”", "stands too early: “They came back.”"]


def test_article_data_needs_what_search_engines_ask_for() -> None:
    assert list(article_faults(STORY)) == []
    assert list(article_faults(STORY | {"publisher": None})) == ["the news article has no publisher"]
    assert list(article_faults(STORY | {"datePublished": "2026-11-26T10:00:00"})) == [
        "datePublished is no time with a zone: 2026-11-26T10:00:00"
    ]
    assert list(article_faults(STORY | {"image": [{"url": "/1.webp"}]})) == ["a picture has no whole address: /1.webp"]


def test_pages_without_both_feeds_are_named() -> None:
    assert list(_missing("home", {"/feed/": RSS})) == [Finding("feeds", "home", f"offers no {ATOM}")]
    assert list(_missing("home", {"/feed/": RSS, "/atom/": ATOM})) == []


def test_feed_with_two_entries_of_one_identity_makes_no_sense() -> None:
    item = "<item><guid>urn:uuid:1</guid></item>"
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="http://site/feed/"/>'
    feed = f"<rss><channel>{own}{item}{item}</channel></rss>".encode()

    assert list(_sense("http://site/feed/", feed, RSS)) == ["two entries have one identity"]


def test_page_that_sets_a_cookie_is_named() -> None:
    policy = {"content-security-policy": "default-src 'none'"}

    clean = list(_traces(Page("home", "/"), Answer(200, policy, b"<p>News</p>")))
    marked = list(_traces(Page("home", "/"), Answer(200, policy | {"set-cookie": "sessionid=1"}, b"")))

    assert (clean, [finding.message for finding in marked]) == ([], ["sets a cookie: sessionid=1"])
