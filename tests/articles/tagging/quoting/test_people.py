import pytest

from articles.tagging.naming.organisations import find_organisations, without_overlaps
from articles.tagging.quoting.framing import Framing
from articles.tagging.quoting.people import People
from articles.tagging.reading.document import read
from articles.tagging.senses import BODY, Story, choose


def people(gazetteer, text: str) -> People:
    story = Story({BODY: text})
    hits = choose(story, gazetteer)
    organisations = find_organisations(story, hits, gazetteer)
    return People(Framing(read(text)), story, without_overlaps(hits, organisations), organisations)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Senja Kaltiomaa rose. Then Kaltiomaa left.", "Kaltiomaa left", "Senja Kaltiomaa"),
        ("The prefect, Senja Kaltiomaa, rose.", "Senja", "Senja Kaltiomaa"),
        ("Colonel Lu Wenhao rose. The day was long when Lu answered.", "Lu answered", "Lu Wenhao"),
    ],
)
def test_namings_lead_to_one_person(gazetteer, text, word, expected):
    found = people(gazetteer, text)

    assert found.namings[text.index(word)].name == expected


def test_with_role_finds_the_last_holder(gazetteer):
    text = "The prefect, Senja Kaltiomaa, rose. The prefect of Narva, Mirela Brandt, left. The prefect spoke."

    assert people(gazetteer, text).with_role("prefect", text.index("The prefect spoke")).name == "Mirela Brandt"


def test_with_role_knows_nobody(gazetteer):
    text = "The prefect, Senja Kaltiomaa, rose. The pilot spoke."

    assert people(gazetteer, text).with_role("pilot", text.index("The pilot")) is None


@pytest.mark.parametrize(
    "text", ["The Russian Navy said so.", "Beijing said so.", "USS Mason sailed.", "F-16 jets flew."]
)
def test_organisations_and_things_are_no_people(gazetteer, text):
    assert people(gazetteer, text).namings == {}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Anna Kask rose. Her brother Mart Kask left.", "Mart", "Mart Kask"),
        ("Anna Kask rose. Her brother Mart Kask left. Kask sang.", "Kask sang", "Mart Kask"),
        ("Anna Kask rose. Her brother Mart Kask left. Ms Kask sang.", "Kask sang", "Anna Kask"),
        ("Nancy Pelosi rose. Paul Pelosi left.", "Paul", "Paul Pelosi"),
        ("John Smith rose. Sgt Jane Smith left.", "Jane", "Jane Smith"),
        ("Sgt Jane Smith rose. Colonel John Smith left. Sergeant Smith sang.", "Smith sang", "Jane Smith"),
        ("Kim Jong Un rose. Kim Yo Jong left.", "Kim Yo", "Kim Yo Jong"),
        ("The prefect, Senja Kaltiomaa, rose. The judge, Eero Kaltiomaa, left.", "Eero", "Eero Kaltiomaa"),
    ],
)
def test_people_of_one_surname_stay_apart(gazetteer, text, word, expected):
    assert people(gazetteer, text).namings[text.index(word)].name == expected


@pytest.mark.parametrize(
    "text",
    [
        "James Kask rose. Jim Kask left.",
        "J. Kask rose. James Kask left.",
        "Kim Jong Un rose. Kim Jong-un left.",
        "General Mark A. Milley rose. Mark Milley left.",
    ],
)
def test_forms_of_one_name_are_one_person(gazetteer, text):
    assert len({id(cluster) for cluster in people(gazetteer, text).namings.values()}) == 1
