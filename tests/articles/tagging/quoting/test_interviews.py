import pytest

from articles.tagging import Document, analyse

TURNS = "Q: “How long can you hold the line?”\nA: “As long as it takes, and then a little longer.”"


def speakers(gazetteer, text: str, title: str = "") -> list[str | None]:
    """Whom each quotation's speaker stands for."""
    return [quote.resolved for quote in analyse(Document(text=text, title=title), gazetteer).quotes]


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("Anna Kask commands the brigade.", ""),
        ("Tom Reed was ill when we spoke to Anna Kask in the harbour.", ""),
        ("Tom Reed told us of her. Anna Kask is the new commander.", "Anna Kask: the line will hold"),
    ],
)
def test_answers_are_the_interviewee_s(gazetteer, lead, title):
    assert speakers(gazetteer, f"{lead}\n{TURNS}", title) == [None, "Anna Kask"]


def test_answers_without_an_interviewee_have_no_speaker(gazetteer):
    assert speakers(gazetteer, f"The harbour was cold.\n{TURNS}") == [None, None]


@pytest.mark.parametrize("label", ["Interview", "Analysis", "Q", "Read more", "Update"])
def test_section_words_do_not_speak(gazetteer, label):
    quotes = analyse(Document(f"{label}: “We will hold the line as long as we can.”"), gazetteer).quotes

    assert [(quote.speaker, quote.resolved) for quote in quotes] == [(None, None)] * len(quotes)


@pytest.mark.parametrize(("label", "name"), [("Kask", "Kask"), ("Anna Kask", "Anna Kask")])
def test_names_before_a_colon_speak(gazetteer, label, name):
    assert speakers(gazetteer, f"{label}: “We will hold the line as long as we can.”") == [name]


def test_a_section_word_does_not_hide_the_speaker_behind_it(gazetteer):
    assert speakers(gazetteer, "Analysis: Anna Kask said: “We will hold the line.”") == ["Anna Kask"]
