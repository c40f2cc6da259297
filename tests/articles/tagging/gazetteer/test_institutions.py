import pytest

from articles.tagging import Entry
from articles.tagging.gazetteer.institutions import Institutions

CHINA = Entry("country-cn", "country", "China", "CN")
ENTRIES = (
    Entry("mnd", "organisation", "Ministry of National Defence of China", "CN", "ministry"),
    Entry("mfa", "organisation", "China Foreign Ministry", "CN", "ministry"),
    Entry("maker", "organisation", "China Defence Company", "CN", "company"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Defence Ministry", "mnd"),
        ("’s ministry of defense", "mnd"),
        ("Ministry of Foreign Affairs", "mfa"),
        ("Ministry", None),
        ("Finance Ministry", None),
        ("Defence Company", None),
    ],
)
def test_find_tells_ministries_by_their_words(name, expected):
    institutions = Institutions(ENTRIES, {"CN": CHINA})

    found = institutions.find("CN", name)

    assert (found and found.id) == expected


def test_find_never_crosses_countries():
    institutions = Institutions(ENTRIES, {"CN": CHINA})

    assert institutions.find("RU", "Defence Ministry") is None
