import pytest

from articles.tagging import Document, Gazetteer, analyse


def codes(gazetteer, text: str, title: str = "") -> list[str]:
    return [found.code for found in analyse(Document(text, title=title), gazetteer).countries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China waits.", ["CN"]),
        ("The Kremlin waits.", ["RU"]),
        ("Sino-Taiwanese ties.", ["TW", "CN"]),
        ("The Pentagon waits.", ["US"]),
        ("The Chinese Ministry of National Defence waits.", ["CN"]),
        ("A visit to Jordan, where Michael Jordan plays.", ["JO"]),
    ],
)
def test_find_countries_takes(gazetteer, text, expected):
    found = codes(gazetteer, text)

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "In the South China Sea.",
        "The China Daily wrote.",
        "Michael Jordan plays.",
        "A MIM-104 Patriot fired.",
        "Lockheed Martin builds.",
        "It tells us a lot.",
    ],
)
def test_find_countries_leaves(gazetteer, text):
    found = codes(gazetteer, text)

    assert found == []


def test_find_countries_makes_the_headline_count_more(gazetteer):
    found = codes(gazetteer, "x\nRussia met Ukraine. Russia left.", title="Ukraine waits")

    assert found == ["UA", "RU"]


def test_find_countries_gives_two_primaries_to_a_bilateral_story(gazetteer):
    analysis = analyse(Document("Belarus met Russia. Russia met Belarus, and Ukraine waits."), gazetteer)

    primary = {found.code for found in analysis.countries if found.primary}
    assert primary == {"BY", "RU"}


def test_find_countries_marks_what_an_organisation_brings(gazetteer):
    analysis = analyse(Document("The Pentagon waits."), gazetteer)

    forms = [mention.form for mention in analysis.countries[0].mentions]
    assert forms == ["organisation"]


def test_find_countries_accepts_no_weak_alias_alone(gazetteer):
    analysis = analyse(Document("The Congo, where kinshasa is a word of every day."), gazetteer)

    assert [(found.code, found.accepted) for found in analysis.countries] == [("CD", False)]


def shipped(text: str) -> dict[str, bool]:
    found = analyse(Document(text), Gazetteer.shipped()).countries
    return {country.code: country.accepted for country in found}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fighting went on in Mosul.", "IQ"),
        ("Lawmakers in Texas voted.", "US"),
        ("The Italian parliament voted.", "IT"),
        ("Flights left Al Udeid Air Base.", "QA"),
        ("They mourned in Crimea.", "UA"),
        ("Russia's Africa Corps left.", "RU"),
        ("The Élysée declined.", "FR"),
        ("Tbilisi spoke of Georgia and Abkhazia.", "GE"),
    ],
)
def test_find_countries_takes_places_and_bodies_of_the_state(text, code):
    assert list(shipped(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Chatham House published a paper.",
        "The Labour Party chose a leader.",
        "The Lima class is late.",
        "The line runs through Kashmir.",
        "The house on Indian Creek Road burned.",
        "Vasyl Moldova, 33, has left.",
        "An MQ-9 fell into the Black Sea.",
    ],
)
def test_find_countries_leaves_what_acts_for_no_country(text):
    assert shipped(text) == {}


def test_find_countries_accepts_a_place_without_doubt_only():
    assert shipped("Fighting went on in Mosul.") == {"IQ": True}
    assert shipped("A fire in Lebanon, Pa., was put out.") == {"US": True}
    assert shipped("A Lancaster man was held.") == {"US": False}


def primaries(text):
    return [found.code for found in analyse(Document(text), Gazetteer.shipped()).countries if found.primary]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Warsaw, Paris and Berlin signed.", ["PL"]),
        ("Ukraine, Poland and Latvia signed.", ["UA"]),
        ("Russia met Ukraine.", ["RU", "UA"]),
        ("Latvia met Poland. Poland, Latvia and Spain signed.", ["LV", "PL"]),
    ],
)
def test_find_countries_picks_no_pair_out_of_a_tie(text, codes):
    assert primaries(text) == codes


def test_find_countries_says_what_is_named_once():
    once = analyse(Document("Latvia waits."), Gazetteer.shipped()).countries[0]
    twice = analyse(Document("Latvia waits. Latvia hopes."), Gazetteer.shipped()).countries[0]

    assert once.reason == "named once (Latvia)"
    assert twice.reason == "named 2 times (Latvia); what the story is mostly about"


def test_find_countries_takes_the_adjective_at_the_head_of_a_ship():
    found = analyse(Document("The Russian spy ship Yantar left."), Gazetteer.shipped()).countries

    assert [(country.code, country.mentions[0].text) for country in found] == [("RU", "Russian")]


@pytest.mark.parametrize("text", ["It bought from Russian Helicopters.", "Rheinmetall sold shells."])
def test_find_countries_leaves_the_adjective_of_a_company(text):
    assert shipped(text) == {}


@pytest.mark.parametrize("text", ["Beijing said so.", "So said Beijing."])
def test_find_countries_words_every_capital_alike(gazetteer, text):
    for known in (gazetteer, Gazetteer.shipped()):
        (found,) = analyse(Document(text), known).countries
        assert found.mentions[0].reason == "Beijing: capital, stands for the government of China"


@pytest.mark.parametrize("text", ["Macedonia sends troops.", "The Macedonian army trains."])
def test_find_countries_takes_a_shared_name_alone(text):
    assert shipped(text) == {"MK": False}


@pytest.mark.parametrize("text", ["Greece spoke of Macedonia.", "The Greeks of Macedonia voted in Athens."])
def test_find_countries_leaves_a_shared_name_beside_the_neighbour(text):
    assert list(shipped(text)) == ["GR"]


@pytest.mark.parametrize("text", ["The PLA sent ships around Taipei.", "The PLA drilled in the South China Sea."])
def test_find_countries_takes_the_army_by_where_it_acts(text):
    assert "CN" in shipped(text)
