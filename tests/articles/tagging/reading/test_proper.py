import pytest

from articles.tagging.reading.proper import read_words


def tall(text: str) -> list[str]:
    words = read_words(text)
    return [words.texts[index] for index in words.propers]


@pytest.mark.parametrize(
    ("text", "propers"),
    [
        ("the 95th Brigade of U.S. troops", ["95th", "Brigade", "U.S."]),
        ("Khalid al-Abadi left", ["Khalid", "al-Abadi"]),
        ("Russia’s T-90M", ["Russia", "T-90M"]),
    ],
)
def test_read_words_tells_capitals(text, propers):
    assert tall(text) == propers


@pytest.mark.parametrize(
    "text", ["Navy Buys Three Frigates For Harbour Patrol", "ALL HANDS SHALL LEAVE EVERY SHIP TODAY."]
)
def test_read_words_leaves_lines_without_small_letters(text):
    assert tall(text) == []


def test_read_words_tells_where_sentences_begin():
    words = read_words("Gen. Smith left. Others stayed.")

    assert [words.texts[index] for index in range(len(words)) if words.opens(index)] == ["Gen", "Others"]
