"""The gazetteer's seed tables are complete, unambiguous and well formed; read without Django."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from articles.tagging.vocabulary.given_names import is_given
from tests.corpus.reader import stories

from .everyday_words import EVERYDAY_WORDS, LARGE_CITIES, REVIEWED

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

COLUMNS = {
    "countries": ["alpha2", "alpha3", "numeric", "name", "official_name", "sort_name", "region", "capital"],
    "entities": ["key", "kind", "name", "sort_name", "country", "category", "summary", "source"],
    "names": [
        "key",
        "text",
        "form",
        "strength",
        "case_sensitive",
        "needs_context",
        "needs_country",
        "valid_from",
        "valid_to",
    ],
    "relations": ["subject", "kind", "object", "role", "valid_from", "valid_to", "source"],
    "front_page": ["place", "number", "page", "story"],
}
KINDS = {
    "alliance",
    "equipment",
    "exercise",
    "operation",
    "organisation",
    "person",
    "place",
    "programme",
    "unit",
}
ORGANISATION_CATEGORIES = {"agency", "company", "force", "group", "institution", "ministry"}
EQUIPMENT_CATEGORIES = {
    "air-defence",
    "aircraft",
    "artillery",
    "bomber",
    "drone",
    "electronic-warfare",
    "fighter",
    "helicopter",
    "missile",
    "radar",
    "satellite",
    "ship",
    "small-arms",
    "submarine",
    "tank",
    "torpedo",
    "vehicle",
}
FORMS = {"acronym", "adjective", "capital", "demonym", "government", "name", "prefix", "short"}
STRENGTHS = {"strong", "weak", "forbidden"}
REGIONS = {"Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"}
ALPHA2 = set(
    re.findall(
        r"[A-Z]{2}",
        """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
    """,
    )
)


def read(table: str) -> list[dict[str, str]]:
    with (SEEDS / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def countries():
    return read("countries")


@pytest.fixture(scope="module")
def entities():
    return read("entities")


@pytest.fixture(scope="module")
def names():
    return read("names")


@pytest.fixture(scope="module")
def aliases(countries, entities, names):
    """Every (key, text, strength, case_sensitive), an own name being strong unless a row says otherwise."""
    listed = [(row["key"], row["text"], row["strength"], row["case_sensitive"] == "yes") for row in names]
    told = {(key, text) for key, text, _, _ in listed}
    own = [(f"country-{row['alpha2'].lower()}", row["name"]) for row in countries]
    own += [(row["key"], row["name"]) for row in entities]
    return listed + [(key, name, "strong", True) for key, name in own if (key, name) not in told]


def repeated(values) -> list:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize("table", COLUMNS)
def test_table_has_its_columns_and_clean_fields(table):
    text = (SEEDS / f"{table}.tsv").read_text(encoding="utf-8")

    lines = [line.split("\t") for line in text.removesuffix("\n").split("\n")]

    assert lines[0] == COLUMNS[table]
    assert [line for line in lines if len(line) != len(COLUMNS[table])] == []
    assert [field for line in lines for field in line if field != " ".join(field.split())] == []
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text


def test_countries_are_the_249_of_iso_3166_and_kosovo(countries):
    codes = [row["alpha2"] for row in countries]

    assert len(ALPHA2) == 249
    assert sorted(codes) == sorted([*ALPHA2, "XK"])


def test_countries_have_unique_well_formed_codes(countries):
    malformed = [row["alpha2"] for row in countries if not re.fullmatch(r"[A-Z]{3}", row["alpha3"])]
    unnumbered = [row["alpha2"] for row in countries if not re.fullmatch(r"[0-9]{3}", row["numeric"])]

    assert malformed == []
    assert unnumbered == ["XK"]
    assert repeated(row["alpha3"] for row in countries) == []
    assert repeated(row["numeric"] for row in countries) == []


def test_countries_have_names_that_sort(countries):
    unsortable = [row["alpha2"] for row in countries if not row["sort_name"].isascii() or not row["sort_name"]]

    assert unsortable == []
    assert [row["alpha2"] for row in countries if not row["official_name"]] == []
    assert repeated(row["name"] for row in countries) == []
    assert {row["region"] for row in countries} == REGIONS


def test_countries_use_the_names_of_the_desk(countries):
    called = {row["alpha2"]: row["name"] for row in countries}

    chosen = [called[code] for code in ("CZ", "GB", "KP", "KR", "RU", "TR", "TW", "US", "VN")]

    assert chosen == [
        "Czech Republic",
        "United Kingdom",
        "North Korea",
        "South Korea",
        "Russia",
        "Turkey",
        "Taiwan",
        "United States",
        "Vietnam",
    ]


def test_entities_are_many_and_of_every_kind(entities):
    kinds = Counter(row["kind"] for row in entities)

    assert len(entities) >= 600
    assert set(kinds) == KINDS
    assert kinds["equipment"] >= 1500
    assert kinds["exercise"] >= 250


def test_entities_have_unique_slugs_and_sort_names(entities):
    keys = [row["key"] for row in entities]

    assert repeated(keys) == []
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []
    assert [key for key in keys if key.startswith("country-")] == []
    assert [row["key"] for row in entities if not row["sort_name"].isascii() or not row["sort_name"]] == []
    assert repeated((row["kind"], row["name"]) for row in entities) == []


def test_entities_have_the_categories_of_their_kind(entities):
    allowed = {"organisation": ORGANISATION_CATEGORIES, "equipment": EQUIPMENT_CATEGORIES}

    wrong = [row["key"] for row in entities if row["category"] not in allowed.get(row["kind"], {""})]

    assert wrong == []


def test_entities_belong_to_listed_countries(countries, entities):
    codes = {row["alpha2"] for row in countries}

    assert [row["key"] for row in entities if row["country"] and row["country"] not in codes] == []


def test_summaries_are_one_sentence_with_a_source(entities):
    unended = [row["key"] for row in entities if row["summary"] and not row["summary"].endswith(".")]
    unsourced = [row["key"] for row in entities if row["summary"] and not row["source"]]

    assert unended == []
    assert unsourced == []
    assert [row["key"] for row in entities if len(row["summary"]) > 200] == []


def test_names_belong_to_an_entry(countries, entities, names):
    known = {row["key"] for row in entities} | {f"country-{row['alpha2'].lower()}" for row in countries} | {"-"}

    assert sorted({row["key"] for row in names} - known) == []


def test_names_are_listed_once(names):
    assert repeated((row["key"], row["text"]) for row in names) == []


def test_names_have_known_forms_and_strengths(names):
    wrong = [
        row
        for row in names
        if row["form"] not in FORMS
        or row["strength"] not in STRENGTHS
        or row["case_sensitive"] not in {"yes", "no"}
        or row["needs_country"] not in {"yes", ""}
    ]

    assert wrong == []


def test_weak_names_alone_need_context(names):
    conditional = {row["text"] for row in names if row["needs_context"] or row["needs_country"]}
    weak = {row["text"] for row in names if row["strength"] == "weak"}

    assert weak ^ conditional == set()


def test_every_weak_name_has_a_condition(names):
    free = [
        (row["key"], row["text"])
        for row in names
        if row["strength"] == "weak" and not row["needs_context"] and not row["needs_country"]
    ]

    assert free == []


def test_context_words_are_no_words_of_any_story(names):
    everywhere = {"and", "the", "of", "a", "an", "in", "on", "it", "is", "to", "said", "he", "she", "we", "us", "new"}
    contexts = {word for row in names for word in row["needs_context"].split("; ")}

    assert contexts & everywhere == set()
    assert {context for context in contexts if context != context.strip()} == set()


def one_word_names(aliases, entities, *, but: str = "") -> set[str]:
    """Strong names of entities that are one word, without the kind `but`."""
    kinds = {row["key"]: row["kind"] for row in entities}
    return {
        text
        for key, text, strength, _ in aliases
        if strength == "strong" and kinds.get(key, but) != but and re.fullmatch(r"[^\W\d_]+", text)
    }


def test_no_strong_name_is_an_everyday_word(aliases, entities):
    written = {word for story in stories() for word in re.findall(r"(?<![\w’'-])[a-z]+(?![\w’'-])", story.text)}

    found = {text for text in one_word_names(aliases, entities) if text.casefold() in EVERYDAY_WORDS | written}

    assert found - set(REVIEWED) == set()


def test_no_strong_name_is_a_given_name(aliases, entities):
    found = {text for text in one_word_names(aliases, entities) if is_given(text) or is_given(text.capitalize())}

    assert found - set(REVIEWED) == set()


def test_no_strong_name_is_a_large_city_unless_of_a_place(aliases, countries, entities):
    cities = LARGE_CITIES | {row["capital"] for row in countries}

    assert one_word_names(aliases, entities, but="place") & cities == set()


def test_every_reviewed_name_is_still_strong(aliases, entities):
    assert set(REVIEWED) - one_word_names(aliases, entities) == set()


@pytest.mark.parametrize(
    "text",
    [
        "AU", "Archer", "BAE", "Boxer", "Black Hawk", "Caesar", "Chinook", "Cold Response", "Fujian", "GCC", "Grad",
        "Griffon", "HAL", "Hawk", "IAF", "IS", "ISAF", "Javelin", "Lancet", "Leonardo", "Leopard", "MND", "MoD",
        "Osprey", "PLA", "Pacific Fleet", "Patriot", "Poseidon", "Puma", "Quad", "Rafael", "SAF", "SCAF", "SCO", "SDF",
        "Saab", "Stinger", "T-14", "Taurus", "Typhoon", "Vostok", "Wagner", "Zapad", "Zircon",
    ],
)  # fmt: skip
def test_ambiguous_names_are_weak_for_everyone(aliases, text):
    strengths = {strength for _, name, strength, _ in aliases if name == text}

    assert strengths == {"weak"}


@pytest.mark.parametrize(
    "text",
    [
        "Airbus A320", "Bill C-17", "Boeing 737", "Boxer Rebellion", "Hunter Biden", "Ivanka Trump",
        "Leonardo da Vinci", "Patriot Act", "SAIC Motor", "State Department of Health", "The Lancet",
        "Umkhonto we Sizwe",
    ],
)  # fmt: skip
def test_texts_around_a_name_are_forbidden(names, text):
    strengths = {row["strength"] for row in names if row["text"] == text}

    assert strengths == {"forbidden"}


def test_names_of_no_entity_are_forbidden(names):
    blocked = [row for row in names if row["key"] == "-"]

    assert {row["strength"] for row in blocked} == {"forbidden"}
    assert len(blocked) >= 250


def test_no_name_is_strong_for_two_entries(aliases):
    owners = defaultdict(set)
    for key, text, strength, case_sensitive in aliases:
        if strength == "strong":
            owners[text.casefold()].add((key, text, case_sensitive))

    clashes = {
        folded: sorted(found)
        for folded, found in owners.items()
        if len({key for key, _, _ in found}) > 1
        and (len({text for _, text, _ in found}) < len(found) or not all(case for _, _, case in found))
    }

    assert clashes == {}


def test_no_forbidden_text_is_a_name_elsewhere(aliases):
    forbidden = {text.casefold() for _, text, strength, _ in aliases if strength == "forbidden"}
    usable = {text.casefold() for _, text, strength, _ in aliases if strength != "forbidden"}

    assert sorted(forbidden & usable) == []


def test_prefixes_end_in_a_hyphen_and_nothing_else_does(names):
    wrong = [row["text"] for row in names if (row["form"] == "prefix") != row["text"].endswith("-")]

    assert wrong == []


def test_no_name_is_lower_case_us(aliases):
    assert [alias for alias in aliases if alias[1] in {"us", "Us"}] == []


def test_dates_are_iso_and_in_order(names):
    dated = [row for row in names if row["valid_from"] or row["valid_to"]]

    for row in dated:
        begin = date.fromisoformat(row["valid_from"] or "0001-01-01")
        end = date.fromisoformat(row["valid_to"] or "9999-12-31")
        assert begin <= end, row["text"]


@pytest.mark.parametrize(
    ("key", "text", "form", "strength"),
    [
        ("country-cn", "Chinese", "adjective", "strong"),
        ("country-cn", "Sino-", "prefix", "strong"),
        ("country-ge", "Georgia", "name", "weak"),
        ("country-us", "U.S", "short", "strong"),
        ("country-be", "Brussels", "capital", "weak"),
        ("country-gb", "English", "adjective", "forbidden"),
        ("country-ru", "Russians", "demonym", "strong"),
        ("us-department-of-defense", "Pentagon", "short", "strong"),
        ("vostok", "Vostok", "name", "weak"),
        ("-", "China Daily", "name", "forbidden"),
    ],
)
def test_well_known_names_stand_as_expected(names, key, text, form, strength):
    rows = [(row["form"], row["strength"]) for row in names if (row["key"], row["text"]) == (key, text)]

    assert rows == [(form, strength)]


def test_relations_name_entities_once_with_days_in_order():
    rows = read("relations")
    keys = {row["key"] for row in read("entities")} | {f"country-{row['alpha2'].lower()}" for row in read("countries")}

    stated = Counter(tuple(row[name] for name in ("subject", "kind", "object", "role", "valid_from")) for row in rows)
    assert max(stated.values()) == 1
    assert {row[end] for row in rows for end in ("subject", "object")} <= keys
    for row in rows:
        first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to"))
        assert first
        assert row["source"]
        assert last is None or first <= last


def test_world_map_draws_only_countries_that_the_desk_knows():
    lines = (SEEDS / "world_map.tsv").read_text().splitlines()
    drawn = dict(line.split("\t") for line in lines)
    codes = {row["alpha2"] for row in read("countries")}

    assert drawn.pop("viewBox").startswith("0 0 2000 ")
    assert len(lines) == len(drawn) + 1
    assert drawn.keys() <= codes
    assert {"TW", "XK", "PS", "EH", "UA", "SG", "MT"} <= drawn.keys()
    assert all(re.fullmatch(r"(?:M[-0-9 ]+(?:l[-0-9 ]+z|a4 4[-0-9 a]+z))+", path) for path in drawn.values())
    assert sum(map(len, lines)) < 60_000
