import pytest

from articles.tagging.persons.persons import find_persons
from articles.tagging.persons.roles import find_roles


def found(text: str) -> list[tuple[str, str]]:
    roles = find_roles(text, find_persons(text))
    return [(role.text, role.holder.name if role.holder else "") for role in roles]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("the Foreign Secretary left", [("Foreign Secretary", "")]),
        (
            "Foreign Secretary Anna Kowalska left. The Foreign Secretary returned.",
            [("Foreign Secretary", "Anna Kowalska")],
        ),
        ("our Minister for Fisheries, they say", [("Minister for Fisheries", "")]),
        ("then the Minister left", [("Minister", "")]),
        (
            "The President of Kandry, Anna Kowalska, left. The President returned.",
            [("President of Kandry", "Anna Kowalska"), ("President", "Anna Kowalska")],
        ),
        (
            "Trade Secretary Anna Kowalska left. The Trade Secretary spoke to the International Development Secretary.",
            [("Trade Secretary", "Anna Kowalska"), ("International Development Secretary", "")],
        ),
        ("the US Secretary of State left", [("Secretary of State", "")]),
        ("the Minister for Fisheries, Anna Kowalska, left", [("Minister for Fisheries", "Anna Kowalska")]),
    ],
)
def test_find_roles_takes_offices_for_persons(text, roles):
    assert found(text) == roles


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Secretary Anna Kowalska left",
        "the foreign secretary left",
        "Ministers met",
        "HMS Prince of Wales sailed",
        "President of what",
    ],
)
def test_find_roles_leaves_titles_of_names_and_small_letters(text):
    assert found(text) == []
