"""The engine as a whole: what it needs, what it promises on any text, and how long it takes."""

import pickle
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.tagging import Analysis, Document, Gazetteer, analyse

# Pieces of news and of trouble: quotation marks, shouts, foreign scripts, marks that combine or turn the direction.
SCRAPS = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        '"',
        "'",
        "«",
        "»",
        "''",
        "``",
        " ",
        "\n",
        "\n\n",
        ".",
        ",",
        ":",
        "—",
        "(",
        ")",
        "?",
        "said",
        "Smith",
        "he",
        "the Chinese Defence Ministry",
        "Chinese",
        "US",
        "U.S.",
        "President",
        "according to",
        "China",
        "Vostok",
        "exercise",
        "MND",
        "Congo",
        "Kinshasa",
        "Jordan",
        "Michael Jordan",
        "İstanbul",
        "ǅ",
        "\x00",
        "\u200b",
        "\u202e",
        "e\u0301",
        "👩‍🚀",
        "العربية",
        "中国",
        "<b title='x'>",
        "a",
        "I",
        "report states",
    ]
)
HOSTILE = st.one_of(st.lists(SCRAPS, max_size=60).map("".join), st.lists(SCRAPS, max_size=60).map(" ".join), st.text())


def every_span(document: Document, analysis: Analysis) -> list[tuple[str, str]]:
    """Each span's text beside what stands in the field at its place."""
    fields = {"body": document.text, "headline": document.title, "standfirst": document.standfirst}
    found = [
        (mention.text, fields[mention.field][mention.start : mention.end])
        for item in (*analysis.countries, *analysis.entities)
        for mention in item.mentions
    ]
    for quote in analysis.quotes:
        spans = [span for span in (quote, quote.speaker, quote.cue) if span]
        found += [(span.text, document.text[span.start : span.end]) for span in spans]
    return found


@given(text=HOSTILE, title=HOSTILE)
@settings(max_examples=150, deadline=None)
def test_analyse_keeps_every_span_true_on_any_text(gazetteer, text, title):
    document = Document(text, title=title)

    analysis = analyse(document, gazetteer)

    assert all(given == there and given for given, there in every_span(document, analysis))


UNITS = [
    '"',
    "'",
    "“",
    "’",
    "''",
    "“a",
    "a 'b ",
    "said ",
    "President A ",
    "U.S. ",
    "<",
    "\n“",
    "Smith said, ",
    "A.",
    "(",
    "«»",
    "“a” ",
    "“a” said x. ",
    "China ",
    "Ann Lee said. “a” ",
    "the ministry said “a” ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_analyse_takes_linear_time(gazetteer, unit):
    short, long = (Document(unit * (size // len(unit))) for size in (5_000, 40_000))

    first = min(_seconds(short, gazetteer) for _ in range(2))
    second = _seconds(long, gazetteer)

    # Eight times the text: 64 times the time would be quadratic; the rest is the noise of a busy machine.
    assert second < 25 * first + 0.5


def _seconds(document: Document, gazetteer: Gazetteer) -> float:
    started = time.process_time()
    analyse(document, gazetteer)
    return time.process_time() - started


def test_analyse_gives_the_same_twice(gazetteer):
    document = Document("“No,” Ms Smith said. China, Russia and the MND agreed.", title="China says no")

    first = analyse(document, gazetteer)
    second = analyse(document, gazetteer)

    assert first == second


def test_analyse_finds_nothing_in_an_empty_document(gazetteer):
    analysis = analyse(Document(""), gazetteer)

    assert analysis == Analysis()


def test_analyse_takes_headline_and_standfirst_for_countries(gazetteer):
    document = Document("Nothing here.", title="China waits", standfirst="Ukraine too")

    analysis = analyse(document, gazetteer)

    found = [(item.code, [(m.field, m.start, m.end) for m in item.mentions]) for item in analysis.countries]
    assert found == [("CN", [("headline", 0, 5)]), ("UA", [("standfirst", 0, 7)])]


def test_import_loads_no_django():
    code = "import sys, articles.tagging; print([name for name in sys.modules if name.split('.')[0] == 'django'])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_gazetteer_survives_pickling(gazetteer):
    copy = pickle.loads(pickle.dumps(gazetteer))

    assert [match.start for match in copy.find("In China")] == [3]
