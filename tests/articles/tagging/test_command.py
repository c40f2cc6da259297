import io
import json
import subprocess
import sys

import pytest

from articles.tagging.command import BadLine, execute, parse
from articles.tagging.command import run as run_command

GOOD = {"id": "a", "title": "China waits", "text": "“We are ready,” the Kremlin said."}


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def run(gazetteer, source: bytes, *, is_jsonl: bool = True, jobs: int = 1) -> tuple[int, bytes, str]:
    target, errors = io.BytesIO(), io.StringIO()
    status = execute(gazetteer, is_jsonl=is_jsonl, jobs=jobs, source=io.BytesIO(source), target=target, errors=errors)
    return status, target.getvalue(), errors.getvalue()


def test_execute_writes_one_record_a_line(gazetteer):
    status, output, errors = run(gazetteer, lines(GOOD))

    record = json.loads(output)
    assert (status, errors) == (0, "")
    assert list(record) == ["id", "countries", "entities", "quotes"]
    assert [(country["code"], len(country["mentions"])) for country in record["countries"]] == [("CN", 0), ("RU", 1)]
    assert record["countries"][0]["title_mentions"][0]["text"] == "China"
    (quote,) = record["quotes"]
    assert (quote["text"], quote["speaker"], quote["resolved"], quote["cue"]) == (
        "We are ready,",
        {"start": 16, "end": 27, "text": "the Kremlin"},
        "Russia",
        {"start": 28, "end": 32, "text": "said"},
    )
    assert all("reason" in item for key in ("countries", "entities", "quotes") for item in record[key])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"no json", "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"id": 1}', '"text" is missing'),
        (b'{"text": "x"}', '"id" is missing'),
        (b'{"id": 1, "text": "x", "title": 5}', '"title" is not a string'),
        (b"\xff", "not JSON"),
    ],
)
def test_execute_reports_a_bad_line_and_goes_on(gazetteer, line, fault):
    status, output, errors = run(gazetteer, lines(GOOD) + line + b"\n" + lines(GOOD))

    assert status == 1
    assert len(output.splitlines()) == 2
    assert errors.startswith(f"line 2: {fault}")


def test_execute_gives_the_same_with_more_jobs(gazetteer):
    source = lines(*({**GOOD, "id": number} for number in range(40))) + b"bad\n"

    alone = run(gazetteer, source)
    together = run(gazetteer, source, jobs=2)

    assert together == alone


def test_execute_writes_half_a_surrogate_pair_in_escapes(gazetteer):
    _, output, _ = run(gazetteer, b'{"id": 1, "text": "\\u201c\\ud800 we know it all,\\u201d he said."}\n')

    assert json.loads(output)["quotes"][0]["text"] == "\ud800 we know it all,"


def test_execute_shows_one_story(gazetteer):
    status, output, _ = run(gazetteer, GOOD["text"].encode(), is_jsonl=False)

    assert status == 0
    assert "“We are ready,”\n    the Kremlin = Russia" in output.decode()


def test_execute_refuses_a_story_in_another_encoding(gazetteer):
    status, output, errors = run(gazetteer, b"\xff\xfe", is_jsonl=False)

    assert (status, output) == (1, b"")
    assert errors.startswith("the story is not UTF-8 text")


def test_parse_names_what_is_wrong():
    with pytest.raises(BadLine, match="not a JSON object"):
        parse(b"5")


def test_module_runs_with_the_shipped_gazetteer():
    done = subprocess.run(
        [sys.executable, "-m", "articles.tagging", "--jsonl"], input=lines(GOOD), capture_output=True, check=False
    )

    assert done.returncode == 0
    assert [country["code"] for country in json.loads(done.stdout)["countries"]] == ["CN", "RU"]


def test_module_says_where_to_load(capsys, gazetteer):
    with pytest.raises(SystemExit) as stop:
        run_command(gazetteer, ["--load"])

    assert stop.value.code == 2
    assert capsys.readouterr().err.endswith(
        "there is no database here to load into: use manage.py analyse --jsonl --load\n"
    )
