import pytest

from articles.tagging.naming.organisations import find_organisations
from articles.tagging.senses import Story, choose


def found(gazetteer, text: str) -> list[tuple[str, str, str | None]]:
    story = Story({"body": text})
    organisations = find_organisations(story, choose(story, gazetteer), gazetteer)
    return [(item.text, item.category, item.entry and item.entry.id) for item in organisations]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("the Chinese Defence Ministry said", [("Chinese Defence Ministry", "ministry", "mnd-cn")]),
        ("China’s defense ministry said", [("China’s defense ministry", "ministry", "mnd-cn")]),
        ("the Chinese Ministry of Defence said", [("Chinese Ministry of Defence", "ministry", "mnd-cn")]),
        ("the Ukrainian Foreign Ministry said", [("Ukrainian Foreign Ministry", "ministry", None)]),
        ("the Russian Navy said", [("Russian Navy", "force", None)]),
    ],
)
def test_find_organisations_takes(gazetteer, text, organisations):
    names = found(gazetteer, text)

    assert names == organisations


@pytest.mark.parametrize(
    "text",
    ["Russian troops said", "the Russian military said", "China, the ministry said", "Chinese armyworms"],
)
def test_find_organisations_leaves(gazetteer, text):
    names = found(gazetteer, text)

    assert names == []
