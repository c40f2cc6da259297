import pytest

from .test_attribution import cues, speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said that Jones had told reporters the ship was “late”.", "Smith"),
        ("Smith says that the crews expect the yard to call it “done”.", "Smith"),
        ("When Smith called the port “vital,” Jones left the room.", "Smith"),
        ("Smith asked, “Why?” Jones then wrote back, “Ask him.”", "Smith"),
        ("Smith blamed those who called the ship “old”.", "Smith"),
        ("An official, who asked for silence, called the meeting “short”.", "An official"),
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
        ("The fund is small, two envoys said, and the treaty speaks only of “fair shares”.", "the treaty"),
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
        ("Smith said the talks were long, calling them “a siege”.", "calling"),
        ("Smith said the yard was slow, but called it “honest”.", "called"),
        ("Smith praised the crew but called the ship “old” and its boats “older”.", "called"),
        ("The crews had begun to call the strait “closed”.", "call"),
        ("Citing “a cold winter,” Smith told reporters that the base would close.", "Citing"),
    ],
)
def test_signs_favour_the_nearest_word_of_one_speaker(text, expected):
    assert cues(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said the yard and the buyers thought the price that was asked for it was “a gift”.", "said"),
        ("Smith called for denying the ship a “clean bill”.", "denying"),
        ("Smith repeated his claim that the ship was “new”.", "repeated"),
    ],
)
def test_signs_leave_words_that_stand_in_the_report(text, expected):
    assert cues(text)[-1] == expected
