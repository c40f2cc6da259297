"""Looking up places by name, and the baked file behind it."""

import io
from pathlib import Path

import pytest

from articles.tagging.placing.geography import FILE, Geography, key_of, pack, unpack

PLACES = {
    "Ashwick": ["PUS1.44@3", "PGB2.40"],
    "Kestrel County": ["SUS1.45"],
    "Old Ashwick": ["PUS1.44=Ashwick"],
    "Saint Orla upon Wye": ["PGB2.33"],
    "Grey Gulf": ["W--.90"],
}
REGIONS = ["", "Illinois", "England", "Kestrel County"]
TRAITS = {"Ashwick": "wf"}


@pytest.fixture(scope="module")
def small():
    return unpack(io.BytesIO(pack(REGIONS, PLACES, TRAITS)))


def facts(places):
    return [(place.name, place.kind, place.country, place.region, place.size) for place in places]


def test_find_gives_every_bearer_of_a_name_the_largest_first(small):
    assert facts(small.find("Ashwick")) == [
        ("Ashwick", "city", "US", "Illinois", 44),
        ("Ashwick", "city", "GB", "England", 40),
    ]


def test_look_up_gives_the_county_and_what_else_the_name_is(small):
    listing = small.look_up("Ashwick")

    assert [place.county for place in listing.places] == ["Kestrel County", ""]
    assert listing.traits == "wf"


def test_find_gives_the_name_behind_another_name(small):
    assert facts(small.find("Old Ashwick")) == [("Ashwick", "city", "US", "Illinois", 44)]


@pytest.mark.parametrize("written", ["St. Orla-upon-Wye", "Saint Orla upon Wye", "St Orla\u00a0upon Wye"])
def test_find_takes_short_words_and_hyphens(small, written):
    assert [place.region for place in small.find(written)] == ["England"]


def test_find_gives_a_gulf_no_country(small):
    assert facts(small.find("Grey Gulf")) == [("Grey Gulf", "nowhere", None, "", 90)]


@pytest.mark.parametrize("written", ["ashwick", "Ash", "Ashwick County", "", "Ashwick\tPUS1.44", "Ash\nwick", "\ud800"])
def test_find_takes_nothing_else(small, written):
    assert small.find(written) == ()


def test_key_of_leaves_a_street_alone():
    assert key_of("Main St.") == "Main Saint"
    assert key_of("Stavanger") == "Stavanger"


def test_pack_gives_the_same_bytes_for_the_same_places():
    turned = dict(reversed(PLACES.items()))

    assert pack(REGIONS, turned, TRAITS) == pack(REGIONS, PLACES, TRAITS)


def test_unpack_refuses_another_file():
    with pytest.raises(ValueError, match="bake it anew"):
        unpack(io.BytesIO(__import__("gzip").compress(b"newsroom-geography-0\t1\n")))


def test_shipped_file_is_small_and_whole():
    shipped = Geography.shipped()

    assert FILE.stat().st_size < 8_000_000
    assert len(shipped.regions) > 3000


@pytest.mark.parametrize(
    ("name", "kind", "country", "region"),
    [
        ("Springfield", "city", "US", "Massachusetts"),
        ("Fla.", "abbreviation", "US", "Florida"),
        ("Orange County", "county", "US", "California"),
        ("Bavaria", "region", "DE", "Bavaria"),
        ("Donbas", "area", "UA", ""),
        ("Zürich", "city", "CH", "Zurich"),
        ("Zurich", "city", "CH", "Zurich"),
        ("Crimea", "region", "UA", "Crimea"),
        ("Texans", "people", "US", "Texas"),
    ],
)
def test_shipped_places_lie_where_they_should(name, kind, country, region):
    assert any(
        (place.kind, place.country, place.region) == (kind, country, region) for place in Geography.shipped().find(name)
    )


def test_shipped_file_holds_every_row_of_our_own_table():
    table = Path(FILE.parent / "places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in table]

    missing = [
        row[0]
        for row in rows
        if not any(place.country == (row[2] or None) for place in Geography.shipped().find(row[0]))
    ]

    assert missing == []
