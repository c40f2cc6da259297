"""The API audit's own logic, where it could call good what nobody looked at: no server, no judge of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api_audit.bars import BARS
from tests.api_audit.breaking import answered
from tests.api_audit.comparing import Held, differences, not_purged
from tests.api_audit.descriptions import FAULTY, by_validator
from tests.api_audit.receiving import Receiver
from tests.api_audit.spans import Span, spans_of, wrong

STORY = {
    "api_url": "/1",
    "body": {
        "text": "🚢 sails.\n\nIt came back.",
        "blocks": [{"id": "b1", "start": 0, "end": 8}, {"id": "b2", "start": 10, "end": 23}],
    },
    "quotes": [{"ordinal": 1, "start": 2, "end": 7, "text": "sails"}],
    "countries": [{"name": "Norway", "mentions": [{"start": 10, "end": 12, "as_written": "It"}]}],
    "entities": [],
}


def test_bars_have_one_name_each() -> None:
    names = [bar.name for judge in BARS.values() for bar in judge]

    assert len(names) == len(set(names))


def test_spans_of_a_story_are_all_that_it_has() -> None:
    spans = list(spans_of(STORY))

    assert [span.what for span in spans] == ["block b1", "block b2", "quote 1", "mention of Norway"]
    assert not any(wrong(STORY["body"]["text"], span) for span in spans)


def test_span_that_is_off_by_one_or_empty_is_wrong() -> None:
    assert wrong("ships", Span("/1", "quote", 1, 5, "ship"))
    assert wrong("ships", Span("/1", "quote", 2, 2, ""))


def test_differences_are_told_of_each_side() -> None:
    held = Held({"kept": {"version": 2}, "surplus": {"version": 1}, "old": {"version": 1, "headline": "A"}}, b"")
    server = {"kept": {"version": 2}, "lacking": {"version": 1}, "old": {"version": 2, "headline": "B"}}

    told = [finding.message for finding in differences("it", held, server)]

    assert told == [
        "lacking is missing",
        "old: version 1, on the server 2; headline, version differ",
        "surplus is not on the server",
    ]


def test_row_whose_version_is_not_the_document_s_is_a_difference(tmp_path: Path) -> None:
    held = Held.read([("1", 3, '{"version": 2}')], tmp_path / "mirror.sqlite")

    assert [*differences("it", held, {"1": {"version": 2}})] != []


def test_faulty_description_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "faulty.json"
    path.write_text(json.dumps(FAULTY))

    assert by_validator(path) != []


def change(version: int, action: str) -> dict[str, Any]:
    return {"object_id": "1", "version": version, "action": action}


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One that finds the story as version 3, whatever it was told."""
    made = Receiver("it", "http://127.0.0.1:1", "", verifier=None)  # type: ignore[arg-type]
    monkeypatch.setattr(made, "fetched", lambda key: {"id": key, "version": 3})
    yield made
    made.server.server_close()


def test_receiver_takes_nothing_back_that_was_removed_later(receiver: Any) -> None:
    receiver.apply(change(1, "upsert"))
    receiver.apply(change(2, "upsert"))
    held = dict(receiver.documents)
    receiver.apply(change(4, "remove"))
    receiver.apply(change(3, "upsert"))

    assert (held, receiver.documents) == ({"1": {"id": "1", "version": 3}}, {})


def test_trace_of_a_killed_story_is_found_in_the_bytes(desk: Any) -> None:
    mark = f"log{0x0123456789ABCDEF:032x}"
    killed = desk.killed(f"Fleet returns {mark}", body=f"<p>It is under {mark}.</p>")

    clean = list(not_purged("it", Held({}, b"log of the winter")))
    traces = [finding.message for finding in not_purged("it", Held({}, b"free space " + mark.encode()))]
    kept = list(not_purged("it", Held({str(killed.uuid): {}}, b"")))

    assert (clean, traces) == ([], [f"{killed.uuid} was killed; found {mark}"])
    assert len(kept) == 1


def test_schemas_of_answers_are_followed_into_one_another() -> None:
    link = {"$ref": "#/components/schemas/A"}
    promised = {
        "paths": {"/a": {"get": {"responses": {"200": {"content": {"x": {"schema": link}}}, "400": {"$ref": "#/C"}}}}},
        "components": {"schemas": {"A": {"properties": {"b": [{"$ref": "#/components/schemas/B"}]}}, "B": {}, "C": {}}},
    }

    assert answered(promised) == {"A", "B"}
