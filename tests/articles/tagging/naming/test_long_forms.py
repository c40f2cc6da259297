from articles.tagging import Entry
from articles.tagging.naming.long_forms import with_long_forms
from articles.tagging.naming.named import Naming


def naming(text: str, entry: Entry | None = None) -> Naming:
    return Naming(0, len(text), text, "organisation", "", "", entry=entry)


def names(*texts: str) -> list[str]:
    return [found.name or found.text for found in with_long_forms(map(naming, texts))]


def test_with_long_forms_binds_the_ending_of_one_name():
    assert names("Harbour Council", "Council") == ["Harbour Council", "Harbour Council"]


def test_with_long_forms_leaves_the_ending_of_two_names():
    assert names("Harbour Council", "River Council", "Council") == ["Harbour Council", "River Council", "Council"]


def test_with_long_forms_leaves_what_the_gazetteer_knows():
    known = naming("Council", Entry("council", "organisation", "Council"))

    bound = with_long_forms([naming("Harbour Council"), known])

    assert bound[1] == known
