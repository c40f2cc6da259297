"""Strings that nobody would write: no error, true spans, and work that grows with the length."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.tagging import Document, analyse
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.people import People
from articles.tagging.quoting.pronouns import Pronouns
from articles.tagging.reading.document import read
from articles.tagging.reading.mentions import phrases
from articles.tagging.senses import BODY, Story

PIECES = st.sampled_from(
    [
        "“", "”", '"', "''", "'", "‘", "’", "«", "»", "(", ")", "[", "—", "-", ":", ";", ",", ".", "?", "…", "\n", " ",
        "said", "who", "that", "and", "according", "to", "he", "she", "it", "the", "of", "'s", "minister", "saying",
        "Anna", "Kowalska", "Beijing", "words", "in", "has", "put", "USA", "é", "\u200b", "\ud7ff", "𝕬", "0", "st",
    ]
)  # fmt: skip
SENTENCES = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join)
QUIETLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIETLY
@given(text=SENTENCES | st.text(max_size=200))
def test_quotes_of_any_text_have_true_spans(gazetteer, text):
    for quote in analyse(Document(text), gazetteer).quotes:
        assert text[quote.start : quote.end] == quote.text
        assert 0 < quote.confidence < 1
        for span in (quote.speaker, quote.cue):
            assert span is None or text[span.start : span.end] == span.text


@QUIETLY
@given(text=SENTENCES | st.text(max_size=200))
def test_phrases_and_people_of_any_text_have_true_spans(text):
    framing = Framing(read(text))
    people = People(framing, Story({BODY: text}), [], [])
    pronouns = Pronouns(framing, people)
    pronouns.read_all()

    for number, sentence in enumerate(framing.reading.sentences):
        for phrase in phrases(framing.reading, sentence):
            assert sentence.first <= phrase.first < phrase.last <= sentence.last
            assert 0 <= phrase.start < phrase.end <= len(text)
        assert framing.sentence_at(framing.tokens[sentence.first].start) == number
    assert all(0 <= start < len(text) for start in people.starts)


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        '"a" ',
        "said ",
        "he said, ",
        "Anna Kowalska, the minister, ",
        "who said that ",
        "“no,” Smith said, ",
        "it's: ",
    ],
)
def test_sentences_stay_short_however_long_the_text(unit):
    reading = read(unit * 2000)

    assert max(sentence.last - sentence.first for sentence in reading.sentences) <= 301
