import pytest

from articles.tagging import Alias, Document, Entry, Gazetteer, analyse

GAZETTEER = Gazetteer.compile(
    [
        Entry("country-no", "country", "Norway", country="NO", aliases=(Alias("Oslo", "capital"),)),
        Entry("c-17", "equipment", "C-17", "US", "aircraft"),
        Entry(
            "archer",
            "equipment",
            "Archer",
            "SE",
            "artillery",
            (Alias("Archer", "name", "weak", needs_context=("gun",)),),
        ),
        Entry("kask", "person", "Mart Kask", aliases=(Alias("Kask", "short"),)),
    ]
)


def found(text: str) -> list[tuple[str | None, str, list[str]]]:
    analysis = analyse(Document(text), GAZETTEER)
    return [(item.id, item.kind, [mention.text for mention in item.mentions]) for item in analysis.entities]


def test_hits_are_taken_with_what_the_gazetteer_says():
    assert found("A C-17 landed.") == [("c-17", "equipment", ["C-17"])]


@pytest.mark.parametrize("text", ["In hall C-17 they met.", "At berth C-17 they met."])
def test_hits_that_are_a_place_in_a_hall_are_left(text):
    assert found(text) == []


def test_weak_aliases_that_a_person_bears_are_left():
    assert found("Anna Archer fired a gun. Archer left.") == [(None, "person", ["Anna Archer", "Archer"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kask left.", [("kask", "person", ["Kask"])]),
        ("Anna Kask left. Kask returned.", [(None, "person", ["Anna Kask", "Kask"])]),
        ("Mart Kask and Anna Kask left.", [("kask", "person", ["Mart Kask"]), (None, "person", ["Anna Kask"])]),
    ],
)
def test_surnames_are_never_a_namesake(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "places"), [("They met in Oslo.", ["Oslo"]), ("Oslo said no.", [])])
def test_capitals_are_places_where_a_preposition_says_so(text, places):
    assert [text for _, kind, mentions in found(text) for text in mentions if kind == "place"] == places


def test_surnames_alone_belong_to_the_person_known_by_the_full_name():
    gazetteer = Gazetteer.compile([Entry("kask", "person", "Leena Kask")])

    analysis = analyse(Document("Defence Minister Leena Kask left. Kask and the Defence Minister are one."), gazetteer)

    assert [(item.id, [mention.text for mention in item.mentions]) for item in analysis.entities] == [
        ("kask", ["Leena Kask", "Kask", "Defence Minister"])
    ]


def test_weak_names_of_weapons_before_another_name_are_left():
    assert found("They fired a gun on Archer Street.") == [(None, "place", ["Archer Street"])]
