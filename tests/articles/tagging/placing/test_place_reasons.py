"""The words in which an editor is told why a name is this place."""

import pytest

from articles.tagging import Document, Gazetteer, analyse


def reasons(text):
    found = analyse(Document(text), Gazetteer.shipped()).countries
    return [mention.reason for country in found for mention in country.mentions]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "The mayor of Springfield, Ill., spoke.",
            "Springfield: the city in Illinois, United States, as “Ill.” behind it says",
        ),
        (
            "The Illinois river rose. Springfield waits.",
            "Springfield: the city in Illinois, United States, since the story names Illinois",
        ),
        (
            "Protests went on in Bombay.",
            "Bombay: Mumbai, the city in Maharashtra, India, the best known place of that name",
        ),
        ("Beijing said no.", "Beijing: capital, stands for the government of China"),
        ("They met in Beijing.", "Beijing: the capital of China"),
        ("They drove through Bavaria.", "Bavaria: a region of Germany"),
        ("A storm hit Lamar County.", "Lamar County: a county in Texas, United States"),
        ("Troops left Donbas.", "Donbas: a part of Ukraine"),
        ("Muscovites voted.", "Muscovites: the people of Russia"),
    ],
)
def test_reasons_say_what_the_place_is(text, reason):
    assert reason in reasons(text)


def test_reasons_name_no_witness_where_nothing_was_to_choose():
    assert reasons("They met in Ashgabat.") == ["Ashgabat: the capital of Turkmenistan"]
