"""Mirror every story that a key may have into one SQLite file, and keep it exact. It needs httpx.

    python mirror.py --url https://newsroom.example --key nrk_live_… mirror.sqlite [--once]

Killed at any moment and started again, it goes on where it stood; with --once it ends when it is up to date. The table
`articles` has each story as the API gave it; other programs may read it meanwhile. Copy what you like of this file.
"""

import argparse
import itertools
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

# `place` is the one row of where we stand: without `after` not begun; with a `cursor` on the `walk`-th walk through
# all articles; otherwise following the changes. `kills` are carried out, not yet cleared and confirmed (0: no kill).
TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, walk INTEGER NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kills (sequence INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY, after TEXT, cursor TEXT, walk INTEGER NOT NULL);
INSERT OR IGNORE INTO place VALUES (1, NULL, NULL, 1);
"""
# Alone, secure_delete leaves what SQLite has copied from page to page, and a write-ahead log keeps all that it had.
CLEARING = "PRAGMA journal_mode = DELETE; VACUUM; DELETE FROM kills WHERE sequence = 0"
Place = tuple[str | None, str | None, int]


class Mirror:
    def __init__(self, path: str, client: httpx.Client) -> None:
        self.client = client
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA secure_delete = ON")  # Nothing killed stays in the free space of the file.
        self.database.executescript(TABLES)

    def run(self, *, once: bool = False) -> None:
        while True:
            after, cursor, _ = self.place()
            wait = self.walk() if after is None or cursor else self.follow()
            if wait and once:
                return
            time.sleep(wait)

    def walk(self) -> float:
        """One page of the list of all articles. It replaces what is stored, whatever the version: after a restore at
        the newsroom the true one may be lower."""
        place = after, cursor, walk = self.place()
        query = {"page_size": 100} | ({"cursor": cursor} if cursor else {})
        answer = self.ask("GET", "/articles", params=query, refusals=(400,) if cursor else ())
        page = answer.json()
        if answer.is_error:
            return self.begin_again(page["detail"])
        # Later pages may show what came after the first; we follow from the first, so that nothing is missed.
        with self.moving(place, to=(after or page["after"], page["next_cursor"], walk)):
            for document in page["items"]:
                self.store(document, walk)
            if not page["has_more"]:
                self.database.execute("DELETE FROM articles WHERE walk < ?", [walk])
                self.database.execute("INSERT OR IGNORE INTO kills VALUES (0)")
        return 0

    def follow(self) -> float:
        """Apply one page of changes; the seconds to wait before the next."""
        place = after, _, walk = self.place()
        answer = self.ask("GET", "/changes", params={"after": after, "limit": 25}, refusals=(409,))
        page = answer.json()
        if answer.is_error:
            return self.begin_again(page["detail"])
        with self.moving(place, to=(page["next_after"], None, walk)):
            for item in page["items"]:
                self.apply(item, walk)
        self.confirm_kills()
        return 0 if page["has_more"] else float(answer.headers.get("Retry-After", 5))

    def apply(self, item: dict, walk: int) -> None:
        held = self.database.execute("SELECT version FROM articles WHERE id = ?", [item["object_id"]]).fetchone()
        if held and item["version"] <= held[0]:
            return
        if item["action"] == "upsert":
            answer = self.ask("GET", f"/articles/{item['object_id']}", refusals=(404, 410))
            if answer.is_success:  # Perhaps a later version already: then its own item, further on, is skipped.
                self.store(answer.json(), walk)
                return
        # To be removed, or gone by now; then the feed says so further on.
        self.database.execute("DELETE FROM articles WHERE id = ?", [item["object_id"]])
        if item["must_purge"]:
            self.database.execute("INSERT OR IGNORE INTO kills VALUES (?)", [item["sequence"]])

    def store(self, document: dict, walk: int) -> None:
        row = [document["id"], document["version"], walk, json.dumps(document, ensure_ascii=False)]
        self.database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", row)

    def confirm_kills(self) -> None:
        """Only what is committed, and only after the newsroom has shown that its log is still the same."""
        try:
            if self.database.execute("SELECT 1 FROM kills").fetchone():
                self.database.executescript(CLEARING)
        except sqlite3.OperationalError as error:
            print(f"Kills are confirmed later, for the file could not be cleared: {error}", file=sys.stderr)
            return
        for (sequence,) in self.database.execute("SELECT sequence FROM kills ORDER BY sequence").fetchall():
            answer = self.ask("POST", "/acknowledgements", json={"sequence": sequence}, refusals=(400, 401, 403))
            if answer.is_error:
                print(f"Kill {sequence} was not confirmed: {answer.json()['detail']}", file=sys.stderr)
            self.database.execute("DELETE FROM kills WHERE sequence = ?", [sequence])

    def begin_again(self, reason: str) -> float:
        print(f"Beginning again: {reason}", file=sys.stderr)
        place = _, _, walk = self.place()
        with self.moving(place, to=(None, None, walk + 1)):
            self.database.execute("UPDATE OR REPLACE kills SET sequence = 0")  # No numbers of the log followed next.
        return 0

    def place(self) -> Place:
        return self.database.execute("SELECT after, cursor, walk FROM place").fetchone()

    @contextmanager
    def moving(self, place: Place, *, to: Place) -> Iterator[None]:
        """What is done meanwhile is stored together with the new place, or not at all."""
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            if self.place() != place:
                raise SystemExit("Another mirror writes to this file: let one of them do it.")
            yield
            self.database.execute("UPDATE place SET after = ?, cursor = ?, walk = ?", to)

    def ask(self, method: str, path: str, *, refusals: tuple[int, ...] = (), **request: object) -> httpx.Response:
        """The answer, if need be after waiting as long as the newsroom says, or until it is there again."""
        for wait in itertools.chain(range(1, 60), itertools.repeat(60)):
            try:
                answer = self.client.request(method, f"/api/v1{path}", **request)
            except httpx.RequestError as error:
                print(f"{error!r}, asking again in {wait} s", file=sys.stderr)
                time.sleep(wait)
                continue
            if answer.is_success or answer.status_code in refusals:
                return answer
            if answer.status_code != 429 and not answer.is_server_error:
                break
            time.sleep(float(answer.headers.get("Retry-After", wait)))
        raise SystemExit(f"{method} {path} was answered with {answer.status_code}: {answer.text}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", help="the SQLite file; made where there is none")
    options.add_argument("--url", required=True, help="the newsroom, such as https://newsroom.example")
    options.add_argument("--key", default=os.environ.get("NEWSROOM_KEY", ""), help="otherwise $NEWSROOM_KEY")
    options.add_argument("--once", action="store_true", help="end when up to date")
    given = options.parse_args()
    bearer = httpx.Client(base_url=given.url, headers={"Authorization": f"Bearer {given.key}"}, timeout=30)
    Mirror(given.file, bearer).run(once=given.once)
