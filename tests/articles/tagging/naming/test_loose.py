import pytest

from articles.tagging.naming.loose import find_acronyms, find_again, find_bare, find_datelines, find_places, loose_runs
from articles.tagging.naming.named import Naming, Taken
from articles.tagging.reading.proper import read_words


def runs_of(text: str):
    words = read_words(text)
    return words, loose_runs(words, Taken())


def texts(namings) -> list[str]:
    return [naming.text for naming in namings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("they fought near Kandry", ["Kandry"]),
        ("the town of Kandry fell", ["Kandry"]),
        ("north of Kandry", ["Kandry"]),
        ("in Kandry, Orlo and Vesk", ["Kandry", "Orlo", "Vesk"]),
        ("the Kandry area burned", ["Kandry"]),
        ("in Monday’s vote", []),
        ("in English", []),
        ("the minister saw Kandry", []),
        ("in KDF hands", []),
        ("a ship off Kandry", ["Kandry"]),
        ("a flotilla at Kandry", ["Kandry"]),
        ("a shop at Kandry Fair", []),
    ],
)
def test_find_places_reads_the_words_around(text, places):
    words, runs = runs_of(text)

    assert texts(find_places(words, runs, ())) == places


def test_find_places_takes_a_city_before_its_country():
    words = read_words("troops left Kandry, Syria, today")
    taken = Taken()
    taken.add(20, 25)

    assert texts(find_places(words, loose_runs(words, taken), {20})) == ["Kandry"]


def test_find_places_goes_on_with_the_list_of_a_known_place():
    words = read_words("they hit Oslo, Kandry and Sergeant Vesk with their rockets")
    taken = Taken()
    taken.add(9, 13)

    assert texts(find_places(words, loose_runs(words, taken), (), ends={13})) == ["Kandry"]


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        ("the KDF said so", ["KDF"]),
        ("KDF’s men", ["KDF"]),
        ("KDF men met KDF women", ["KDF", "KDF"]),
        ("a KDF man", []),
        ("carried by KDFX today", ["KDFX"]),
        ("in part XVII of it", []),
        ("KDFX: Why?", []),
        ("the GDP fell", []),
        ("the ATGMs and FPV crews fought the FPV crews", []),
        ("QUESTIONS FOR KDFX\nThe minister spoke.", []),
    ],
)
def test_find_acronyms_takes_what_acts(text, acronyms):
    words, runs = runs_of(text)

    assert texts(find_acronyms(words, runs)) == acronyms


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Then the Coalition struck. Coalition jets left.", ["Coalition", "Coalition"]),
        ("Coalition jets left.", []),
        ("then the Army left", ["Army"]),
        ("for Labour, it says", ["Labour"]),
        ("the coalition struck", []),
    ],
)
def test_find_bare_needs_a_capital_inside_a_sentence(text, bare):
    words, runs = runs_of(text)

    assert texts(find_bare(words, runs)) == bare


def test_find_again_gives_the_same_kind():
    words, runs = runs_of("then Kandry fell")
    known = {"Kandry": Naming(0, 6, "Kandry", "place", "", "told before")}

    (again,) = find_again(words, runs, known)

    assert (again.start, again.kind, again.reason, again.name) == (5, "place", "told before", "Kandry")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("VAZIANI, Georgia — It began.", ["VAZIANI"]),
        ("BAMAKO (Own report) - It began.", ["BAMAKO"]),
        ("QUESTION: Why?", []),
        ("NATO said no - again.", []),
    ],
)
def test_find_datelines_takes_the_head_of_a_report(text, places):
    assert texts(find_datelines(text)) == places
