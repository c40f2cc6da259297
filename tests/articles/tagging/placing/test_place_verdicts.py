"""Whether a name that could be a place is one here."""

import pytest

from articles.tagging import Gazetteer
from articles.tagging.placing.geography import Geography
from articles.tagging.placing.places import find_places
from articles.tagging.senses import BODY, Story, choose


def named(text):
    story, gazetteer = Story({BODY: text}), Gazetteer.shipped()
    found = find_places(story, choose(story, gazetteer), gazetteer, Geography.shipped())
    return [mention.text for mention in found.mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police in Jackson made an arrest.", "Jackson"),
        ("A Hartford man was held.", "Hartford"),
        ("ALBANY, Ga. — It rained.", "ALBANY"),
        ("MOSUL (Reuters) - It rained.", "MOSUL"),
        ("Lamar County waits.", "Lamar County"),
        ("Wellington told the world that New Zealand stays out.", "Wellington"),
        ("The ship left Portsmouth for Riga.", "Riga"),
        ("They marched through Syria and Mosul.", "Mosul"),
        ("The Rev. Nathan Lisbon lives in Lisbon.", "Lisbon"),
        ("We met Sen. Westrom, R-Fresno.", "Fresno"),
        ("Paris said it would act.", "Paris"),
        ("Warsaw, Paris and Berlin signed.", "Paris"),
        ("Tehran warned Paris.", "Paris"),
        ("Jordan said it would act.", "Jordan"),
        ("Sofia said that Bulgaria would act.", "Sofia"),
        ("Georgia said in Tbilisi that it would act.", "Georgia"),
        ("Besides Poland, nobody came.", "Poland"),
        ("Host Bulgaria sent a corvette.", "Bulgaria"),
        ("Nearby Chad agreed.", "Chad"),
        ("Later the Host Bulgaria sent a corvette.", "Bulgaria"),
    ],
)
def test_verdicts_take(text, name):
    assert name in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jackson said it was late.",
        "Police questioned Denzel Hartford. Hartford left.",
        "Mobile phones were sold by the mobile firm.",
        "Brussels said NATO would respond.",
        "Operation “Cordillera” took weeks.",
        "It was a Centurion that stood there.",
        "A girl called Lima waved.",
        "The frigates of the Lima class sailed.",
        "The gunner died in St. Bridget's Hospital.",
        "Georgia Stevens skates. The coach praised Georgia often.",
        "It was built in 100 B.C. by slaves.",
        "The SWAT team came.",
        "Golf - The two sides meet.",
        "PARIS HILTON RETURNS",
        "Georgia Zăvoianu waved.",
        "He met an Arab woman and an English school teacher.",
        "EMET (a toolkit) was shown.",
        "The Commerce Department met the Union of Clerks.",
        "Sofia said it was late.",
        "Georgia said it was late.",
        "Paris Hanley-Roe waved.",
        "India Smith waved.",
        "Kwabena Jordan spoke. Jordan left.",
    ],
)
def test_verdicts_leave(text):
    assert named(text) == []


def test_verdicts_carry_a_firm_place_through_the_story():
    assert named("They met in Hartford. Hartford has changed.") == ["Hartford", "Hartford"]
