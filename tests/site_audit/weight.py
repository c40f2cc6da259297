"""What a first view weighs: bytes as they came over the wire, in an empty browser, on a telephone and a desk.

The application server sends HTML as it is and leaves its compression to the proxy in front of it, which there is none
of here: a page that comes uncompressed is weighed as gzip makes it.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.audits.report import Finding, Report
from tests.audits.tools import CHROMIUM_FLAGS, PATIENCE_MS, JudgeAbsentError, chromium

from .bars import BARS, KILOBYTE
from .pages import Page

SCREENS = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
# As proxies commonly set it.
GZIP_LEVEL = 5
# What DevTools calls the parts that the limit is set for; pictures are weighed apart.
PARTS = ("Document", "Stylesheet", "Script", "Font")


def judge_weight(report: Report, site: str, pages: list[Page]) -> None:
    """The heaviest first view and the heaviest picture of all pages; each page's own figures as a note."""
    limits = {bar.name: bar.floor for bar in BARS["weight"] if bar.floor is not None}
    heaviest = {"first_view_kilobytes_at_most": 0.0, "hero_kilobytes_at_most": 0.0}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for page in pages:
            if page.path:
                found = max((first_view(browser, site + page.path, screen) for screen in SCREENS), key=_view)
                report.note(f"weight: {page.name}: {_described(found)}")
                for name, value in (
                    ("first_view_kilobytes_at_most", _view(found)),
                    ("hero_kilobytes_at_most", found["Image"]),
                ):
                    heaviest[name] = max(heaviest[name], value)
                    if value > limits[name]:
                        report.findings.append(Finding("weight", page.name, f"{name} {value:.1f}: {_described(found)}"))
        browser.close()
    if not heaviest["first_view_kilobytes_at_most"]:
        raise JudgeAbsentError("nothing was weighed")
    for name, value in heaviest.items():
        report.figure(name, value)


def first_view(browser: Browser, address: str, screen: Any) -> dict[str, float]:
    """Kilobytes by kind; under Image the heaviest picture alone."""
    context = browser.new_context(viewport=screen)
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    devtools = context.new_cdp_session(tab)
    kinds: dict[str, str] = {}
    weights: dict[str, float] = defaultdict(float)

    def finished(event: dict[str, Any]) -> None:
        kind, size = kinds.get(event["requestId"], "Other"), event["encodedDataLength"] / KILOBYTE
        weights[kind] = max(weights[kind], size) if kind == "Image" else weights[kind] + size

    devtools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    response = tab.goto(address, wait_until="networkidle")
    if response is not None and "content-encoding" not in response.headers:
        weights["Document"] = len(gzip.compress(response.body(), GZIP_LEVEL)) / KILOBYTE
    context.close()
    return defaultdict(float, weights)


def _view(weights: dict[str, float]) -> float:
    return sum(weights[part] for part in PARTS)


def _described(weights: dict[str, float]) -> str:
    parts = ", ".join(f"{part} {weights[part]:.1f}" for part in (*PARTS, "Image"))
    return f"{_view(weights):.1f} kB ({parts})"
