import pytest

from articles.tagging.quoting.pronouns import Pronouns

from .test_people import people


def meant(gazetteer, text: str) -> list[str | None]:
    found = people(gazetteer, text)
    pronouns = Pronouns(found.framing, found)
    pronouns.read_all()
    return [cluster.name if cluster else None for _, cluster in sorted(pronouns.meant.items())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Kowalska rose. She left.", ["Anna Kowalska"]),
        ("Anna Kowalska met Tom Reed. He left.", ["Tom Reed"]),
        ("Anna Kowalska met Mary Reed. She left.", ["Anna Kowalska"]),
        ("Anna Kowalska rose. She left. The day was cold. She slept.", ["Anna Kowalska", "Anna Kowalska"]),
        ("The prefect, Senja Kaltiomaa, rose. She left.", ["Senja Kaltiomaa"]),
        ("A spokeswoman, Senja Kaltiomaa, met Tapsa Virtala, a spokesman. He left.", ["Tapsa Virtala"]),
    ],
)
def test_pronouns_mean_who_is_in_view(gazetteer, text, expected):
    assert meant(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Kowalska rose. He left.", [None]),
        ("Tom Reed slept. The sea was calm. The crew waited. A pilot landed. He smiled.", [None]),
        ("The ministry spoke. She left.", [None]),
    ],
)
def test_pronouns_may_mean_nobody_named(gazetteer, text, expected):
    assert meant(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom Reed, a spokesman, called it a lie. Sevrin Saar, an engineer, said it was none. He left.", "Sevrin Saar"),
        ("Anna Kowalska met Tom Reed. Peter Saar said nothing. She left.", "Anna Kowalska"),
        ("Tom Reed rose. The ministry said it was late. He left.", "Tom Reed"),
    ],
)
def test_who_said_something_last_is_in_view(gazetteer, text, expected):
    assert meant(gazetteer, text)[-1] == expected
