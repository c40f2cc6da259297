"""A person's browser: reads pages, sends their forms back, and knows an answer from none."""

from __future__ import annotations

from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

PATIENCE = 30
JSON = {"Accept": "application/json"}
FORM = "article-form"


class Lost(Exception):
    """No answer came, or one that says that the server failed: the person has been told nothing."""


class Browser:
    """One person, signed in."""

    def __init__(self, site: str, session: str) -> None:
        self.client = httpx.Client(base_url=site, cookies={"sessionid": session}, timeout=PATIENCE)

    def page(self, path: str) -> LexborHTMLParser:
        return LexborHTMLParser(self._asked("GET", path).text)

    def send(self, path: str, data: Any = None, *, files: Any = None, headers: dict[str, str] | None = None) -> Any:
        """The answer, refusals included; no redirect is followed."""
        if "csrftoken" not in self.client.cookies:
            self.page("/admin/articles/article/add/")
        token = {"X-CSRFToken": self.client.cookies["csrftoken"]}
        return self._asked("POST", path, data=data, files=files, headers=token | (headers or {}))

    def send_json(self, path: str, said: Any) -> Any:
        token = {"X-CSRFToken": self.client.cookies.get("csrftoken", "")}
        return self._asked("POST", path, json=said, headers=token)

    def close(self) -> None:
        self.client.close()

    def _asked(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            answer = self.client.request(method, path, **options)
        except httpx.TransportError as error:
            raise Lost(f"{method} {path}: {type(error).__name__}") from error
        if answer.status_code >= 500:
            raise Lost(f"{method} {path}: {answer.status_code}")
        return answer


def form_on(page: LexborHTMLParser) -> dict[str, list[str]]:
    """What the editing page sends when it is saved."""
    sent: dict[str, list[str]] = {}
    for node in page.css(f"#{FORM} [name], [form={FORM}][name]"):
        for value in _values(node):
            sent.setdefault(node.attributes["name"] or "", []).append(value)
    return sent


def _values(node: LexborNode) -> list[str]:
    if node.tag == "select":
        return [option.attributes.get("value") or "" for option in node.css("option[selected]")][:1] or [""]
    if node.tag == "textarea":
        return [node.text()]
    if node.tag != "input" or node.attributes.get("type") in ("file", "submit", "button"):
        return []
    if node.attributes.get("type") in ("checkbox", "radio") and "checked" not in node.attributes:
        return []
    return [node.attributes.get("value") or ("on" if node.attributes.get("type") == "checkbox" else "")]
