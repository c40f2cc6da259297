"""The words before and inside names of persons: ranks, offices, and nouns that no person is called by."""

import re
from functools import cache, lru_cache

from ..gazetteer.seeds import FOLDER
from .given_names import is_given
from .heads import EVENT_WORDS, ORGANISATION_HEADS, PLACE_HEADS, PLACE_PREFIXES, UNIT_HEADS
from .lexicon import DAYS, KNOWN_WORDS, ORGANISATION_NOUNS, PERSON_NOUNS, TITLES, noun_class, singular, words
from .weapon_nouns import CATEGORY_OF

RANKS = words(
    "Spc Pfc Cpt Cdr Private Corporal Specialist Airman Seaman Ensign Cadet Trooper Gunner Sapper Rear"
    " Field Air Wing Squadron Flight Flying Pilot Petty Warrant Officer Leader Staff Master Lance Class"
    " Brigadier-General Lieutenant-General Lieutenant-Colonel Major-General Vice-Admiral Rear-Admiral"
    " Vice-Marshal Vice-Minister Emir Crown Mullah Maulana Maulvi Imam Haji Sayyid Ayatollah Grand"
    " Taoiseach Undersecretary Spokesman Spokeswoman Spokesperson Envoy Chief Executive Inspector"
    " Superintendent Constable Sheriff Agent Chaplain Midshipman Sub-Lieutenant Second-Lieutenant Group"
    " Sultan Sen Rep Gov Amb Congressman MP Mr Ms Mrs Dr Cmdr LtCol LtGen MajGen BrigGen VAdm RAdm Sgt"
    " SSgt MSgt CSM General Coach Comrade Shaykh Shaikh Archbishop Patriarch Metropolitan Mufti"
    " Coordinator Governor-General Attorney-General Secretary-General Director-General Chairperson"
    " President-elect"
)
# Only titles beside another one: "Wing Commander", never the "Wing" of a house.
HALF_RANKS = words(
    "Rear Field Air Wing Squadron Flight Flying Pilot Petty Warrant Staff Master Lance Class Crown Grand"
    " Group Officer Leader Executive First Second Third 1st 2nd 3rd"
)
DEPARTMENTS = words(
    "State Defense Defence War Foreign Affairs Interior Finance Justice Staff Treasury Home Education"
    " Energy Commerce Labor Labour Transport Transportation Health Agriculture Homeland Security Army Navy"
    " Air Force Europe Trade Veterans National Internal Economy Development Culture Information"
    " Environment General Armed Forces Veterans’"
)
# Nouns for people that are surnames as well.
SURNAMES_TOO = words(
    "Bishop Pope King Prince Judge Marshal Marshall Major Guy Child Head Farmer Cook Baker Miller"
    " Cardinal Page Young Price Chase Constable Abbott Abbot Knight Mayor Guard Warden Driver Coach Bond"
    " Fox Wolf Church Bush Brown Day Hall Park Parks Bridges Rivers Lake Banks Wells Fields Field Hill"
    " Hills Wood Woods Ford Stone Street Ward Love Drake Rice Singer Rhodes Walker Hunter Archer Fisher"
    " Taylor Speaker Friend Best Freeman Newman Friday May March Bell Close Brook Dale"
)
THINGS = words(
    "Mk Plain North South East West Jet University College Street Avenue Road Airport Hospital School"
    " Institute Foundation Center Centre Park Bridge Airlines Company Group Act Bill Prize Award Stadium"
    " Church County City House Party Hall Square Island Islands River Lake Mountain Court Times Post News"
    " Journal Tribune Herald Committee Council Department Ministry Agency Beach Falls Springs Creek Rock"
    " Point Station Base Wharf Class Regiment Systems Infantry Light Fund Doctrine Line Plan Peninsula"
    " Tower Building Theatre Memorial Monument Museum Library Bay Coast Sea Gulf Strait Valley Desert"
    " Heights Electric Atomics Dynamics Motors Assembly Staff Secretariat Observatory Programme Program"
    " Project Province State Republic Today Kingdom Union League Alliance Front Movement Army Navy Force"
    " Forces Corps Brigade Division Fleet Guard Guards"
)

PEOPLES = words(
    "German French Dutch Greek Swiss Thai Czech American Mexican Moroccan African Afghan Uzbek Kazakh"
    " Tajik Kyrgyz Turkmen Uyghur Kurdish Arab Welsh Scots Basque Slovak Serb Croat Filipino Emirati"
    " Kuwaiti Qatari Omani Yemeni Saudi Iraqi Israeli Pakistani Bangladeshi Azeri Republican Democrat"
    " Soviet Western Northern Southern Eastern Royal"
)
# Takes: Russian, Japanese, Turkish, Iraqi; refuses: Anderson.
PEOPLE = re.compile(r"[A-Z]\w+(?:ian|ean|ese|ish|raqi|aeli|stani|audi)\Z")


@cache
def _countries() -> frozenset[str]:
    lines = (FOLDER / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(word for line in lines for word in line.split("\t")[3].split())


@lru_cache(maxsize=KNOWN_WORDS)
def is_of_country(word: str) -> bool:
    """Is the word part of a country's name, or the adjective of one?"""
    return word in _countries() or word in PEOPLES or PEOPLE.match(word) is not None


def is_title(parts: list[tuple[int, int, str]], index: int) -> bool:
    """Is the part a title of the name that follows it?"""
    word = parts[index][2]
    if word in HALF_RANKS and word not in TITLES:
        neighbours = {part[2] for part in parts[max(0, index - 2) : index + 3] if part[2] != word}
        return any(other in TITLES or (other in RANKS and other not in HALF_RANKS) for other in neighbours) or bool(
            neighbours & HALF_RANKS
        )
    if word in SURNAMES_TOO and index and is_given(parts[index - 1][2]):
        return False
    if word in TITLES or word in RANKS:
        return True
    return index == 0 and word not in SURNAMES_TOO and noun_class(word.lower()) == "person"


@lru_cache(maxsize=KNOWN_WORDS)
def is_no_name(word: str, *, is_last: bool) -> str:
    """ "thing" for a noun that makes the whole run a thing, "end" for a word behind the name, "" for a name."""
    lower = word.lower()
    if word in SURNAMES_TOO and is_last:
        return ""
    if word in THINGS or word in PLACE_PREFIXES:
        return "thing"
    if lower in ORGANISATION_HEADS or lower in PLACE_HEADS or lower in UNIT_HEADS or lower in EVENT_WORDS:
        return "thing"
    if any(sign.isdigit() for sign in word) or lower in CATEGORY_OF:
        return "thing"
    if word in DAYS or word in TITLES:
        return "end"
    if (lower in PERSON_NOUNS or singular(lower) in PERSON_NOUNS) and word not in SURNAMES_TOO:
        return "end"
    return "thing" if lower in ORGANISATION_NOUNS else ""
