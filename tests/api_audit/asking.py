"""A client that keeps its connection, as a partner's does."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .site import bearer

PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks one site with one key, or with none."""

    def __init__(self, site: str, key: str = "") -> None:
        parts = urlsplit(site)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
        self.key = key

    def get(self, path: str, **headers: str) -> Answer:
        """The answer as it came; no redirect is followed."""
        try:
            return self._asked(path, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server hangs up where nothing came for some seconds; the next request opens the connection anew.
            self.connection.close()
            return self._asked(path, headers)

    def _asked(self, path: str, headers: dict[str, str]) -> Answer:
        self.connection.request("GET", path, headers=bearer(self.key) | headers)
        response = self.connection.getresponse()
        said = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, said, response.read())

    def every(self, path: str) -> list[Any]:
        """All items of a list, page by page."""
        items: list[Any] = []
        first = f"{path}{'&' if '?' in path else '?'}page_size=100"
        address = first
        while address:
            page = self.get(address).json()
            items += page["items"]
            address = f"{first}&cursor={page['next_cursor']}" if page["has_more"] else ""
        return items

    def close(self) -> None:
        self.connection.close()
