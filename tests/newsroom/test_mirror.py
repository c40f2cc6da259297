"""The reference client of docs/examples ends with exactly what the API shows, wherever it is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from articles import publishing
from articles.models import ChangeCounter
from articles.suggestions import add_tag, reject
from newsroom.partners.models import Acknowledgement
from tests.partners import client_of

pytestmark = pytest.mark.django_db
PROGRAM = settings.BASE_DIR / "docs" / "examples" / "mirror.py"
# Every so many lines the program is killed; `NEWSROOM_MIRROR_STEP=1` tries each.
STEP = int(os.environ.get("NEWSROOM_MIRROR_STEP", "7"))
SECRET = "The words that a court forbade"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mirror", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MIRROR = loaded()


class Killed(BaseException):
    """The plug was pulled."""


def answer(request: httpx.Request) -> httpx.Response:
    """What the API answers; two items a page, so that few stories make many pages."""
    for name in {"page_size", "limit"} & set(request.url.params):
        request.url = request.url.copy_set_param(name, "2")
    given = Client(raise_request_exception=False).generic(
        request.method,
        request.url.raw_path.decode(),
        request.content,
        content_type=request.headers.get("Content-Type", ""),
        headers={"Authorization": request.headers["Authorization"]},
    )
    return httpx.Response(given.status_code, headers=dict(given.headers), content=given.content)


class Reader:
    """A partner's program with its file; the server is asked in this process."""

    def __init__(self, path: Path, key: str) -> None:
        self.path, self.key, self.answer = path, key, answer

    def run(self, *, lines: int | None = None) -> bool:
        """Until it is up to date, or killed before its `lines`-th line; whether it was killed."""
        headers = {"Authorization": f"Bearer {self.key}"}
        transport = httpx.MockTransport(self.answer)
        client = httpx.Client(transport=transport, base_url="http://newsroom.example", headers=headers)
        mirror = None
        try:
            with killing(lines):
                mirror = MIRROR.Mirror(str(self.path), client)
                mirror.run(once=True)
        except Killed:
            return True
        finally:
            if mirror is not None:
                mirror.database.close()
        return False

    def held(self) -> dict[str, Any]:
        with_rows = MIRROR.sqlite3.connect(self.path)
        rows = with_rows.execute("SELECT document FROM articles").fetchall()
        with_rows.close()
        return {document["id"]: document for document in (json.loads(row[0]) for row in rows)}


def said_yes() -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(200))


def traces(mirror: Any, marks: list[str]) -> list[str]:
    """Those of the marks of which the file has the bytes."""
    (path,) = (row[2] for row in mirror.database.execute("PRAGMA database_list"))
    held = Path(path).read_bytes()
    return [mark for mark in marks if mark.encode() in held]


@contextmanager
def killing(lines: int | None) -> Iterator[None]:
    """Raises Killed before the `lines`-th line of the program that is run."""
    left = [lines]

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != str(PROGRAM):
            return None
        if event == "line" and left[0] is not None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
        return trace

    before = sys.gettrace()
    if lines is not None:
        sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """No test waits; what the program would have waited is in the list."""
    waits: list[float] = []
    monkeypatch.setattr(MIRROR.time, "sleep", waits.append)
    return waits


@pytest.fixture
def key(keys) -> str:
    return keys.make(per_minute=1_000_000, per_day=10_000_000)[1].text


@pytest.fixture
def reader(tmp_path, key) -> Reader:
    return Reader(tmp_path / "mirror.sqlite", key)


def shown(key: str) -> dict[str, Any]:
    return {item["id"]: item for item in client_of(key).get("/api/v1/articles?page_size=100").json()["items"]}


@pytest.fixture
def five(desk, numbered) -> list[Any]:
    stories = [desk.live(f"Story {number}") for number in range(4)]
    stories.append(desk.live("A secret", body=f"<p>{SECRET}.</p>"))
    numbered()
    return stories


