import pytest

from .test_attribution import speakers


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
