import pytest

from .test_attribution import cues, speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said that Jones had told reporters the ship was “late”.", "Smith"),
        ("Smith says that the crews expect the yard to call it “done”.", "Smith"),
        ("Smith blamed those who called the ship “old”.", "Smith"),
        ("An official, who asked for silence, called the meeting “short”.", "An official"),
        ("The fund is small, two envoys said, and the treaty speaks only of “fair shares”.", "the treaty"),
    ],
)
def test_signs_choose_between_two_frames(text, expected):
    assert speakers(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said the talks were long, calling them “a siege”.", "calling"),
        ("Smith said the yard was slow, but called it “honest”.", "called"),
        ("Smith praised the crew but called the ship “old” and its boats “older”.", "called"),
        ("The crews had begun to call the strait “closed”.", "call"),
    ],
)
def test_signs_favour_the_nearest_word_of_one_speaker(text, expected):
    assert cues(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith said the yard and the buyers thought the price that was asked for it was “a gift”.", "said"),
        ("Smith called for denying the ship a “clean bill”.", "denying"),
    ],
)
def test_signs_leave_words_that_stand_in_the_report(text, expected):
    assert cues(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Smith said that the bid, which some have argued was late, was “unfair”.", "some"),
        ("The port, Smith said, and the yard behind it will be “dry”.", "the yard"),
    ],
)
def test_signs_keep_the_one_who_reports(text, wrong):
    assert speakers(text)[0] != wrong
