"""A small gazetteer, so that a test of the engine says all that it stands on."""

import pytest

from articles.tagging import Alias, Entry, Gazetteer


def country(code: str, name: str, *aliases: Alias) -> Entry:
    return Entry(f"country-{code.lower()}", "country", name, country=code, aliases=aliases)


ENTRIES = (
    country("CN", "China", Alias("Chinese", "adjective"), Alias("Beijing", "capital"), Alias("Sino-", "prefix")),
    country(
        "RU",
        "Russia",
        Alias("Russian", "adjective"),
        Alias("Russians", "demonym"),
        Alias("Kremlin", "government"),
    ),
    country("US", "United States", Alias("US", "short"), Alias("U.S.", "short"), Alias("American", "adjective")),
    country("TW", "Taiwan", Alias("Taiwanese", "adjective")),
    country("UA", "Ukraine", Alias("Ukrainian", "adjective"), Alias("Kyiv", "capital")),
    country("JO", "Jordan", Alias("Jordanian", "adjective")),
    country("BY", "Belarus"),
    country("CD", "Democratic Republic of the Congo", Alias("Congo", "short", "weak", needs_context=("Kinshasa",))),
    country("CG", "Republic of the Congo", Alias("Congo", "short", "weak", needs_context=("Brazzaville",))),
    Entry(
        "mnd-cn",
        "organisation",
        "Chinese Ministry of National Defence",
        "CN",
        "ministry",
        (Alias("MND", "acronym", "weak", needs_country=True),),
    ),
    Entry(
        "mnd-tw",
        "organisation",
        "Taiwanese Ministry of National Defence",
        "TW",
        "ministry",
        (Alias("MND", "acronym", "weak", needs_country=True),),
    ),
    Entry(
        "pentagon",
        "organisation",
        "US Department of Defense",
        "US",
        "ministry",
        (Alias("Pentagon", "short"),),
    ),
    Entry("nato", "alliance", "NATO"),
    Entry("lockheed", "organisation", "Lockheed Martin", "US", "company"),
    Entry(
        "vostok",
        "exercise",
        "Vostok",
        "RU",
        aliases=(Alias("Vostok", "name", "weak", needs_context=("exercise", "exercises")),),
    ),
    Entry(
        "patriot",
        "equipment",
        "MIM-104 Patriot",
        "US",
        "air-defence",
        (Alias("Patriot", "short", "weak", needs_context=("missile", "air defence")),),
    ),
    Entry("pelosi", "person", "Nancy Pelosi", "US"),
)
BLOCKED = ("South China Sea", "China Daily")


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.compile(ENTRIES, blocked=BLOCKED)
