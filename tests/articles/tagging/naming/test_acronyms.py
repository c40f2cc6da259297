import pytest

from articles.tagging.naming.acronyms import bind_acronyms, find_explained
from articles.tagging.naming.named import Naming


def bound(text: str, long_form: str) -> dict[str, str]:
    start = text.index(long_form)
    naming = Naming(start, start + len(long_form), long_form, "organisation", "", "")
    return {acronym: found.text for acronym, found in bind_acronyms({text: [naming]}).items()}


def test_bind_acronyms_reads_the_brackets():
    text = "the Harbour Heritage Fund (HHF) paid"

    assert bound(text, "Harbour Heritage Fund") == {"HHF": "Harbour Heritage Fund"}


@pytest.mark.parametrize("bracket", ["(Moscow)", "(2015)", "(XYZ)", "[see page 3]", "(the fund)"])
def test_bind_acronyms_leaves_other_brackets(bracket):
    assert bound(f"the Harbour Heritage Fund {bracket} paid", "Harbour Heritage Fund") == {}


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("the Parliamentary Budget Officer (PBO) said", [("Parliamentary Budget Officer", "PBO")]),
        ("the yard Estaleiros do Lima (EdL) said", [("Estaleiros do Lima", "EL")]),
        ("the Inter-Services Public Relations directorate (ISPR)", [("Inter-Services Public Relations", "ISPR")]),
    ],
)
def test_find_explained_takes_the_words_that_the_acronym_shortens(text, explained):
    found = [(naming.text, "".join(filter(str.isupper, acronym))) for naming, acronym in find_explained(text)]

    assert found == explained


@pytest.mark.parametrize(
    "text", ["the company (PBO)", "Anna Kowalska (MP)", "in Kandry (Syria)", "Budget Officer (XY)"]
)
def test_find_explained_leaves_other_brackets(text):
    assert list(find_explained(text)) == []
