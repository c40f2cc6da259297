"""A walk through every page in Chromium: axe-core, the width of the page, the policy, and who else is asked.

Light and dark, wide and at 320 px, and with letters twice as large, as a reader sets them in the browser.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Playwright, sync_playwright
from playwright.sync_api import Page as Tab

from tests.audits.report import Finding, Report
from tests.audits.tools import CHROMIUM_FLAGS, PATIENCE_MS, JudgeAbsentError, chromium

from .pages import Page
from .tools import PACKAGES

ORDINARY_TEXT = 16
LARGE_TEXT = 2 * ORDINARY_TEXT
SHOWN_NODES = 3
# The preload would put style elements into the page, which its policy refuses. WCAG 2.2's size of targets is off
# by default.
AXE_OPTIONS = {"preload": False, "rules": {"target-size": {"enabled": True}}}
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
TOO_WIDE = """() => {
  const seen = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - seen;
  if (over <= 0) return "";
  const parts = [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 0 && box.right > seen + 1;
  });
  const shown = parts.slice(0, 3).map((part) => part.outerHTML.slice(0, 110));
  return `${over} px wider than the screen: ${shown.join(" | ")}`;
}"""
FAULTY = "<!DOCTYPE html><html lang='en'><title>Faulty</title><body><main><img src='data:,'><h1>Faulty</h1>"
FAULTY += "<p style='width:3000px'>Too wide.</p></main></body></html>"


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at a page, and the bars that it is judged by."""

    axe: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    text: int = ORDINARY_TEXT
    overflow: str = ""


LOOKS = (
    Look("axe_violations_light", 1280, 900, "light"),
    Look("axe_violations_dark", 1280, 900, "dark"),
    Look("axe_violations_320px", 320, 720, "light", overflow="pages_wider_than_320px"),
    Look("axe_violations_320px_dark", 320, 720, "dark"),
    Look(
        "axe_violations_200_percent_text",
        *(1280, 900, "light"),
        text=LARGE_TEXT,
        overflow="pages_wider_than_screen_at_200_percent_text",
    ),
)
# Letters twice as large on a telephone, too: judged for width alone.
NARROW_LARGE = Look("", 390, 844, "light", text=LARGE_TEXT, overflow="pages_wider_than_screen_at_200_percent_text")


def judge_in_browser(report: Report, site: str, pages: list[Page]) -> None:
    """Walk through every page in every look."""
    shown = [page for page in pages if page.path]
    found: dict[str, list[Finding]] = {look.axe: [] for look in LOOKS}
    found |= {look.overflow: [] for look in LOOKS if look.overflow}
    found |= {"policy_violations_and_script_errors": [], "requests_to_other_hosts": []}
    with sync_playwright() as playwright:
        for look in (*LOOKS, NARROW_LARGE):
            with reader(playwright, look) as context:
                require_sight(context, look)
                for page in shown:
                    look_at(context, site, page, look, found)
    for name, faults in found.items():
        report.count(name, sorted(set(faults)))


@contextmanager
def reader(playwright: Playwright, look: Look) -> Iterator[BrowserContext]:
    """A browser of its own whose reader has set the size of letters."""
    sizes = {"default_font_size": look.text, "default_fixed_font_size": look.text * 13 // 16}
    with tempfile.TemporaryDirectory(prefix="newsroom-audit-") as folder:
        settings = Path(folder) / "Default" / "Preferences"
        settings.parent.mkdir()
        settings.write_text(json.dumps({"webkit": {"webprefs": sizes}}))
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium(),
            args=CHROMIUM_FLAGS,
            viewport={"width": look.width, "height": look.height},
            color_scheme=look.scheme,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(VIOLATIONS)
        yield context
        context.close()


def require_sight(context: BrowserContext, look: Look) -> None:
    """Raises JudgeAbsentError where a page known to be faulty passes, or the letters have another size."""
    tab = context.new_page()
    tab.set_content(FAULTY)
    size = tab.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    rules = {violation["id"] for violation in axe_violations(tab)}
    if size != look.text or "image-alt" not in rules or not tab.evaluate(TOO_WIDE):
        raise JudgeAbsentError(f"the browser or axe-core does not see: letters of {size} px, found {sorted(rules)}")
    tab.close()


def axe_violations(tab: Tab) -> list[dict[str, Any]]:
    tab.evaluate(PACKAGES.path("axe-core/axe.min.js").read_text())
    answer: dict[str, Any] = tab.evaluate("(options) => axe.run(document, options)", AXE_OPTIONS)
    violations: list[dict[str, Any]] = answer["violations"]
    return violations


def look_at(context: BrowserContext, site: str, page: Page, look: Look, found: dict[str, list[Finding]]) -> None:
    """One page in one look: what is found is added under the name of its bar."""
    tab = context.new_page()
    said: list[str] = []
    asked: set[str] = set()
    tab.on("pageerror", lambda error: said.append(f"script error: {error}"))
    tab.on("console", lambda message: said.extend(_complaint(message, site + page.path)))
    tab.on("request", lambda request: asked.add(request.url))
    tab.goto(site + page.path, wait_until="load")
    if look.axe:
        found[look.axe] += [_axe_finding(page, violation) for violation in axe_violations(tab)]
    too_wide = tab.evaluate(TOO_WIDE) if look.overflow else ""
    if too_wide:
        found[look.overflow].append(Finding(f"width {look.width} px, text {look.text} px", page.name, too_wide))
    said += [f"policy: {violation}" for violation in tab.evaluate("window.violations")]
    found["policy_violations_and_script_errors"] += [Finding("browser", page.name, line) for line in set(said)]
    others = {url for url in asked if not url.startswith((site, "data:"))}
    found["requests_to_other_hosts"] += [Finding("browser", page.name, url) for url in others]
    tab.close()


def _complaint(message: ConsoleMessage, address: str) -> list[str]:
    """An error on the console, but for the browser's own word that the page we asked for is not there."""
    is_status = "the server responded with a status of" in message.text and message.location["url"] == address
    return [f"console: {message.text} {message.location['url']}"] if message.type == "error" and not is_status else []


def _axe_finding(page: Page, violation: dict[str, Any]) -> Finding:
    nodes = "; ".join(
        f"{node['html'][:160]} ({' '.join(node['failureSummary'].split())[:200]})"
        for node in violation["nodes"][:SHOWN_NODES]
    )
    return Finding(f"axe {violation['id']}", page.name, f"{len(violation['nodes'])} × {violation['help']}: {nodes}")


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
