import pytest

from .test_attribution import cues, speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When Smith called the port “vital,” Jones left the room.", "Smith"),
        ("Smith asked, “Why?” Jones then wrote back, “Ask him.”", "Smith"),
        ("“You cannot shoot a bridge,” as Tom Smith drily observed.", "Tom Smith"),
        ("“It was late, senator,” BBC This Morning host Tom Smith said.", "Tom Smith"),
        (
            "Smith said on Monday that he would refit the ship at Gdynia in the spring, which he called “a tin can”.",
            "he",
        ),
        ("Smith blamed the yard for Jones’s claim that the ship had been “lost”.", "Jones"),
        ("Smith, who has called Jones’s comments “unhelpful”, left.", "who"),
        ("Smith accused the yard of serving “cranes and cousins” -- namely the people he rails against.", "Smith"),
        ("When a heckler shouted, “Sink it,” Smith joked, “Ask the crew.”", "a heckler"),
        ("A retired pilot called the plan “brave and wrong”: ships, she told us, rust.", "A retired pilot"),
    ],
)
def test_signs_favour_the_one_who_reports(text, expected):
    assert speakers(text)[0].endswith(expected)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Smith praised the “quiet” harbour Jones had built.", "Jones"),
        ("Smith wants a “chief engineer” who reports to the minister.", "who"),
        ("Smith has the “keys” they need to win.", "they"),
    ],
)
def test_signs_pass_over_what_follows_a_fragment(text, wrong):
    assert speakers(text)[0] != wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Citing “a cold winter,” Smith told reporters that the base would close.", "Citing"),
        ("Smith repeated his claim that the ship was “new”.", "repeated"),
    ],
)
def test_signs_choose_the_reporting_word(text, expected):
    assert cues(text)[0] == expected
