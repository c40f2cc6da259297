import io

from articles.tagging.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


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

    Progress(terminal, stories=4).advance()

    assert "25%  1 of 4 stories" in terminal.getvalue()


def test_advance_past_the_expected_number_stays_within_the_whole():
    terminal = Terminal()

    progress = Progress(terminal, stories=1)
    progress.shown_at = -1.0
    progress.stories = 4
    progress.advance()

    assert "100%  5 of 1 stories" in terminal.getvalue()


def test_advance_writes_nothing_to_a_file():
    errors = io.StringIO()

    Progress(errors, io.BytesIO(b"x")).advance()

    assert errors.getvalue() == ""
