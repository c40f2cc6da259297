import pytest

from articles.tagging import Document, EntityFinding, analyse


def finding(id: str | None, kind: str, category: str) -> EntityFinding:
    return EntityFinding(id, "Kandry", kind, category, None, 0.4, (), accepted=False, reason="")


@pytest.mark.parametrize(("kind", "category"), [("person", ""), ("place", ""), ("organisation", "company")])
def test_findings_without_an_entry_are_new_names(kind, category):
    assert finding(None, kind, category).is_new_name


@pytest.mark.parametrize(
    ("id", "kind", "category"),
    [
        ("kandry", "person", ""),
        (None, "place", "city"),
        (None, "person", "role"),
        (None, "organisation", "government"),
    ],
)
def test_entries_map_places_offices_and_governments_are_no_new_names(id, kind, category):
    assert not finding(id, kind, category).is_new_name


def test_places_of_the_map_are_no_new_names(gazetteer):
    (place,) = analyse(Document("They met in Gothenburg on the coast."), gazetteer).entities

    assert (place.name, place.kind, place.is_new_name) == ("Gothenburg", "place", False)
