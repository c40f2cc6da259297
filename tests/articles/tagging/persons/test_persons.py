import pytest

from articles.tagging.persons.persons import find_persons


def found(text: str) -> list[tuple[str, str, str]]:
    persons = find_persons(text)
    assert all(text[person.start : person.end] == person.name for person in persons)
    return [(person.name, person.title, person.pronoun) for person in persons]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Nancy Pelosi left.", [("Nancy Pelosi", "", "she")]),
        ("Foreign Minister Wang Yi spoke.", [("Wang Yi", "Foreign Minister", "")]),
        ("Gen. Mark A. Milley spoke.", [("Mark A. Milley", "Gen", "he")]),
        ("prosecutor Senja Kaltiomaa spoke.", [("Senja Kaltiomaa", "prosecutor", "she")]),
        ("Mirela Zăvoianu, the deputy chairwoman, spoke.", [("Mirela Zăvoianu", "", "she")]),
        ("Mrs Oyelaran spoke.", [("Oyelaran", "Mrs", "she")]),
        ("Secretary of State John Kerry spoke.", [("John Kerry", "Secretary State", "he")]),
        ("Sgt. 1st Class Orsk Vanner spoke.", [("Orsk Vanner", "Sgt 1st Class", "")]),
        ("Kate Lindqvist spoke.", [("Kate Lindqvist", "", "she")]),
        ("The chairman, R. K. Subramaniam, spoke.", [("R. K. Subramaniam", "", "")]),
        ("Israel Amit, a former judge, spoke.", [("Israel Amit", "", "")]),
        ("the Hon Julie Bishop MP spoke.", [("Julie Bishop", "Hon", "she")]),
        ("MR VANNER: No.", [("VANNER", "Mr", "he")]),
        ("Squadron Leader Vanner spoke.", [("Vanner", "Squadron Leader", "")]),
        ("Haider al-Abadi spoke. Abadi left.", [("Haider al-Abadi", "", "he"), ("Abadi", "", "he")]),
        ("António da Cunha e Vaz spoke.", [("António da Cunha e Vaz", "", "he")]),
        ("Anna Mbeki-Ross left.\nMBEKI-ROSS: No.", [("Anna Mbeki-Ross", "", "she"), ("MBEKI-ROSS", "", "she")]),
        ("Michael Jordan’s team", [("Michael Jordan", "", "he")]),
        ("Ursula von der Leyen spoke.", [("Ursula von der Leyen", "", "she")]),
        ("Anna Kowalska spoke. Then Kowalska left.", [("Anna Kowalska", "", "she"), ("Kowalska", "", "she")]),
    ],
)
def test_find_persons_takes_names(text, persons):
    names = found(text)

    assert names == persons


@pytest.mark.parametrize(
    "text",
    [
        "The Chinese Defence Ministry spoke.",
        "In Jordan, the army waits.",
        "On Monday Russia and China met.",
        "George Washington University",
        "The President spoke.",
        "Halden Bay, Norway, lies west.",
        "in March Russia Today reported",
        "Foreign Office officials",
        "the Secretary General of NATO",
        "Will Russia attack?",
        "the Minister of Water Resources",
        "Near Tell Marun, one strike hit",
        "based in Virginia Beach",
        "Prince Sultan Air Base",
        "South Korea said",
        "Lee Kuan Yew School",
        "QUESTION: No.",
        "St. John's College",
        "General Dynamics rose",
    ],
)
def test_find_persons_leaves_what_is_no_person(text):
    names = found(text)

    assert names == []


@pytest.mark.parametrize("text", ["General Park Min-su spoke", "the talks of Park Min-su"])
def test_find_persons_takes_a_surname_first_that_is_a_noun(text):
    assert [person.name for person in find_persons(text)] == ["Park Min-su"]


@pytest.mark.parametrize("text", ["in Park Avenue today", "near Long Island today"])
def test_find_persons_leaves_a_noun_that_is_a_surname(text):
    assert find_persons(text) == []
