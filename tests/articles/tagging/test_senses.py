import pytest

from articles.tagging.senses import Story, choose


def chosen(gazetteer, text: str) -> list[tuple[str, str | None, str | None]]:
    hits = choose(Story({"body": text}), gazetteer)
    return [(hit.text, hit.country and hit.country.entry.country, hit.entity and hit.entity.entry.id) for hit in hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Taiwan said the MND knew.", [("Taiwan", "TW", None), ("MND", None, "mnd-tw")]),
        ("China said the MND knew.", [("China", "CN", None), ("MND", None, "mnd-cn")]),
        ("A Patriot missile fell.", [("Patriot", None, "patriot")]),
        ("The Congo, said Kinshasa.", [("Congo", "CD", None)]),
        ("The Pentagon spoke.", [("Pentagon", None, "pentagon")]),
    ],
)
def test_choose_takes_the_sense_with_evidence(gazetteer, text, hits):
    found = chosen(gazetteer, text)

    assert found == hits


@pytest.mark.parametrize(
    "text",
    [
        "The MND spoke.",
        "A true Patriot fell.",
        "The Congo flows.",
        "Michael Jordan played.",
        "Vostok is the Russian-made name of nothing here.".replace("Russian-made ", ""),
        "The South China Sea is wide.",
    ],
)
def test_choose_leaves_a_sense_without_evidence(gazetteer, text):
    found = chosen(gazetteer, text)

    assert found == []


def test_choose_leaves_two_equal_senses_undecided(gazetteer):
    found = chosen(gazetteer, "The Congo, Kinshasa and Brazzaville.")

    assert found == []


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("Missile", True), ("air defence", True), ("miss", False), ("defence air", False), ("", False)],
)
def test_story_has_whole_words_only(phrase, expected):
    story = Story({"body": "The air defence fired a missile."})

    assert story.has(phrase) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US fleet sailed.", True),
        ("A US-led patrol sailed.", True),
        ("They told us nothing.", False),
        ("The bus and USS Nimitz were late.", False),
    ],
)
def test_story_tells_the_acronym_us_from_the_pronoun(text, expected):
    story = Story({"body": text})

    assert story.has("US") is expected
