"""The nouns that stand beside the name of a weapon, and the category that each gives.

Takes: " cruise missiles" behind a name as a missile. Leaves out: nouns that are not directly behind the name.
"""

import re

from .lexicon import words

EQUIPMENT = "equipment"
# Plurals follow by rule; of two nouns the longer one wins.
NOUNS = {
    "fighter": "fighter jet, fighter, fighter-bomber, warplane, jet, interceptor jet",
    "bomber": "bomber",
    "helicopter": "helicopter, gunship, rotorcraft, chopper",
    "drone": (
        "drone, uav, uas, unmanned aerial vehicle, unmanned aircraft, quadcopter, loitering munition, "
        "kamikaze drone, usv, unmanned surface vessel, sea drone, naval drone"
    ),
    "aircraft": "aircraft, plane, airlifter, airliner, trainer, tanker aircraft, seaplane",
    "air-defence": (
        "air defence system, air defense system, air-defence system, air-defense system, air defence "
        "missile, interceptor, interceptor missile, surface-to-air missile, manpads, missile defence "
        "system, missile defense system, anti-aircraft system, anti-aircraft gun, air defences"
    ),
    "missile": "missile, icbm, slbm, rocket, glide vehicle, glide bomb, bomb, missile system",
    "artillery": (
        "gun, cannon, recoilless gun, recoilless rifle, howitzer, gun-howitzer, mortar, rocket launcher, "
        "mlrs, artillery system, rocket artillery, self-propelled gun, launcher"
    ),
    "tank": "tank, main battle tank, battle tank",
    "vehicle": (
        "vehicle, armoured vehicle, armored vehicle, carrier vehicle, armoured car, armored car, troop "
        "carrier, buggy, infantry fighting vehicle, fighting vehicle, ifv, apc, mrap, personnel carrier, "
        "armoured personnel carrier, armored personnel carrier"
    ),
    "small-arms": "rifle, machine gun, pistol, assault rifle, grenade launcher, carbine, sniper rifle",
    "ship": (
        "frigate, destroyer, corvette, cruiser, aircraft carrier, carrier, warship, minehunter, "
        "minesweeper, patrol vessel, patrol boat, landing ship, amphibious assault ship, amphibious ship, "
        "vessel, ship, boat, tanker, cutter, landing craft, hovercraft, flagship, icebreaker"
    ),
    "submarine": "submarine, boomer",
    "radar": "radar, sonar, radar system",
    "munition": "mine, sea mine, warhead, shell",
    "satellite": "spacecraft, satellite, spy satellite",
    "torpedo": "torpedo",
    "electronic-warfare": "jammer, electronic warfare system, jamming system, electronic-warfare system",
}
MODIFIERS = words(
    "cruise ballistic anti-ship anti-tank anti-air anti-aircraft anti-submarine hypersonic supersonic"
    " subsonic surface-to-air surface-to-surface air-to-air air-to-ground air-launched sea-launched"
    " ship-launched land-attack guided guided-missile laser-guided precision precision-guided long-range"
    " short-range medium-range intermediate-range intercontinental tactical strategic stealth combat"
    " attack strike transport cargo utility reconnaissance surveillance maritime patrol multirole"
    " multi-role fighter armed armoured armored main battle light heavy self-propelled towed tracked"
    " wheeled amphibious assault multiple rocket loitering nuclear nuclear-powered diesel-electric missile"
    " early warning training trainer turboprop tilt-rotor tiltrotor naval air defence defense"
    " communications communication spy weather imaging search fire-control early-warning recoilless"
    " resupply ammunition anti-personnel river ground-attack light-attack airborne high-altitude"
    " medium-altitude stealthy vertical heavy-lift short range coastal radar satellite infantry fighting"
    " personnel unmanned underwater surface thermobaric kamikaze"
)
# Owners that stand before a common noun: they make no name of it.
NO_NAME = words(
    "Arctic Antarctic Baltic Pacific Atlantic Mediterranean Caribbean Soviet Western European African"
    " Asian Arab Kurdish Coalition Allied Navy Army Marine Marines Military Government Police State"
    " Federal National Royal Air Force Coast Guard Defence Defense Ministry Pentagon Kremlin Nato NATO"
    " ISIL ISIS Daesh Hezbollah Hamas Houthi Taliban Islamist Nazi Communist Boeing Airbus Lockheed"
    " Raytheon Saab Thales Rheinmetall Northrop Embraer The This These Those That A An All Some Many Most"
    " Several Both Two Three Four Five Six Seven Eight Nine Ten Other Its Their His Her Our No New Old"
    " First Second Third More Few Such Each Every Another Any Modern Older Newer Enemy Commercial Civilian"
    " Foreign Nuclear Main Heavy Light Long Short Anti Cruise Ballistic Hypersonic Armed Armoured Armored"
    " Unmanned Attack Fighter Combat Stealth Cargo Transport Surface Guided North South East West Northern"
    " Southern Eastern Central Manned Naval Tactical Strategic Merchant Container Rescue Patrol Mobile"
    " Hybrid Unidentified Hundreds Dozens Thousands Only When While After Before If As In On At By For"
    " From With Of To And But"
)


def _forms(noun: str) -> tuple[str, ...]:
    """ "torpedo", "torpedoes"; abbreviations and mass nouns get a harmless "s"."""
    return (noun, noun + ("es" if noun.endswith(("o", "sh")) else "s"))


CATEGORY_OF = {
    form: category for category, listed in NOUNS.items() for noun in listed.split(", ") for form in _forms(noun)
}
_NOUN = "|".join(sorted(map(re.escape, CATEGORY_OF), key=len, reverse=True))
_MODIFIER = "|".join(map(re.escape, sorted(MODIFIERS)))
# Takes: " cruise missile" behind a name, " main battle tanks"; refuses: ", a missile".
NOUN_BEHIND = re.compile(rf"(?:[ \u00a0-](?:{_MODIFIER})(?!\w)){{0,3}}[ \u00a0]({_NOUN})(?!\w)", re.IGNORECASE)


def category_behind(text: str, end: int) -> str:
    """The category by the noun that follows a name, "" where none does: "missile" for " cruise missiles"."""
    behind = NOUN_BEHIND.match(text, end)
    return CATEGORY_OF[behind.group(1).lower()] if behind else ""
