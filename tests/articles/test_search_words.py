import pytest

from articles.search_words import LONGEST_QUERY, MOST_TERMS, Term, Words, cleaned, fold, folded_words, read_words


def terms(text):
    return [[term.text for term in group] for group in read_words(text).groups]


def spellings(word):
    return read_words(word).groups[0][0].spellings.split(" | ")


def test_read_words_takes_words_phrases_and_exclusions():
    asked = read_words('frigate "red sea" -budget -"white paper"')

    assert asked == Words(
        (
            (
                Term("frigate"),
                Term("red sea", is_phrase=True),
                Term("budget", is_excluded=True),
                Term("white paper", is_phrase=True, is_excluded=True),
            ),
        )
    )


def test_read_words_takes_or_between_groups():
    assert terms("red frigate OR destroyer") == [["red", "frigate"], ["destroyer"]]


@pytest.mark.parametrize("text", ["", " ", "-", '"', '""', "-fleet", "or", "or or", "& | ! ( ) : * \\ '", "\x00", "😀"])
def test_read_words_finds_nothing_in_what_means_nothing(text):
    assert not read_words(text)


def test_read_words_keeps_a_hyphen_inside_a_word():
    assert terms("sea-based co-operation") == [["sea-based", "co-operation"]]


def test_read_words_is_bounded():
    assert len(read_words("fleet " * 5000).groups[0]) == MOST_TERMS
    assert len(cleaned("ab " * 5000)) <= LONGEST_QUERY


def test_cleaned_is_one_line_without_control_signs():
    assert cleaned("a\x00b\n\u2028c\ud800") == "a b c"


@pytest.mark.parametrize("text", ["Su-34", "Su34", "su34", "su-34", "Su 34", "SU‑34", "Su-34s"])
def test_a_designation_is_sought_in_all_its_spellings(text):
    assert spellings(text) == ["'su34'", "'su-34':*", "'su' <-> '-34'", "'su' <-> '34'"]


def test_a_variant_is_not_sought_as_its_type():
    assert spellings("F-35A") == ["'f35a'", "'f-35a'"]


@pytest.mark.parametrize("text", ["U.S.", "US", "U.S", "us"])
def test_an_acronym_is_sought_with_and_without_points(text):
    assert spellings(text) == ["'us'", "'u.s'"]


@pytest.mark.parametrize("text", ["fleet", "Friday", "2026", "3.5", "16-inch"])
def test_other_words_have_one_spelling(text):
    assert spellings(text) == [""]


def test_a_month_and_a_year_are_no_designation():
    assert terms("November 2026") == [["November", "2026"]]


@pytest.mark.parametrize(
    ("text", "plain"), [("Łódź", "lodz"), ("Orbán", "orban"), ("Ærø", "aero"), ("Straße", "strasse")]
)
def test_fold_takes_accents_off(text, plain):
    assert fold(text) == plain


def test_folded_words_are_those_with_accents_each_once():
    assert folded_words("Viktor Orbán met Orbán in Łódź, Москва") == "orban lodz"
