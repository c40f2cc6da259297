import pytest

from articles.tagging import Alias, Entry, Gazetteer


def found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[match.start : match.end] for match in gazetteer.find(text) if not match.is_blocked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China and Russia’s army", ["China", "Russia"]),
        ("a Russian-Chinese exercise", ["Russian", "Chinese"]),
        ("Sino-Russian ties", ["Sino-", "Russian"]),
        ("the U.S report and the U.S. report", ["U.S", "U.S."]),
        ("CHINA WARNS", ["CHINA"]),
        ("Chinese Ministry of National Defence", ["Chinese Ministry of National Defence"]),
    ],
)
def test_find_takes_names(gazetteer, text, expected):
    names = found(gazetteer, text)

    assert names == expected


@pytest.mark.parametrize(
    "text",
    ["they told us", "the chinaware", "in the South China Sea", "the China Daily wrote", "nato", "Prussia"],
)
def test_find_refuses_what_only_looks_like_a_name(gazetteer, text):
    names = found(gazetteer, text)

    assert names == []


def test_find_gives_all_senses_of_a_text(gazetteer):
    (match,) = gazetteer.find("The MND spoke")

    assert [sense.entry.id for sense in match.senses] == ["mnd-cn", "mnd-tw"]


def test_find_takes_any_capitals_where_the_alias_allows():
    gazetteer = Gazetteer.compile(
        [Entry("x", "organisation", "X", aliases=(Alias("ministry of peace", case_sensitive=False),))]
    )

    names = found(gazetteer, "The Ministry of Peace")

    assert names == ["Ministry of Peace"]


def test_find_keeps_offsets_where_lower_case_is_longer(gazetteer):
    text = "İİİ China"

    names = found(gazetteer, text)

    assert names == ["China"]


def test_compile_blocks_a_forbidden_alias():
    gazetteer = Gazetteer.compile(
        [Entry("g", "country", "Georgia", "GE", aliases=(Alias("Georgia Tech", strength="forbidden"),))]
    )

    names = found(gazetteer, "Georgia Tech beat Georgia")

    assert names == ["Georgia"]


def test_compile_takes_an_empty_gazetteer():
    gazetteer = Gazetteer.compile([])

    assert gazetteer.find("China") == []
