"""Finds weapons and vehicles by their designation.

Takes: “Su-34M2”, “F-16s”, “FV-014 loitering munition”, “two D-20s” in a story about weapons. Leaves out: calibres
(“155 mm howitzer”), roads (“the M25”), resolutions, paper sizes, flights, vitamins and viruses.
"""

import re
from collections.abc import Iterator

from ..vocabulary.lexicon import words
from ..vocabulary.weapon_nouns import EQUIPMENT, category_behind
from .named import Naming

# Takes: "Su-34M2", "T-90M", "AIM-120D", "2S19", "9M729", "PAC-3", "BM-30", "M1A2", "K9"; refuses: "A/RES/70", "1990s".
DESIGNATION = re.compile(
    r"(?<![\w/-])(?:(?:[A-Z][A-Za-z]{0,5}-\d{1,4}[A-Z]{0,4}\d{0,2}(?:/[A-Z]{1,2})?)"
    r"|(?:[A-Z]{1,4}\d{1,4}(?:[A-Z]{1,3}\d{0,3})?(?:-[A-Z\d]{1,4})?)"
    r"|(?:[29][A-Z]\d{1,3}[A-Z]?)|(?:AN/[A-Z]{2,3}-\d{1,3})|(?:Type[ ]\d{1,3}[A-Z]?|Project[ ]\d{3,5}[A-Z]{0,2})"
    r"|(?:[A-Z]{2,5}-[A-Z]{1,3}\d{0,2}))(s?)(?![\w/]|-\w)"
)
# What a designation's letters mean by themselves, wherever they stand.
FAMILIES = {
    "fighter": words("Su MiG KF F JF FA FC EF"),
    "bomber": words("Tu"),
    "helicopter": words("Ka Mi AH UH CH MH SH OH HH NH AW AS KUH LAH"),
    "aircraft": words("Il An Yak KC EC RC EA KJ MC HC WC EP CN"),
    "drone": words("MQ RQ Shahed Geran Orlan Lancet Mohajer Wing Ababil CH WZ GJ Forpost Eleron"),
    "missile": words("AIM AGM AGR BGM GBU RIM Kh YJ CJ DF JL KN Hwasong Pukguksong UGM FIM GMLRS KEPD CM"),
    "air-defence": words("HQ SM PAC SA NASAMS MIM Buk"),
    "vehicle": words("BMP BTR BRDM BMD MTLB ZBL ZBD VN"),
    "artillery": words("BM PHL PCL PLZ"),
    "tank": words("ZTZ ZTQ VT"),
    "small-arms": words("AK AKM RPG RPK PKM SVD"),
    "radar": words("SPY TPY TPS SPS"),
}
SURE = {family: category for category, families in FAMILIES.items() for family in families}
SINGLES = {
    # One letter and a number: only with a hyphen and these numbers, or beside a noun.
    "fighter": re.compile(r"(?:J-(?:7|8|1\d|2\d|3\d)|F-\d\d)[A-Z]*\Z"),
    "bomber": re.compile(r"(?:B-(?:1B|2|21|52)|H-(?:6|20))[A-Z]*\Z"),
    "aircraft": re.compile(
        r"(?:C-(?:5|17|27|130|295|390)|P-(?:1|3|8)|E-(?:2|3|7|8)|U-2|Y-(?:7|8|9|20)|A-50|V-22)[A-Z]*\Z"
    ),
    "helicopter": re.compile(r"(?:Z-(?:8|9|10|18|19|20))[A-Z]*\Z"),
    "air-defence": re.compile(r"(?:S-(?:75|125|200|300|350|400|500))[A-Z]*\d*\Z"),
    "tank": re.compile(r"(?:T-(?:14|34|54|55|62|64|72|80|90)[A-Z]*\d*|M1A\d(?:-?\w+)?)\Z"),
    "missile": re.compile(r"(?:R-(?:27|33|36|37|73|77)|9M\d{3})[A-Z]*\Z"),
    "artillery": re.compile(r"(?:2S\d{1,2}|M(?:777|109|142|270)A?\d?|D-30|K9A?\d?|K239)[A-Z]*\Z"),
    "vehicle": re.compile(r"(?:M113|M2A\d|M-ATV)\Z"),
    "small-arms": re.compile(r"(?:M4A1|M16A?\d?|M249|M240)\Z"),
}
# Abbreviations for kinds of weapons, used like names; a small "s" makes their plural.
TYPES = {
    "munition": words("IED VBIED SVBIED RCIED UXO"),
    "drone": words("UAV UAS UCAV USV UUV RPAS"),
    "missile": words("ICBM SLBM IRBM SRBM MRBM ATGM ALCM"),
    "air-defence": words("MANPAD MANPADS SAM CIWS SHORAD"),
    "vehicle": words("APC IFV AFV MRAP LAV AAV"),
    "small-arms": words("GPMG SMG"),
    "artillery": words("MLRS"),
}
TYPE_OF = {name: category for category, names in TYPES.items() for name in names}
TYPE = re.compile(rf"({'|'.join(sorted(TYPE_OF, key=len, reverse=True))})s?(?![\w-])")
# Words beside a designation that say that it is something else.
NO_WEAPON_BEFORE = (
    "model year",
    *words(
        "motorway highway road route autobahn flight paper vitamin resolution visa form gate exit room page item rule"
        " section article paragraph clause chapter annex table figure line bus train terminal interstate hall stand"
        " booth berth cage bay pier quay dock shed locker cell row seat container lot platform division group league"
        " protein variant strain virus protocol grade level phase covid"
    ),
)
LONGEST_BEFORE = 16
BLANKS = (" ", "\u00a0")
# Takes: "province of "; refuses: "crew of ".
PLACE_OF_BEFORE = re.compile(r"(?<!\w)(?:province|city|town|port|island|river|state|region|district)[ ]of[ ]\Z")
NO_WEAPON_BEHIND = re.compile(
    r"[ \u00a0](?:motorway|highway|road|route|autobahn|visa|visas|virus|vaccine|variant|strain|summit|countries|nations"
    r"|leaders|flight|paper|form|network|networks|junction|corridor|bus|train|exit|economies|members|meeting|talks)(?!\w)",
    re.IGNORECASE,
)
NO_FAMILY = words(
    "COVID SARS GPT ISO EN IP GDP HIV CO PM MP MI Q FY PS MH TK SU LH BA AA UA EK RES S G FIFA UNSCR CTF"
    " CJTF UK EU UN AU UAE USA NATO RN UTC GMT RAF SS No Type1 U UEFA ICC PMESII"
)
# Takes: "the ", "a single ", "two ", "Iran’s "; refuses: "in ".
ARTICLE_BEFORE = re.compile(
    r"(?<!\w)(?:an?|the|its|their|his|her|our|old|new|older|newer|first|last|only|single|lone|another|more|[a-z]+teen"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d{1,4}"
    r"|[A-Z]\w+[’']s)[ \u00a0]\Z"
)
# Takes: M25, A6, B1, E40, I-95, Q1; refuses: M48A3.
ROAD = re.compile(r"[ABEINQ]-?\d{1,3}\Z|M-?\d{1,2}\Z|[A-Z]\d\Z")