@pytest.fixture
def busy_hour(desk, five, numbered) -> Callable[[], None]:
    """A story of each fate: updated, withdrawn, killed, withdrawn and back, new."""

    def pass_by() -> None:
        updated, withdrawn, back, _, killed = five
        publishing.withdraw(desk.fresh(withdrawn), by=desk.editor, reason="Too early.")
        publishing.withdraw(desk.fresh(back), by=desk.editor, reason="Too early.")
        desk.kill(desk.fresh(killed))
        desk.live("A new one")
        changed = desk.approve_again(desk.save(updated, body="<p>Other words.</p>"))
        publishing.publish_update(changed, by=desk.editor, kind="update")
        publishing.publish(desk.fresh(back), by=desk.editor)
        numbered()

    return pass_by


def restored() -> None:
    """As after a restore from a backup: another epoch."""
    ChangeCounter.objects.update(epoch=uuid.uuid4())


def test_mirror_holds_what_the_api_shows(reader, key, five, busy_hour):
    reader.run()
    first = reader.held()
    busy_hour()
    reader.run()

    assert first.keys() == {str(story.uuid) for story in five}
    assert reader.held() == shown(key)
    assert len(reader.held()) == 4


def test_mirror_purges_and_confirms_a_kill(reader, five, busy_hour):
    reader.run()
    held_it = SECRET.encode() in reader.path.read_bytes()
    busy_hour()
    reader.run()

    assert held_it
    assert SECRET.encode() not in reader.path.read_bytes()
    assert [said.change.article_id for said in Acknowledgement.objects.all()] == [five[-1].pk]


def test_kill_leaves_nothing_of_what_sqlite_has_moved_about(tmp_path):
    """Of short documents that come and go, secure_delete alone leaves copies in pages from which they were moved."""
    mirror = MIRROR.Mirror(
        str(tmp_path / "mirror.sqlite"), httpx.Client(transport=said_yes(), base_url="http://newsroom.example")
    )
    mirror.database.execute("PRAGMA synchronous = OFF")
    dice, held, gone = random.Random(3), {}, []
    for number in range(6000):
        what = dice.choices(("come", "change", "go") if held else ("come",), (40, 45, 15)[: 3 if held else 1])[0]
        story = f"{dice.getrandbits(128):032x}" if what == "come" else dice.choice(list(held))
        gone.append(held.pop(story, ""))
        if what == "go":
            mirror.database.execute("DELETE FROM articles WHERE id = ?", [story])
        else:
            held[story] = f"log{dice.getrandbits(128):032x}"
            words = f"{held[story]} {'x' * dice.randint(100, 400)}"
            mirror.store({"id": story, "version": number, "words": words}, 1)
    gone = [mark for mark in gone if mark]
    left_by_sqlite = traces(mirror, gone)
    mirror.database.execute("INSERT INTO kills VALUES (1)")

    mirror.confirm_kills()

    assert left_by_sqlite
    assert (traces(mirror, gone), len(traces(mirror, [*held.values()]))) == ([], len(held))
    mirror.database.close()


@pytest.fixture
def alone(tmp_path) -> Iterator[Any]:
    """A mirror of its own, with a secret killed and not yet cleared; `asked` are the requests it makes."""
    asked: list[httpx.Request] = []
    transport = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(200))
    mirror = MIRROR.Mirror(
        str(tmp_path / "mirror.sqlite"), httpx.Client(transport=transport, base_url="http://newsroom.example")
    )
    mirror.asked = asked
    mirror.database.execute("PRAGMA busy_timeout = 0")
    mirror.store({"id": "1", "version": 1, "words": SECRET}, 1)
    yield mirror
    mirror.database.close()


def kills_of(mirror: Any) -> list[int]:
    return [row[0] for row in mirror.database.execute("SELECT sequence FROM kills")]


