import pytest

from articles.tagging import Document, QuoteFinding, SpanText, analyse


def test_find_quotes_gives_words_speaker_and_cue(gazetteer):
    text = "“We are ready,” the Chinese Defence Ministry said."

    (quote,) = analyse(Document(text), gazetteer).quotes

    assert quote == QuoteFinding(
        start=1,
        end=14,
        text="We are ready,",
        kind="direct",
        speaker=SpanText(16, 44, "the Chinese Defence Ministry"),
        resolved="Chinese Ministry of National Defence",
        speaker_id="mnd-cn",
        speaker_kind="organisation",
        cue=SpanText(45, 49, "said"),
        confidence=quote.confidence,
        reason=quote.reason,
    )
    assert 0.8 < quote.confidence <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We are ready,” Smith said.", "direct"),
        ("Smith said: “We are ready.”", "direct"),
        ("Smith said that they were “more than ready”.", "partial"),
    ],
)
def test_find_quotes_tells_direct_from_partial(gazetteer, text, kind):
    (quote,) = analyse(Document(text), gazetteer).quotes

    assert quote.kind == kind


def test_find_quotes_gives_one_finding_a_paragraph(gazetteer):
    text = "“It is late,” said Smith. “We know.\n“We waited for days.”"

    quotes = analyse(Document(text), gazetteer).quotes

    assert [(quote.text, quote.speaker and quote.speaker.text) for quote in quotes] == [
        ("It is late,", "Smith"),
        ("We know.", "Smith"),
        ("We waited for days.", "Smith"),
    ]


@pytest.mark.parametrize(
    "text", ["", "Smith said it was late.", "The “Vostok” exercises began.", "“…”", "It is 5' 10\" long."]
)
def test_find_quotes_leaves(gazetteer, text):
    quotes = analyse(Document(text), gazetteer).quotes

    assert quotes == ()


def test_find_quotes_is_surer_of_a_speaker_beside_the_words(gazetteer):
    near = analyse(Document("“We are all ready to go,” Smith said."), gazetteer).quotes[0]
    far = analyse(Document("Smith came. It rained. “We are all ready to go” was heard."), gazetteer).quotes[0]

    assert near.confidence > far.confidence
