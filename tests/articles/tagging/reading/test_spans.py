import pytest

from articles.tagging.reading.spans import scan


def inner(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in scan(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("“No,” he said. “Never.”", ["No,", "Never."]),
        ('"No," he said. "Never."', ["No,", "Never."]),
        ("''No,'' he said.", ["No,"]),
        ("``No,'' he said.", ["No,"]),
        ("‘No,’ he said.", ["No,"]),
        ("'No,' he said.", ["No,"]),
        ("«Non», a-t-il dit.", ["Non"]),
        ("He said “it is ‘over’ now”.", ["it is ‘over’ now"]),
        ("‘He said “no” twice,’ she wrote.", ["He said “no” twice,"]),
        ("The ‘voters’ choice’ was clear.", ["voters’ choice"]),
        ("It was the 'end of the '90s', he said.", ["end of the '90s"]),
        ("(“So be it”)", ["So be it"]),
        ("“closed with an opener“ he said", ["closed with an opener"]),
        ("”opened with a closer” he said", ["opened with a closer"]),
        ("“ spaced ” out", ["spaced"]),
    ],
)
def test_scan_finds_pieces(text, pieces):
    found = inner(text)

    assert found == pieces


@pytest.mark.parametrize(
    "text",
    [
        "The ministry’s plan, the troops' morale, rock ’n’ roll, the '90s and 'em all.",
        'A 12" gun, 5\'10" tall.',
        '<a href="https://example.org" title="no quotation">link</a>',
        "“” and '' and \"\"",
        "“…”",
    ],
)
def test_scan_passes_over_what_is_no_piece(text):
    found = inner(text)

    assert found == []


def test_scan_never_lets_a_short_title_shift_the_pairing():
    text = 'The "Vostok" drill began. "We are ready," he said. The "Joint Sea" drill ended.'

    found = inner(text)

    assert found == ["Vostok", "We are ready,", "Joint Sea"]


def test_scan_keeps_a_lost_closer_within_its_paragraph():
    text = 'He said: "We lost it.\nThe "Vostok" drill began.'

    found = inner(text)

    assert found == ["We lost it.", "Vostok"]


def test_scan_finds_the_opener_behind_a_lost_closer():
    text = '"It is lost, he said. "We know," she said.'

    found = inner(text)

    assert found == ["We know,"]


def test_scan_chains_a_quotation_over_paragraphs():
    text = "“One.\n“Two.\n“Three,” he said. “Four.”"

    found = [(piece.chain, piece.is_closed) for piece in scan(text)]

    assert found == [(1, False), (1, False), (1, True), (2, True)]


def test_scan_tells_single_from_double_marks():
    found = [piece.is_single for piece in scan("‘One’ and “two”")]

    assert found == [True, False]
