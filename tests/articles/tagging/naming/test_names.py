import pytest

from articles.tagging import Document, analyse


def names(gazetteer, text: str) -> list[tuple[str | None, str, bool]]:
    return [(found.id, found.name, found.accepted) for found in analyse(Document(text), gazetteer).entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO waits.", [("nato", "NATO", True)]),
        ("The “Vostok” exercises began.", [("vostok", "Vostok", False)]),
        ("Nancy Pelosi left.", [("pelosi", "Nancy Pelosi", True)]),
        ("Anna Kowalska left. Kowalska returned.", [(None, "Anna Kowalska", False)]),
        ("The Russian Navy sailed.", [(None, "Russian Navy", False)]),
        ("Russia’s Navy sailed.", [(None, "Russian Navy", False)]),
        ("China’s Defence Ministry spoke.", [("mnd-cn", "Chinese Ministry of National Defence", False)]),
    ],
)
def test_find_names_takes(gazetteer, text, expected):
    found = names(gazetteer, text)

    assert found == expected


@pytest.mark.parametrize(
    "text", ["Vostok rose.", "A Patriot spoke.", "China waits.", "The ministry spoke.", "Monday came."]
)
def test_find_names_leaves(gazetteer, text):
    found = names(gazetteer, text)

    assert found == []


def test_find_names_gathers_the_mentions_of_a_person(gazetteer):
    analysis = analyse(Document("Anna Kowalska left. Kowalska returned."), gazetteer)

    (person,) = analysis.entities
    assert [(mention.start, mention.end) for mention in person.mentions] == [(0, 13), (20, 28)]


def test_find_names_gives_the_reason_of_the_mention_that_proves(gazetteer):
    analysis = analyse(Document("A Patriot missile flew. A MIM-104 Patriot flew."), gazetteer)

    (patriot,) = analysis.entities
    assert (patriot.accepted, patriot.reason) == (True, "“MIM-104 Patriot” names it")
