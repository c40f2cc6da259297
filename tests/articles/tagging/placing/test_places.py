"""Which words of a story name a place, and where it lies."""

import pytest

from articles.tagging import Gazetteer
from articles.tagging.placing.geography import Geography
from articles.tagging.placing.places import find_places
from articles.tagging.senses import BODY, Story, choose


def mentions(text):
    story, gazetteer = Story({BODY: text}), Gazetteer.shipped()
    return find_places(story, choose(story, gazetteer), gazetteer, Geography.shipped()).mentions


def places(text):
    return [(found.text, found.country, found.region) for found in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighting went on in Mosul.", [("Mosul", "IQ", "Nineveh")]),
        ("The mayor of Springfield, Ill., spoke.", [("Springfield", "US", "Illinois"), ("Ill.", "US", "Illinois")]),
        ("A fire in Lebanon, Pa., was put out.", [("Lebanon", "US", "Pennsylvania"), ("Pa.", "US", "Pennsylvania")]),
        ("Texans vote on Tuesday.", [("Texans", "US", "Texas")]),
        ("He lives in Lamar County.", [("Lamar County", "US", "Texas")]),
        ("Troops left Crimea.", [("Crimea", "UA", "Crimea")]),
        ("They flew to Gaza City.", [("Gaza City", "PS", "")]),
        ("Protests in Hargeisa.", [("Hargeisa", "SO", "")]),
        ("The line runs through Kashmir.", [("Kashmir", None, "")]),
        ("The ship left Sukhumi.", [("Sukhumi", "GE", "")]),
    ],
)
def test_find_places_takes(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mobile phones were sold.",
        "The Paris Agreement holds.",
        "She reads the Baltimore Sun.",
        "Paris Hilton waved.",
        "Reading is fun, said the teacher, reading aloud.",
        "Gen. Austin Jackson spoke. Jackson smiled.",
        "Caetano de Lima runs it.",
        "The Lima class is late.",
        "Walk down Lisbon Street.",
    ],
)
def test_find_places_leaves(text):
    assert places(text) == []


def test_find_places_needs_evidence_for_a_word_of_every_day():
    assert places("The shop in Mobile, Ala., sells phones.")[0] == ("Mobile", "US", "Alabama")
    assert places("The people of Reading, England, met.")[0][:2] == ("Reading", "GB")


def test_find_places_gives_a_name_one_place_throughout():
    text = "A fire broke out in Athens, Ga., on Monday. Athens has one station. The Athens crew came late."

    assert {found[1:] for found in places(text)} == {("US", "Georgia")}


def test_find_places_takes_the_local_town_in_a_local_story():
    text = (
        "The Paris Police Department arrested a man on Friday. He was booked into the Lamar County jail."
        " A judge in Texas set bail. Paris has seen three such cases."
    )

    assert {found[1] for found in places(text)} == {"US"}


def test_find_places_takes_the_world_city_elsewhere():
    text = "The minister flew to Paris for talks with the French government. The US Congress waits."

    assert places(text)[0] == ("Paris", "FR", "Île-de-France")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russian troops entered Georgia from South Ossetia, said Tbilisi.", "GE"),
        ("Georgia and Alabama counted votes; the county clerk in Atlanta was late.", "US"),
        ("He was sent to Korea. Seoul welcomed him.", "KR"),
        ("The Congo, where Goma fell, mourns.", "CD"),
        ("Brazzaville is the capital of the Congo.", "CG"),
    ],
)
def test_find_places_tells_countries_of_one_name_by_the_story(text, country):
    found = {name: code for name, code, _ in places(text)}

    assert found.get("Georgia") or found.get("Korea") or found["Congo"]
    assert country in (found.get("Georgia"), found.get("Korea"), found.get("Congo"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "A fire in Lebanon, Pa., was put out.",
            "Lebanon: the city in Pennsylvania, United States, as “Pa.” behind it says",
        ),
        (
            "Illinois has a new law. The mayor of Springfield was glad.",
            "Springfield: the city in Illinois, United States, since the story names Illinois",
        ),
        ("Talks were held in Kiev.", "Kiev: Kyiv, the capital of Ukraine"),
        ("Beijing said it would wait.", "Beijing: capital, stands for the government of China"),
        ("They came from Bavaria.", "Bavaria: a region of Germany"),
        ("Texans vote.", "Texans: the people of Texas, United States"),
        ("The Fla. coast waits.", "Fla.: short for Florida, United States"),
    ],
)
def test_find_places_says_why(text, reason):
    assert reason in [found.reason for found in mentions(text)]


def test_find_places_is_sure_of_what_the_story_leaves_no_doubt():
    sure = {found.text: found.is_sure for found in mentions("He left Ashgabat for Paris, Texas, and then for Mobile.")}

    assert sure["Ashgabat"]
    assert sure["Paris"]
    assert not sure.get("Mobile", False)


def test_find_places_gives_true_spans():
    text = "LONDON (Reuters) - “É” – troops from St.\u00a0Louis met Łódź’s mayor in Ciudad Juárez."

    found = mentions(text)

    assert [text[mention.start : mention.end] for mention in found] == [mention.text for mention in found]
    assert {"LONDON", "Łódź", "Ciudad Juárez"} <= {mention.text for mention in found}
