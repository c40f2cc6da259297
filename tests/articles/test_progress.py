import io

import pytest

from articles import progress as module
from articles.progress import Progress, Remarks


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when the test says so."""

    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_advance_shows_how_far_a_file_is(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"12345\n" * 4)
    terminal = Terminal()

    with path.open("rb") as source:
        progress = Progress(terminal, source)
        lines = progress.watch(enumerate(source, 1))
        next(lines)
        next(lines)
        progress.advance()

    assert "50%" in terminal.getvalue()
    assert "1 stories" in terminal.getvalue()


def test_advance_shows_how_far_a_number_of_stories_is():
    terminal = Terminal()

    Progress(terminal, expected=4).advance()

    assert "25%  1 of 4 stories" in terminal.getvalue()


def test_advance_past_the_expected_number_stays_within_the_whole(clock):
    terminal = Terminal()
    progress = Progress(terminal, expected=1)

    progress.advance()
    clock.now += 1
    progress.advance()

    assert "100%  2 of 1 stories" in terminal.getvalue()


def test_clear_takes_away_the_whole_line_however_long():
    terminal = Terminal()
    progress = Progress(terminal, expected=4)

    progress.advance("up to article " + "9" * 80)
    drawn = len(terminal.getvalue()) - 1
    progress.clear()

    assert terminal.getvalue().endswith("\r" + " " * drawn + "\r")


def test_advance_writes_nothing_of_what_is_quick_to_a_log():
    log = io.StringIO()
    progress = Progress(log, io.BytesIO(b"x"))

    for _ in range(1000):
        progress.advance()
    progress.clear()

    assert log.getvalue() == ""


def test_advance_writes_a_plain_line_to_a_log_every_ten_seconds(clock):
    log = io.StringIO()
    progress = Progress(log, expected=100, what="pictures")

    for number in range(25):
        clock.now += 1
        progress.advance(f"up to picture {number}")

    assert log.getvalue() == (
        "10%  10 of 100 pictures, 1/s, up to picture 9\n20%  20 of 100 pictures, 1/s, up to picture 19\n"
    )


def test_remarks_say_nothing_of_what_is_quick():
    said: list[str] = []
    remark = Remarks(said.append)

    for number in range(1000):
        remark(f"Picture {number}")

    assert said == []


def test_remarks_pass_on_one_line_in_three_seconds(clock):
    said: list[str] = []
    remark = Remarks(said.append)

    for number in range(7):
        remark(f"Picture {number}")
        clock.now += 1

    assert said == ["  Picture 3 …", "  Picture 6 …"]
