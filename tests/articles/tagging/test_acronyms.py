import pytest

from articles.tagging.acronyms import bind_acronyms
from articles.tagging.naming import Naming


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
