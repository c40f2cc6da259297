"""Finds ships by what stands before their name, and classes of ships, vehicles and aircraft.

Takes: “HMS Ocean (L 12)”, “the frigate Admiral Makarov”, “Arleigh Burke-class destroyer”. Leaves out: ships of which
only the name is given, and classes that are none (“first-class”).
"""

import re
from collections.abc import Iterator

from ..vocabulary.heads import CATEGORIES
from ..vocabulary.lexicon import DAYS, MONTHS, TITLES, noun_class, words
from ..vocabulary.weapon_nouns import CATEGORY_OF, EQUIPMENT, NO_NAME, category_behind
from .named import Naming

SHIP = "ship"

# Takes: "HMS Ocean", "USS Dwight D. Eisenhower", "INS Kolkata"; refuses: "INS official".
SHIP_NAME = re.compile(
    r"(?:HMS|HMPNGS|HNoMS|HSwMS|HMSwS|USS|USNS|USCGC|USCG|USAV|HMAS|HMCS|HMNZS|INS|ICGS|JS|JDS|ROKS|TCG|ITS|FS|FGS|HNLMS|HDMS|KNM"
    r"|ORP|BRP|KRI|KD|RSS|PNS|BNS|HTMS|ARA|BAP|ESPS|NRP|RFA|MV|MT|CNS|ROCS|FNS|EML|IRIS|SLNS|UMS|VPNS|HS"
    r"|NNS|SAS|ENS|CCGS|LVNS|SPS)[ \u00a0]"
    r"(?:[“\"‘']?)([A-Z][\w’'-]*(?:[ \u00a0](?:[A-Z]\.|de|da|do|del|of|the|al|[A-Z][a-z][\w’'-]*|II|III|IV)){0,4})"
)
# Prefixes that are a regiment, a rank, a unit, a company or a word as well: only near a ship's noun or verb.
DOUBTFUL = words("SAS ENS MT FS HS ITS RSS JS")
# Takes: "frigate", "sailed", "docked", "crew"; refuses: "relationship", "spoke".
NAUTICAL = re.compile(
    r"(?<!\w)(?:frigates?|destroyers?|corvettes?|cruisers?|carriers?|(?:war|flag|lead|sister )?ships?|vessels?"
    r"|submarines?|boats?|tankers?|freighters?|ferry|trawlers?|cutters?|icebreakers?|minehunters?|minesweepers?|crew|sailors|hull"
    r"|deck|aboard|flotilla|squadron|fleet|port|harbour|harbor|naval|navy|pier|quay|berth|commissioned|launched"
    r"|sail(?:s|ed|ing)?|dock(?:s|ed)?|sank|sunk|steam(?:s|ed)|moored|berthed|anchored|torpedoed|put to sea)(?!\w)",
    re.IGNORECASE,
)
BEHIND, BEFORE = 80, 80
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
    r"(frigate|destroyer|corvette|cruiser|aircraft carrier|carrier|warship|minehunter|minesweeper|patrol vessel"
    r"|patrol boat|landing ship|assault ship|missile boat|vessel|ship|flagship|submarine|icebreaker|cutter|tanker"
    r"|freighter|ferry|trawler|lead ship,|sister ship,?|lead boat,|boat,)[ \u00a0][“\"‘]?"
    r"([A-Z][\w’'-]+(?:[ \u00a0](?:[A-Z][\w-]+|of|de|the|al)){0,3})"
)
# Takes: "Arleigh Burke-class", "Type 45-class", "Kilo-class"; refuses: "first-class", "World-Class".
CLASS = re.compile(
    r"(?<!\w)([A-Z][\w’']*(?:[- \u00a0](?:[A-Z][\w’']*|\d{1,4}[A-Z]?|of|de)){0,4})[- \u00a0]class(?![\w-])"
)
CLASS_WORD = "class"
NO_CLASS = words("First Second Third World Business Middle Working Master Economy Upper Ruling Political Best High")

COMPANIES = CATEGORIES["company"] | words("bank council board systems office team")
# Stand behind "ship" without naming it; "Admiral", "Marshal" and "General" often do name one.
RANKS = words("Commissioner Captain Commander Lieutenant Chief Sergeant Officer President Minister Mr Ms Mrs")


def find_ships(text: str) -> list[Naming]:
    """The ships and classes of a text; a stretch may be found twice."""
    return [*_ships(text), *(_classes(text) if CLASS_WORD in text else ())]


def _ships(text: str) -> Iterator[Naming]:
    for match in SHIP_NAME.finditer(text):
        if _is_inside(text, match.start()) or _is_other(text, match):
            continue
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
        if _is_inside(text, match.start()):
            continue
        start = match.start(2)
        end = _without_tail(text, start, match.end())
        name = text[start:end]
        first = name.split()[0]
        if first in DAYS or first in MONTHS or first in NO_NAME or first in RANKS or _is_common(name):
            continue
        category = CATEGORY_OF.get(match.group(1).lower(), SHIP)
        reason = f"“{match.group(1)}” stands before it: a ship"
        yield Naming(start, end, name, EQUIPMENT, category, reason, rank=2)


def _is_inside(text: str, start: int) -> bool:
    """Is the place in the middle of a word? Patterns that begin with plain letters are many times faster to search."""
    return start > 0 and text[start - 1].isalnum()


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Is it a soldier or a company: "SAS Sergeant Cole", "ENS Smith", "FS Italiane"?"""
    names = match.group(1).split()
    if names[0] in RANKS or names[0] in DAYS or names[0] in MONTHS:
        return True
    if match.group().split()[0] not in DOUBTFUL:
        return False
    if names[0] in TITLES or names[-1].lower() in COMPANIES:
        return True
    is_near = NAUTICAL.search(text, max(0, match.start() - BEFORE), match.start()) or NAUTICAL.search(
        text, match.end(), match.end() + BEHIND
    )
    return not is_near and HULL.match(text, match.end()) is None


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
