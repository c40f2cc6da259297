"""What the public site is held to: each figure with the floor below which the audit fails, and its target."""

from __future__ import annotations

from tests.audits.bars import Bar, none

LIGHTHOUSE_PAGES = ("home", "article", "country", "quotes", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PERFORMANCE_FLOOR = 95
KILOBYTE = 1000


def _lighthouse() -> list[Bar]:
    floors = {"performance": PERFORMANCE_FLOOR}
    scores = [
        Bar(f"lighthouse_{page}_{category.replace('-', '_')}", floors.get(category, 100), 100, is_higher_better=True)
        for page in LIGHTHOUSE_PAGES
        for category in CATEGORIES
    ]
    return scores + [Bar(f"lighthouse_{page}_layout_shift", 0, 0) for page in LIGHTHOUSE_PAGES]


BARS: dict[str, list[Bar]] = {
    "pages": none("pages_missing", "pages_with_another_status", "pages_with_cookie_or_nonce", "pages_without_304"),
    "browser": none(
        "axe_violations_light",
        "axe_violations_dark",
        "axe_violations_320px",
        "axe_violations_320px_dark",
        "axe_violations_200_percent_text",
        "pages_wider_than_320px",
        "pages_wider_than_screen_at_200_percent_text",
        "policy_violations_and_script_errors",
        "requests_to_other_hosts",
    ),
    "markup": none("html_errors"),
    "feeds": none("feeds_missing", "feed_errors", "sitemap_errors"),
    "structured_data": none("structured_data_errors", "pages_without_structured_data"),
    "plain": none("faults_without_css_and_javascript"),
    "weight": [
        Bar("first_view_kilobytes_at_most", 100, 90),
        Bar("hero_kilobytes_at_most", 120, 100),
    ],
    "queries": [Bar("pages_whose_queries_grow", 0, 0), Bar("queries_of_a_page_at_most", 12, 6)],
    "cpu": [Bar("article_page_cpu_ms", 2, 1), Bar("front_page_cpu_ms", 3, 1.5)],
    "lighthouse": _lighthouse(),
}
