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