def test_traces_are_cleared_though_the_log_is_another_by_then(alone):
    alone.database.execute("INSERT INTO kills VALUES (7)")
    statements: list[str] = []
    alone.begin_again("another log")
    alone.database.set_trace_callback(statements.append)

    alone.confirm_kills()

    assert ("VACUUM" in " ".join(statements), alone.asked, kills_of(alone)) == (True, [], [])


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_kill_is_confirmed_only_when_no_reader_keeps_its_words_in_the_file(alone, capsys, mode):
    alone.database.execute(f"PRAGMA journal_mode = {mode}")
    (path,) = (row[2] for row in alone.database.execute("PRAGMA database_list"))
    alone.database.execute("DELETE FROM articles")
    alone.database.execute("INSERT INTO kills VALUES (7)")
    other = MIRROR.sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM articles").fetchall()

    alone.confirm_kills()
    first = (alone.asked[:], kills_of(alone), "Kills are confirmed later" in capsys.readouterr().err)
    other.close()
    alone.confirm_kills()

    assert first == ([], [7], True)
    assert (len(alone.asked), kills_of(alone)) == (1, [])
    assert not any(SECRET.encode() in part.read_bytes() for part in Path(path).parent.glob("mirror.sqlite*"))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("state", ["empty", "following", "of another log"])
def test_mirror_killed_anywhere_is_exact_when_started_again(tmp_path, key, busy_hour, state):
    before = Reader(tmp_path / "before.sqlite", key)
    if state != "empty":
        before.run()
    busy_hour()
    if state == "of another log":
        restored()
    should_hold, lines, killed = shown(key), 0, True

    while killed:
        lines += STEP
        reader = Reader(tmp_path / "mirror.sqlite", key)
        reader.path.unlink(missing_ok=True)
        if before.path.exists():
            shutil.copy(before.path, reader.path)
        killed = reader.run(lines=lines)
        reader.run()
        assert reader.held() == should_hold, f"killed before line event {lines}"

    assert lines > 100


def test_mirror_begins_again_and_deletes_what_it_did_not_meet(reader, key, five, desk, numbered):
    reader.run()
    desk.kill(five[0])
    numbered()
    restored()
    reader.run()

    assert reader.held() == shown(key)


def test_what_the_walk_did_not_meet_leaves_no_trace(reader, five, busy_hour):
    reader.run()
    busy_hour()
    restored()
    reader.run()

    assert SECRET.encode() not in reader.path.read_bytes()


def test_mirror_of_a_product_follows_what_comes_in_and_goes_out(tmp_path, keys, about_norway, desk, norway, numbered):
    key = keys.make(products=[about_norway])[1].text
    reader = Reader(tmp_path / "mirror.sqlite", key)
    leaving, coming = desk.approved("Leaving"), desk.live("Coming")
    add_tag(leaving, norway, by=desk.editor, role="about")
    publishing.publish(leaving, by=desk.editor)
    numbered()
    reader.run()
    before = set(reader.held())
    reject(leaving.tags.get(entity=norway), by=desk.editor)
    add_tag(desk.fresh(coming), norway, by=desk.editor, role="about")
    for story in (leaving, coming):
        publishing.publish_update(desk.approve_again(desk.save(story, body="<p>Other words.</p>")), by=desk.editor)
    numbered()
    reader.run()

    assert before == {str(leaving.uuid)}
    assert set(reader.held()) == {str(coming.uuid)}
    assert reader.held() == shown(key)


def test_mirror_waits_as_long_as_it_is_told(reader, key, five, at_once, monkeypatch):
    reader.run()
    interruptions = [httpx.Response(503, headers={"Retry-After": "7"}), httpx.Response(500)]
    monkeypatch.setattr(reader, "answer", lambda request: interruptions.pop(0) if interruptions else answer(request))
    at_once.clear()
    reader.run()

    assert at_once == [7.0, 2.0]


def test_mirror_ends_with_a_sentence_where_its_key_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="answered with 401"):
        Reader(tmp_path / "mirror.sqlite", "nrk_live_nonsense").run()


def test_second_mirror_of_a_file_is_refused(reader, key, five):
    reader.run()
    other = MIRROR.Mirror(str(reader.path), httpx.Client())

    with pytest.raises(SystemExit, match="Another mirror"), other.moving(("elsewhere", None, 1), to=("x", None, 1)):
        pass

    assert reader.held() == shown(key)


def test_program_is_as_short_as_it_is_said_to_be():
    assert len(PROGRAM.read_text(encoding="utf-8").splitlines()) <= 158
