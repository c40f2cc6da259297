import pytest

from .test_attribution import cues, speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will be hard, Smith said. Mending it “takes a year”.", "Smith"),
        ("Tom Reed was tired. Anna Kowalska disagrees. “Try harder.”", "Anna Kowalska"),
        ("Anna Kowalska, who leads the flotilla at Gdynia: “It was late.”", "Anna Kowalska"),
        ("Anna Kowalska delivered a blunt message to Tom Reed: “Leave.”", "Anna Kowalska"),
        ("When Reed died, Anna Kowalska released the following lines:\n“He was kind.”", "Anna Kowalska"),
        ("The pollsters agree - Anna Kowalska: “Ask again.”", "Anna Kowalska"),
        ("“No,” Reed said, and Anna Kowalska cut in. “Yes, Tom.”", "Anna Kowalska"),
        ("“No,” Reed said.\nThe hall was full. Was Kowalska worried? Kowalska closed her folder. “Yes.”", "Kowalska"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Kowalska, a lawyer from Gdynia, gave the panel this account: “It was late.”", "gave"),
        ("Anna Kowalska allowed herself one sentence:\n“It was late.”", "allowed"),
        ("The text as follows:\n“It was late.”", "follows"),
    ],
)
def test_neighbours_take_the_verb_for_the_cue(text, expected):
    assert cues(text)[-1] == expected


@pytest.mark.parametrize("text", ["Anna Kowalska:\n“It was late.”", "Anna Kowalska, a lawyer:\n“It was late.”"])
def test_neighbours_take_no_noun_for_the_cue(text):
    assert cues(text)[-1] in ("", ":")
