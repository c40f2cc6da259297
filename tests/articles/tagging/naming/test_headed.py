import pytest

from articles.tagging.naming.headed import find_headed
from articles.tagging.reading.proper import read_words


def found(text: str) -> list[tuple[str, str, str]]:
    namings = find_headed(read_words(text))
    assert all(text[naming.start : naming.end] == naming.text for naming in namings)
    return [(naming.text, naming.kind, naming.category) for naming in namings]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He runs the Harbour Heritage Fund.", [("Harbour Heritage Fund", "organisation", "institution")]),
        (
            "The Ministry of Trade, Labour and Tourism paid.",
            [("Ministry of Trade, Labour and Tourism", "organisation", "ministry")],
        ),
        ("the 95th Air Assault Brigade moved", [("95th Air Assault Brigade", "unit", "")]),
        ("sailors of Task Force 51 and more", [("Task Force 51", "unit", "")]),
        ("they met near Lake Ohrid and at Fort Drum", [("Lake Ohrid", "place", ""), ("Fort Drum", "place", "")]),
        ("in Orel province they wait", [("Orel province", "place", "")]),
        ("through the Strait of Malacca today", [("Strait of Malacca", "place", "")]),
        ("pilots of 120 Squadron and No. 8 Squadron", [("120 Squadron", "unit", ""), ("No. 8 Squadron", "unit", "")]),
        ("then the Dutch Marine Corps left", [("Dutch Marine Corps", "organisation", "force")]),
        ("a private of the Irish Guards left", [("Irish Guards", "unit", "")]),
        ("he reached the Orel air base", [("Orel air base", "place", "")]),
        ("men of Jaish al-Kandry left", [("Jaish al-Kandry", "organisation", "group")]),
        (
            "the Department for Trade, UK Aid and others paid",
            [("Department for Trade", "organisation", "ministry")],
        ),
        ("from Tel Rifaat and back", [("Tel Rifaat", "place", "")]),
    ],
)
def test_find_headed_takes_names_with_their_noun(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Council met.",
        "the army of volunteers",
        "On Monday the ministry spoke.",
        "Committee Of Shadows Seeks Harbour Fund",
        "the Geneva Summit",
        "in the Tajik district",
        "a Kandry river mine",
        "the German Sea Lynx flew",
        "QUESTIONS IN PARLIAMENT\nThe minister spoke.",
        "BREAKING NEWS\nThe minister spoke.",
        "then General Park Min-su spoke",
    ],
)
def test_find_headed_leaves_what_has_no_name(text):
    assert found(text) == []


def test_find_headed_says_the_noun_of_a_base():
    (naming,) = find_headed(read_words("at the Orel training area they wait"))

    assert naming.reason == "“Training area” in its name: a place"