def find_designated(text: str, *, in_military: bool = False) -> list[Naming]:
    """The designations of a text, in order.

    In a military story an article or a number before a designation is enough: "a KCR-60M", "two D-20s".
    """
    return [*_designations(text, in_military=in_military), *_types(text)]


def _designations(text: str, *, in_military: bool) -> Iterator[Naming]:
    for match in DESIGNATION.finditer(text):
        surface = match.group()
        plain = surface[: len(surface) - len(match.group(1))]
        category, reason = _meaning(text, match.start(), match.end(), plain)
        if not category and in_military and _is_set_apart(text, match, plain):
            category, reason = "other", f"“{plain}” is a designation in a story about weapons"
        if category:
            yield Naming(match.start(), match.end(), surface, EQUIPMENT, category, reason, plain, rank=4)


def is_other(text: str, start: int, end: int) -> bool:
    """Do the words beside letters and a number say that they are no weapon: "hall C-17", "the province of Shandong"?"""
    if text.endswith(BLANKS, 0, start):
        if text[max(0, start - LONGEST_BEFORE) : start - 1].lower().endswith(NO_WEAPON_BEFORE):
            return True
        if text.endswith("of ", 0, start) and PLACE_OF_BEFORE.search(text, max(0, start - 20), start):
            return True
    return text.startswith(BLANKS, end) and NO_WEAPON_BEHIND.match(text, end) is not None


def _types(text: str) -> Iterator[Naming]:
    for match in TYPE.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        if before.isalnum() or before == "-" or category_behind(text, match.end()):
            continue
        name = match.group(1)
        category = TYPE_OF[name]
        reason = f"“{name}” stands for a kind of {category.replace('-', ' ')}"
        yield Naming(match.start(), match.end(), match.group(), EQUIPMENT, category, reason, name, rank=6)


def _is_set_apart(text: str, match: re.Match[str], plain: str) -> bool:
    """Is it counted, or does an article stand before it: "two D-20s", "the M46"?"""
    if is_other(text, match.start(), match.end()) or ROAD.match(plain) or _family(plain) in NO_FAMILY:
        return False
    if not any(sign.isdigit() for sign in plain):
        return False
    is_plural = bool(match.group(1)) and len(plain) > 2
    return is_plural or ARTICLE_BEFORE.search(text, max(0, match.start() - 16), match.start()) is not None


def _family(plain: str) -> str:
    """The letters before the first number or hyphen: "Su" of "Su-34"."""
    return re.split(r"[-/ \d]", plain, maxsplit=1)[0]


def _meaning(text: str, start: int, end: int, plain: str) -> tuple[str, str]:
    """Category and reason of a designation, both empty where nothing says that it is a weapon."""
    family = _family(plain)
    if (family in NO_FAMILY and not plain.startswith("S-")) or plain.rpartition("-")[2] in NO_FAMILY:
        return "", ""
    if is_other(text, start, end):
        return "", ""
    behind = category_behind(text, end)
    if behind:
        return behind, f"“{plain}” is a designation and its noun follows: {behind.replace('-', ' ')}"
    if "-" in plain and family in SURE:
        return SURE[family], f"“{family}-” begins designations of this kind: {SURE[family].replace('-', ' ')}"
    for category, pattern in SINGLES.items():
        if pattern.match(plain):
            return category, f"“{plain}” is a usual designation: {category.replace('-', ' ')}"
    return "", ""
