import pytest

from .test_attribution import speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will be hard, Smith said. Mending it “takes a year”.", "Smith"),
        ("Tom Reed was tired. Anna Kowalska disagrees. “Try harder.”", "Anna Kowalska"),
        ("Anna Kowalska, who leads the flotilla at Gdynia: “It was late.”", "Anna Kowalska"),
        ("Anna Kowalska delivered a blunt message to Tom Reed: “Leave.”", "Anna Kowalska"),
        ("Anna Kowalska has also embraced a “green” port.", "Anna Kowalska"),
    ],
)
def test_neighbours_name_a_speaker_without_a_frame(text, expected):
    assert speakers(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It will be hard, Smith said. The crane “takes a year”.", "The crane"),
        ("Anna Kowalska wrote to Tom Reed: “Leave.”", "Tom Reed"),
    ],
)
def test_neighbours_leave_things_and_listeners(text, wrong):
    assert speakers(text)[-1] != wrong
