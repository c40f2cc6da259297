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


def test_advance_writes_nothing_to_a_file():
    errors = io.StringIO()

    Progress(errors, io.BytesIO(b"x")).advance()

    assert errors.getvalue() == ""
