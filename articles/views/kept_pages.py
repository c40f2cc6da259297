"""Pages as this process made them last, for as long as nothing that the public has changes.

The state that a page is kept under is read with each request and changes in the commit of whatever the page shows: a
story that is killed is gone with its kill. Each process keeps its own, those of one state alone.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MOST_BYTES = 8 * 2**20
# A longer page is not kept: it would send hundreds of others away.
LONGEST_PAGE = 2**17
# Pages are kept compressed: that costs little beside the making of one, and more of them find room. A shorter answer
# would not become shorter.
COMPRESSION_LEVEL, SHORTEST_COMPRESSED = 1, 2_000
# What an entry takes beside its content and its address: headers and the containers. Without it, answers of a few bytes
# to endless made-up addresses would fill the memory.
ENTRY_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What was answered, with what the view said of it."""

    stored: bytes
    is_compressed: bool
    headers: dict[str, str]

    @classmethod
    def of(cls, content: bytes, headers: dict[str, str]) -> KeptPage:
        if len(content) < SHORTEST_COMPRESSED:
            return cls(content, is_compressed=False, headers=headers)
        return cls(zlib.compress(content, COMPRESSION_LEVEL), is_compressed=True, headers=headers)

    @property
    def content(self) -> bytes:
        return zlib.decompress(self.stored) if self.is_compressed else self.stored


class KeptPages:
    """By address, at most so many bytes of them; those that nobody asked for longest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        self._state, self._bytes = "", 0
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()

    def find(self, state: str, address: str) -> KeptPage | None:
        with self._lock:
            if state != self._state or address not in self._pages:
                return None
            self._pages.move_to_end(address)
            return self._pages[address]

    def keep(self, state: str, address: str, page: KeptPage) -> None:
        with self._lock:
            if state != self._state:
                self.clear()
                self._state = state
            if before := self._pages.pop(address, None):
                self._bytes -= _bytes_of(address, before)
            self._bytes += _bytes_of(address, page)
            self._pages[address] = page
            while self._bytes > self._most_bytes:
                self._bytes -= _bytes_of(*self._pages.popitem(last=False))


def _bytes_of(address: str, page: KeptPage) -> int:
    return len(page.stored) + len(address) + ENTRY_BYTES


KEPT = KeptPages()


def kept_or_made(request: HttpRequest, state: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page at the address of the request under that state, made where it is not kept.

    Inside of a transaction nothing is kept, for what that sees may never come to be; nor with DEBUG, where code and
    templates change under the process.
    """
    if connection.in_atomic_block or settings.DEBUG:
        return make()
    address = request.get_full_path()
    if kept := KEPT.find(state, address):
        return HttpResponse(kept.content, headers=kept.headers)
    made = make()
    if isinstance(made, HttpResponse) and made.status_code == 200 and len(made.content) <= LONGEST_PAGE:
        KEPT.keep(state, address, KeptPage.of(made.content, dict(made.items())))
    return made
