import pytest

from .test_frames import found


def source(text: str, cue: str) -> str | None:
    return next((source for word, source, _ in found(text) if word == cue), None)


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Tom Reed opened the port, and added that it was “late”.", "added", "Tom Reed"),
        ("Anna Kowalska met Tom Reed, saying that it was “late”.", "saying", "Anna Kowalska"),
        (
            "The talks began when Anna Kowalska praised the “calm” and criticized the “noise”.",
            "criticized",
            "Anna Kowalska",
        ),
        ("The port lost a crane, with Tom Reed calling it “a start”.", "calling", "Tom Reed"),
        ("The minister sent a note to reporters saying it was “late”.", "saying", "The minister"),
        ("The minister put out a statement warning of “a cold winter”.", "warning", "The minister"),
        ("The pilots who wrote to Tom Reed on Thursday say they are “tired”.", "say", "The pilots"),
        ("Officers watching from the bridge said they saw “nothing”.", "said", "Officers"),
        ("An admiral who served there as a midshipman remembered “the cold”.", "remembered", "An admiral"),
        ("Anna Kowalska, author of “The Long Quay,” said it was “late”.", "said", "Anna Kowalska"),
        ("Anna Kowalska said her ships were late and said that Tom Reed had “slept”.", "said", "Anna Kowalska"),
    ],
)
def test_subject_is_that_of_the_clause(text, cue, expected):
    assert source(text, cue) == expected


@pytest.mark.parametrize(
    ("text", "cue", "wrong"),
    [
        ("Anna Kowalska met Tom Reed, saying that it was “late”.", "saying", "Tom Reed"),
        ("The minister emailed voters saying: “Come.”", "saying", "voters"),
        ("Anna Kowalska, who told aides that Tom Reed was ill, said it was “late”.", "said", "Tom Reed"),
        ("When Tom Reed spoke, Anna Kowalska nodded and said “no”.", "said", "Tom Reed"),
    ],
)
def test_subject_is_not_the_bystander(text, cue, wrong):
    assert source(text, cue) != wrong
