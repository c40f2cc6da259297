import re

from articles.tagging import Alias, Entry
from articles.tagging.gazetteer.seeds import load

COUNTRIES = """alpha2\talpha3\tnumeric\tname\tofficial_name\tsort_name\tregion\tcapital
CN\tCHN\t156\tChina\tPeople's Republic of China\tChina\tAsia\tBeijing
BY\tBLR\t112\tBelarus\tRepublic of Belarus\tBelarus\tEurope\tMinsk
"""
ENTITIES = """key\tkind\tname\tsort_name\tcountry\tcategory\tsummary\tsource
nato\talliance\tNATO\tNATO\t\t\tAn alliance.\tnato.int
"""
NAMES = """key\ttext\tform\tstrength\tcase_sensitive\tneeds_context\tneeds_country\tvalid_from\tvalid_to
country-cn\tBeijing\tcapital\tstrong\tyes\t\t\t\t
nato\tthe Alliance\tshort\tweak\tno\tNATO; Brussels\tyes\t\t
-\tSouth China Sea\tname\tforbidden\tyes\t\t\t\t
"""


def test_load_reads_the_three_tables(tmp_path):
    for name, table in (("countries", COUNTRIES), ("entities", ENTITIES), ("names", NAMES)):
        (tmp_path / f"{name}.tsv").write_text(table, encoding="utf-8")

    entries, blocked = load(tmp_path)

    assert entries == [
        Entry(
            "country-cn",
            "country",
            "China",
            "CN",
            aliases=(Alias("Beijing", "capital"), Alias("People's Republic of China")),
        ),
        Entry(
            "country-by",
            "country",
            "Belarus",
            "BY",
            aliases=(Alias("Republic of Belarus"), Alias("Minsk", "capital")),
        ),
        Entry(
            "nato",
            "alliance",
            "NATO",
            aliases=(Alias("the Alliance", "short", "weak", False, ("NATO", "Brussels"), True),),
        ),
    ]
    assert blocked == ["South China Sea"]


# Takes: "National Assemblys", "Black Watchs", "Lynxs"; refuses: "Airways", "Poseidons".
NO_PLURAL = re.compile(r"(?:ss|sh|ch|x|[^aeiou\W\d]y)s\Z")
# Plurals that people do use; all other names of organisations have none.
REAL_PLURALS = frozenset(
    (
        "Admiralty Shipyards",
        "Agniveers",
        "EU Battlegroups",
        "EU battlegroups",
        "Green Berets",
        "Gurkhas",
        "Houthis",
        "Iran's Revolutionary Guards",
        "Iranian Revolutionary Guards",
        "Naxalites",
        "Navy SEALs",
        "People's Defence Forces",
        "Polish Territorial Defence Forces",
        "Polish Territorial Defense Forces",
        "Revolutionary Guards",
    )
)


def plurals(kinds=()):
    for entry in load()[0]:
        texts = {entry.name, *(alias.text for alias in entry.aliases)}
        if entry.kind in kinds or (not kinds and entry.kind != "country"):
            yield from (text for text in texts if text.endswith("s") and text[:-1] in texts)


def test_the_seeds_hold_no_plural_made_by_rule_alone():
    assert [text for text in plurals() if NO_PLURAL.search(text)] == []


def test_the_seeds_hold_no_plural_of_what_is_one():
    assert set(plurals({"organisation", "unit", "operation", "programme"})) <= REAL_PLURALS
