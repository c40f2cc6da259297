"""Finds weapons, ships and vehicles by their designation or by the noun beside their name.

Takes: “Su-34M2”, “F-16s”, “HMS Ocean”, “the frigate Admiral Makarov”, “Arleigh Burke-class destroyer”, “the Falcon
missile”, “FV-014 loitering munition”. Leaves out: calibres (“155 mm howitzer”), roads (“the M25”), resolutions, paper
sizes, flights, vitamins and viruses, and what only belongs to somebody (“Russian missiles”, “Navy ships”).
"""

import re
from collections.abc import Iterator

from .lexicon import DAYS, MONTHS, noun_class, words
from .naming import Naming

EQUIPMENT = "equipment"
SHIP = "ship"

# The noun beside a name, and the category that it gives. The longest noun wins.
NOUNS = {
    "fighter": "fighter jet|fighter jets|fighter|fighters|fighter-bomber|warplane|warplanes|jet|jets|interceptor jet",
    "bomber": "bomber|bombers",
    "helicopter": "helicopter|helicopters|gunship|gunships|rotorcraft|chopper|choppers",
    "drone": "drone|drones|uav|uavs|uas|unmanned aerial vehicle|unmanned aircraft|quadcopter|quadcopters"
    "|loitering munition|loitering munitions|kamikaze drone|usv|unmanned surface vessel|sea drone|sea drones"
    "|naval drone|naval drones",
    "aircraft": "aircraft|plane|planes|airlifter|airlifters|airliner|trainer|trainers|tanker aircraft|seaplane",
    "air-defence": "air defence system|air defense system|air-defence system|air-defense system|air defence systems"
    "|air defense systems|air-defence systems|air-defense systems|air defence missile|interceptor|interceptors"
    "|interceptor missile|interceptor missiles|surface-to-air missile|surface-to-air missiles|manpads"
    "|missile defence system|missile defense system|anti-aircraft system|anti-aircraft gun|air defences",
    "missile": "missile|missiles|icbm|icbms|slbm|rocket|rockets|glide vehicle|glide bomb|glide bombs|bomb|bombs"
    "|missile system|missile systems",
    "artillery": "gun|guns|cannon|cannons|recoilless gun|recoilless rifle|howitzer|howitzers|gun-howitzer|mortar|mortars|rocket launcher|rocket launchers|mlrs|artillery system"
    "|artillery systems|rocket artillery|self-propelled gun|self-propelled guns|launcher|launchers",
    "tank": "tank|tanks|main battle tank|main battle tanks|battle tank|battle tanks",
    "vehicle": "vehicle|vehicles|armoured vehicle|armoured vehicles|armored vehicle|armored vehicles|carrier vehicle"
    "|armoured car|armoured cars|armored car|armored cars|troop carrier|troop carriers|buggy|buggies|mraps"
    "|infantry fighting vehicle|infantry fighting vehicles|fighting vehicle|fighting vehicles|ifv|ifvs|apc|apcs|mrap"
    "|personnel carrier|personnel carriers|armoured personnel carrier|armored personnel carrier",
    "small-arms": "rifle|rifles|machine gun|machine guns|pistol|pistols|assault rifle|assault rifles|grenade launcher"
    "|grenade launchers|carbine|carbines|sniper rifle",
    "ship": "frigate|frigates|destroyer|destroyers|corvette|corvettes|cruiser|cruisers|aircraft carrier"
    "|aircraft carriers|carrier|carriers|warship|warships|minehunter|minehunters|minesweeper|minesweepers|patrol vessel"
    "|patrol vessels|patrol boat|patrol boats|landing ship|landing ships|amphibious assault ship|amphibious ship|vessel"
    "|vessels|ship|ships|boat|boats|tanker|cutter|cutters|landing craft|hovercraft|flagship|icebreaker",
    "submarine": "submarine|submarines|boomer",
    "radar": "radar|radars|sonar|radar system",
    "munition": "mine|mines|sea mine|sea mines|warhead|warheads|shell|shells",
    "satellite": "spacecraft|satellite|satellites|spy satellite",
    "torpedo": "torpedo|torpedoes|torpedos",
    "electronic-warfare": "jammer|jammers|electronic warfare system|jamming system|electronic-warfare system",
}
CATEGORY_OF = {noun: category for category, listed in NOUNS.items() for noun in listed.split("|")}
MODIFIERS = (
    "cruise|ballistic|anti-ship|anti-tank|anti-air|anti-aircraft|anti-submarine|hypersonic|supersonic|subsonic"
    "|surface-to-air|surface-to-surface|air-to-air|air-to-ground|air-launched|sea-launched|ship-launched|land-attack"
    "|guided|guided-missile|laser-guided|precision|precision-guided|long-range|short-range|medium-range"
    "|intermediate-range|intercontinental|tactical|strategic|stealth|combat|attack|strike|transport|cargo|utility"
    "|reconnaissance|surveillance|maritime|patrol|multirole|multi-role|fighter|armed|armoured|armored|main|battle"
    "|light|heavy|self-propelled|towed|tracked|wheeled|amphibious|assault|multiple|rocket|loitering|nuclear|nuclear-powered"
    "|diesel-electric|missile|early|warning|training|trainer|turboprop|tilt-rotor|tiltrotor|naval|air|defence|defense"
    "|communications|communication|spy|weather|imaging|search|fire-control|early-warning|recoilless|resupply|ammunition"
    "|anti-personnel|river|ground-attack|light-attack|airborne|high-altitude|medium-altitude|stealthy|vertical|heavy-lift"
    "|short|range|coastal|radar|satellite|infantry|fighting|personnel|unmanned|underwater|surface|thermobaric|kamikaze"
)
_NOUN = "|".join(sorted(map(re.escape, CATEGORY_OF), key=len, reverse=True))
# Takes: " cruise missile" behind a name, " main battle tanks"; refuses: ", a missile".
NOUN_BEHIND = re.compile(rf"(?:[ \u00a0-](?:{MODIFIERS})(?!\w)){{0,3}}[ \u00a0]({_NOUN})(?!\w)", re.IGNORECASE)
# Takes: "HMS Ocean", "USS Dwight D. Eisenhower", "INS Kolkata"; refuses: "INS official".
SHIP_NAME = re.compile(
    r"(?<!\w)(?:HMS|USS|USNS|USCGC|USCG|USAV|HMAS|HMCS|HMNZS|INS|ICGS|JS|JDS|ROKS|TCG|ITS|FS|FGS|HNLMS|HDMS|HNoMS|KNM"
    r"|ORP|BRP|KRI|KD|RSS|PNS|BNS|HTMS|ARA|BAP|ESPS|NRP|RFA|MV|MT|CNS|ROCS|HSwMS|HMSwS|FNS|EML|IRIS|SLNS|UMS|VPNS|HS"
    r"|BNS|NNS|SAS|ENS|CCGS|BAE|LVNS|SPS)[ \u00a0]"
    r"(?:[“\"‘']?)([A-Z][\w’'-]*(?:[ \u00a0](?:[A-Z]\.|de|da|do|del|of|the|al|[A-Z][a-z][\w’'-]*|II|III|IV)){0,4})"
)
SHIP_TAIL = re.compile(r"(?:[ \u00a0](?:de|da|do|del|of|the|al))+$|[’']s?$|[-’']$")
# Takes: " of" in "Kolkata of India"; refuses: in "Prince of Wales".
OWNED = re.compile(
    r"(?<!Prince)(?<!Duke)(?<!Earl)(?<!Isle)(?<!Spirit)(?<!Star)(?<!City)(?<!Pride)(?<!Bay)(?<!Lord)(?<!Queen)"
    r"[ \u00a0]of(?=[ \u00a0])"
)
# Takes: " (DDG 70)", " (L-12)"; refuses: " (2015)".
HULL = re.compile(r"[ \u00a0]\(([A-Z]{1,4}[ \u00a0-]?\d{1,4})\)")
# Takes: "frigate Admiral Makarov", "aircraft carrier Liaoning"; refuses: "ship Monday".
SHIP_BEFORE = re.compile(
    r"(?<!\w)(frigate|destroyer|corvette|cruiser|aircraft carrier|carrier|warship|minehunter|minesweeper|patrol vessel"
    r"|patrol boat|landing ship|assault ship|missile boat|vessel|ship|flagship|submarine|icebreaker|cutter|tanker"
    r"|freighter|ferry|trawler|lead ship,|sister ship,?|lead boat,|boat,)[ \u00a0][“\"‘]?"
    r"([A-Z][\w’'-]+(?:[ \u00a0](?:[A-Z][\w-]+|of|de|the|al)){0,3})"
)
# Takes: "Arleigh Burke-class", "Type 45-class", "Kilo-class"; refuses: "first-class", "World-Class".
CLASS = re.compile(
    r"(?<!\w)([A-Z][\w’']*(?:[- \u00a0](?:[A-Z][\w’']*|\d{1,4}[A-Z]?|of|de)){0,4})[- \u00a0]class(?![\w-])"
)
NO_CLASS = words("First Second Third World Business Middle Working Master Economy Upper Ruling Political Best High")
# Takes: "Su-34M2", "T-90M", "AIM-120D", "2S19", "9M729", "PAC-3", "BM-30", "M1A2", "K9"; refuses: "A/RES/70", "1990s".
DESIGNATION = re.compile(
    r"(?<![\w/-])(?:(?:[A-Z][A-Za-z]{0,5}-\d{1,4}[A-Z]{0,4}\d{0,2}(?:/[A-Z]{1,2})?)"
    r"|(?:[A-Z]{1,4}\d{1,4}(?:[A-Z]{1,3}\d{0,3})?(?:-[A-Z\d]{1,4})?)"
    r"|(?:[29][A-Z]\d{1,3}[A-Z]?)|(?:AN/[A-Z]{2,3}-\d{1,3})|(?:Type[ ]\d{1,3}[A-Z]?|Project[ ]\d{3,5}[A-Z]{0,2})|(?:[A-Z]{2,5}-[A-Z]{1,3}\d{0,2}))(s?)(?![\w/]|-\w)"
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
# Words beside a designation that say that it is something else.
NO_WEAPON_BEFORE = re.compile(
    r"(?:motorway|highway|road|route|autobahn|flight|paper|vitamin|resolution|visa|form|gate|exit|room|page|item|rule"
    r"|section|article|paragraph|clause|chapter|annex|table|figure|model year|line|bus|train|terminal|interstate|hall"
    r"|stand|booth|platform|division|group|league|protein|variant|strain|virus|protocol|grade|level|phase|covid)"
    r"[ \u00a0]\Z",
    re.IGNORECASE,
)
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
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|\d{1,4}|[A-Z]\w+[’']s|and|of|or|with)[ \u00a0]\Z"
)
# Takes: M25, A6, B1, E40, I-95, Q1; refuses: M48A3.
ROAD = re.compile(r"[ABEINQ]-?\d{1,3}\Z|M-?\d{1,2}\Z|[A-Z]\d\Z")
# Owners that stand before a common noun: they make no name of it.
NO_NAME = words(
    "Soviet Western European African Asian Arab Kurdish Coalition Allied Navy Army Marine Marines"
    " Military Government Police State Federal National Royal Air Force Coast Guard Defence Defense"
    " Ministry Pentagon Kremlin Nato NATO ISIL ISIS Daesh Hezbollah Hamas Houthi Taliban Islamist Nazi"
    " Communist Boeing Airbus Lockheed Raytheon Saab Thales Rheinmetall Northrop Embraer The This These"
    " Those That A An All Some Many Most Several Both Two Three Four Five Six Seven Eight Nine Ten Other"
    " Its Their His Her Our No New Old First Second Third More Few Such Each Every Another Any Modern"
    " Older Newer Enemy Commercial Civilian Foreign Nuclear Main Heavy Light Long Short Anti Cruise"
    " Ballistic Hypersonic Armed Armoured Armored Unmanned Attack Fighter Combat Stealth Cargo Transport"
    " Surface Guided North South East West Northern Southern Eastern Central Manned Naval Tactical"
    " Strategic Merchant Container Rescue Patrol Mobile Hybrid Unidentified Hundreds Dozens Thousands Only"
    " When While After Before If As In On At By For From With Of To And But"
)


def find_designated(text: str, *, in_military: bool = False) -> list[Naming]:
    """The equipment of a text in order of finder and place; a stretch may be found twice.

    In a military story an article or a number before a designation is enough: "a KCR-60M", "two D-20s".
    """
    found = list(_ships(text))
    found.extend(_classes(text))
    found.extend(_designations(text, in_military=in_military))
    return found


def category_behind(text: str, end: int) -> str:
    """The category by the noun that follows a name, "" where none does: "missile" for " cruise missiles"."""
    behind = NOUN_BEHIND.match(text, end)
    return CATEGORY_OF[behind.group(1).lower()] if behind else ""


def _ships(text: str) -> Iterator[Naming]:
    for match in SHIP_NAME.finditer(text):
        end = _without_tail(text, match.start(), match.end())
        name = text[match.start() : end].replace("“", "").replace('"', "")
        reason = f"“{text[match.start() : match.start(1)].strip()}” stands before the name: a ship"
        is_submarine = "submarine" in text[max(0, match.start() - 40) : match.start()].lower()
        category = "submarine" if is_submarine else SHIP
        yield Naming(match.start(), end, text[match.start() : end], EQUIPMENT, category, reason, name, rank=2)
        hull = HULL.match(text, end)
        if hull:
            start, last = hull.span(1)
            yield Naming(start, last, hull.group(1), EQUIPMENT, category, f"the hull number of {name}", name, rank=2)
    for match in SHIP_BEFORE.finditer(text):
        start = match.start(2)
        end = _without_tail(text, start, match.end())
        name = text[start:end]
        first = name.split()[0]
        if first in DAYS or first in MONTHS or first in NO_NAME or _is_common(name):
            continue
        category = CATEGORY_OF.get(match.group(1).lower(), SHIP)
        reason = f"“{match.group(1)}” stands before it: a ship"
        yield Naming(start, end, name, EQUIPMENT, category, reason, rank=2)


def _is_common(name: str) -> bool:
    return noun_class(name.split()[-1].lower()) == "person" or name.isupper()


def _without_tail(text: str, start: int, end: int) -> int:
    """The end of a name without a hanging "of", "’s" or "of India"."""
    owned = OWNED.search(text, start, end)
    if owned:
        end = owned.start()
    while True:
        tail = SHIP_TAIL.search(text[start:end])
        if not tail or tail.start() == 0:
            return end
        end = start + tail.start()


def _classes(text: str) -> Iterator[Naming]:
    for match in CLASS.finditer(text):
        name = match.group(1)
        first = name.split()[0]
        start = match.start()
        while first in NO_NAME and " " in name:
            start += len(first) + 1
            name = name[len(first) + 1 :]
            first = name.split()[0]
        if first in NO_CLASS or first in NO_NAME:
            continue
        category = category_behind(text, match.end()) or SHIP
        reason = f"“{name}-class”: a class of {category.replace('-', ' ')}s"
        yield Naming(
            start, match.end(), text[start : match.end()], EQUIPMENT, category, reason, f"{name} class", rank=4
        )


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
    """Do the words beside letters and a number say that they are no weapon: "hall C-17", "the M25 motorway"?"""
    before = NO_WEAPON_BEFORE.search(text, max(0, start - 16), start)
    return before is not None or NO_WEAPON_BEHIND.match(text, end) is not None


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
