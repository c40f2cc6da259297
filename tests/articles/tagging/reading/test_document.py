import pytest

from articles.tagging.reading.document import read


def sentences(text: str) -> list[str]:
    reading = read(text)
    return [reading.span(sentence.first, sentence.last) for sentence in reading.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One\nTwo", ["One", "Two"]),
        ("“It is over.” Smith left.", ["“It is over.”", "Smith left."]),
        ("Why? Nobody knows.", ["Why?", "Nobody knows."]),
        ("He left the U.S. The army stayed.", ["He left the U.S.", "The army stayed."]),
        ("He asked, “Why?” Reed replied.", ["He asked, “Why?”", "Reed replied."]),
        ("(He was to “rest.”) Then Reed left.", ["(He was to “rest.”)", "Then Reed left."]),
    ],
)
def test_read_splits_sentences(text, expected):
    found = sentences(text)

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Mark A. Milley met Mr. Smith.",
        "The U.S. Navy has ships.",
        "“Why?” Smith asked.",
        "“Why?” Smith went on.",
        "“Not us!” Smith, the head of the yard, tweeted.",
        "The ship (“Vostok”) Reed sold was old.",
        "“It is over,” Smith said.",
        "He said “no.” and left.",
        "It costs 3.5 million.",
    ],
)
def test_read_keeps_one_sentence(text):
    found = sentences(text)

    assert found == [text]


def test_read_folds_a_piece_into_one_token():
    reading = read("He said “it is. Over” today.")

    assert [token.text for token in reading.tokens] == ["He", "said", "it is. Over", "today", "."]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Russia’s army", ["Russia", "’s", "army"]),
        ("al-Abadi of AT&T", ["al-Abadi", "of", "AT&T"]),
        ("a 2017 U.S report", ["a", "2017", "U.S", "report"]),
        ("don’t", ["don’t"]),
        ("1,500 men", ["1,500", "men"]),
    ],
)
def test_read_splits_words(text, tokens):
    reading = read(text)

    assert [token.text for token in reading.tokens] == tokens


def test_read_drops_marks_left_over_behind_a_piece():
    reading = read("''We'll 'see,'''' said Smith.")

    assert [token.text for token in reading.tokens][1:] == ["said", "Smith", "."]


def test_read_keeps_the_ending_behind_a_piece():
    reading = read("“Vostok”’s crew left.")

    assert reading.tokens[1].text == "’s"


def test_read_keeps_a_party_and_its_state_together():
    assert "D-N.Y." in [token.text for token in read("Tom Reed (D-N.Y.) left.").tokens]


def test_read_ends_a_sentence_behind_a_month():
    assert len(read("It was moved to November. Lithuania agreed.").sentences) == 2


def test_read_runs_on_behind_a_short_month():
    assert len(read("It was moved to Nov. Lithuania agreed.").sentences) == 1
