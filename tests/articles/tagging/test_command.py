import io
import json
import subprocess
import sys

import pytest

from articles.tagging import command
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
        (b"\xff", "not UTF-8 text"),
        ('{"id": 1, "text": "x"}'.encode("utf-16-le"), "not UTF-8 text"),
        ('{"id": 1, "text": "x"}'.encode("utf-16-be"), "not UTF-8 text"),
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
    assert errors == "the story is not UTF-8 text: save it again with the encoding UTF-8\n"


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_numbered_lines_cut_a_line_without_an_end(monkeypatch, ending):
    monkeypatch.setattr(command, "LONGEST_LINE", 30)
    monkeypatch.setattr(command, "PIECE", 7)
    long = b"x" * 100 + ending

    assert [(number, len(line)) for number, line in command.numbered_lines(io.BytesIO(b"a\n" + long))] == [
        (1, 2),
        (2, 31),
    ]


def test_execute_refuses_a_line_that_is_too_long_and_goes_on(gazetteer, monkeypatch):
    monkeypatch.setattr(command, "LONGEST_LINE", 1024 * 1024)

    status, output, errors = run(gazetteer, b"x" * 1024 * 1024 + b"\n" + lines(GOOD))

    assert (status, len(output.splitlines())) == (1, 1)
    assert errors == "line 1: longer than 1 MB, which no story is\n"


def test_execute_takes_a_line_of_the_greatest_length(gazetteer, monkeypatch):
    monkeypatch.setattr(command, "LONGEST_LINE", len(lines(GOOD)))

    assert run(gazetteer, lines(GOOD, GOOD))[0] == 0


def test_execute_takes_a_byte_order_mark(gazetteer):
    assert run(gazetteer, b"\xef\xbb\xbf" + lines(GOOD))[0] == 0


@pytest.mark.parametrize("jobs", ["x", "0", "-1", "1.5", "9" * 5000])
def test_module_says_what_jobs_are(capsys, gazetteer, jobs):
    with pytest.raises(SystemExit):
        run_command(gazetteer, [f"--jobs={jobs}"])

    assert f"“{jobs[:20]}” is not a number of processor cores: give 1, 2, 3 or more\n" in capsys.readouterr().err


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
