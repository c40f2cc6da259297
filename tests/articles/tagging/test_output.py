from articles.tagging import Document, analyse
from articles.tagging.output import as_record


def entities(gazetteer, text: str) -> list[dict]:
    return as_record("one", analyse(Document(text), gazetteer))["entities"]


def test_as_record_lists_countries_among_the_entities(gazetteer):
    (country,) = entities(gazetteer, "China waits.")

    assert (country["id"], country["kind"], country["name"]) == ("country-cn", "country", "China")
    assert [(mention["start"], mention["end"], mention["text"]) for mention in country["mentions"]] == [(0, 5, "China")]


def test_as_record_leaves_out_a_country_that_an_organisation_brings(gazetteer):
    names = [entity["name"] for entity in entities(gazetteer, "The Pentagon waits.")]

    assert names == ["US Department of Defense"]


def test_as_record_gives_units_as_organisations(gazetteer):
    (unit,) = entities(gazetteer, "Men of the 95th Air Assault Brigade left.")

    assert (unit["kind"], unit["category"], unit["name"]) == ("organisation", "unit", "95th Air Assault Brigade")
