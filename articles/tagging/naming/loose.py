"""Guesses what a capitalised name is by the words around it, where neither gazetteer nor its own noun tells.

Takes: “near Kandry”, “the town of Kandry”, “Kandry, Syria” as places, and “the KDF said” as an organisation. Leaves
out: names of which nothing around tells the kind.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..reading.proper import LOW, Words
from ..vocabulary.heads import BARE_HEADS, ORGANISATION, ORGANISATION_HEADS, PARTIES, PLACE, category_of
from ..vocabulary.lexicon import (
    ARTICLES,
    DAYS,
    DETERMINERS,
    KNOWN_WORDS,
    MONTHS,
    STOP_WORDS,
    TITLES,
    noun_class,
    words,
)
from ..vocabulary.person_words import RANKS, is_of_country
from .named import Naming, Taken

BEFORE_PLACES = words("near in outside into across throughout inside towards toward around retook recaptured off")
# Before one unknown word these mostly mean a place; before more, an event or a company as well.
PERHAPS_PLACES = words("at from between")
# Before "at": what happens or stands at a place.
AT_PLACES = words(
    "based landed stationed kept fought held arrived docked moored alongside airfield base camp bridge"
    " depot garrison headquarters range port crossing flotilla squadron airport deployed located refuelled"
    " refueled parked lives"
)
COMPASS = words(
    "north south east west northeast northwest southeast southwest north-east north-west south-east"
    " south-west northern southern eastern western central northeastern northwestern southeastern"
    " southwestern downtown north-eastern north-western south-eastern south-western"
)
PLACE_NOUNS = words(
    "city town village district province region port suburb suburbs outskirts capital island islands"
    " governorate countryside neighbourhood neighborhood vicinity area border state county coast shores"
    " oblast settlement hamlet municipality territory centre center peninsula siege streets parts battle"
    " liberation fall recapture residents"
)
BEHIND_PLACES = words("area region suburb suburbs border countryside border-crossing front frontline offensive")
NO_PLACES = words(
    "English French Arabic Russian German Spanish Chinese Ukrainian Hebrew Turkish Persian Korean"
    " Japanese Latin Article Section Phase Chapter Act Bill Title Resolution Annex Part Appendix Paragraph"
    " Clause Facebook Twitter Instagram Telegram YouTube Islam Christianity Christmas Ramadan Easter"
    " Parliament Congress Euros Dollars Q1 Q2 Q3 Q4 Spring Summer Autumn Winter God Heaven Eid Passover"
    " Lent"
)
COMMON_ACRONYMS = words(
    "GDP CEO CFO TV AM PM HIV AIDS DNA USD EUR GBP VIP FAQ PhD AI IT PR HR QR GPS UTC GMT BST EST CET ID"
    " OK PDF SMS URL HD CCTV NGO NGOs WMD ISR IED IEDs UAV UAVs POW POWs IDP IDPs PTSD VAT CV DC AD BC MBE"
    " OBE CBE KCMG KCB MP MPs QC PPE LGBT LGBTQ GMO RSVP TBC TBD ASAP SME SMEs ICT LNG LPG UK US U.S. UN"
    " EU CBRN FDI STEM COVID SOS"
    " VBIED SVBIED RCIED UXO UAS UCAV USV UUV RPAS FPV ICBM SLBM IRBM SRBM MRBM ATGM ALCM MANPAD MANPADS SAM CIWS"
    " SHORAD APC IFV AFV MRAP LAV AAV GPMG SMG MLRS RPG ASW AEW EW C2 VTOL STOVL AESA VLS"
)

ROMAN = frozenset("IVXLC")
# Takes: "VAZIANI, Georgia —", "BAMAKO (Own report) -"; refuses: "QUESTION:", "NATO said".
DATELINE = re.compile(
    r"^(?!ABOARD )([A-ZÀ-Þ][A-ZÀ-Þ'’.]+(?:[ -][A-ZÀ-Þ'’.]{2,}){0,3})(?=(?:, [^\n—–:-]{2,30})?(?: \([^)\n]{1,30}\))?"
    r" ?(?:[—–]|-{1,2} ))",
    re.MULTILINE,
)
# An acronym of so many letters is mostly an organisation; shorter ones need more evidence.
TELLING = 4


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitals, words `first` to `last`, that nobody has named yet."""

    first: int
    last: int
    text: str


def loose_runs(words: Words, taken: Taken) -> list[Run]:
    """The free runs of capitals, without what only begins a sentence."""
    runs: list[Run] = []
    first = last = -2
    for index in words.capitals:
        if not _is_part(words, index, taken):
            continue
        if index != last + 1 or not words.is_joined(index):
            if last >= 0:
                runs.append(Run(first, last, words.span(first, last)))
            first = index
        last = index
    if last >= 0:
        runs.append(Run(first, last, words.span(first, last)))
    return runs


def still_free(words: Words, runs: Collection[Run], taken: Taken) -> list[Run]:
    """The runs that nothing found since has taken."""
    return [run for run in runs if taken.is_free(words.starts[run.first], words.ends[run.last])]


def _is_part(words: Words, index: int, taken: Taken) -> bool:
    text = words.texts[index]
    if not _may_name(text) or not taken.is_free(words.starts[index], words.ends[index]):
        return False
    if text.isupper() or not words.opens(index):
        return True
    lower = text.lower()
    return lower not in words.smalls and not lower.endswith(("ly", "ing"))


@lru_cache(maxsize=KNOWN_WORDS)
def _may_name(text: str) -> bool:
    """Could the word be a part of a name, wherever it stands?"""
    if text in TITLES or text in RANKS or text in DAYS or text in MONTHS or len(text) == 1:
        return False
    lower = text.lower()
    if text.isupper():
        return True
    is_role = noun_class(lower) == "person" and text not in PARTIES
    return not (is_role or lower in STOP_WORDS or lower in DETERMINERS)


def find_places(
    words: Words, runs: Collection[Run], countries: Collection[int], ends: Collection[int] = ()
) -> Iterator[Naming]:
    """Places by the words around; `countries` are where a country's name begins, `ends` where a known place ends."""
    listed_to = -1
    for run in runs:
        if run.text in NO_PLACES or words.texts[run.first] in NO_PLACES or not _may_be_place(run.text):
            continue
        reason = _place_reason(words, run, countries)
        is_listed = listed_to >= 0 and _is_listed(words, listed_to, run.first)
        if not reason and (is_listed or _follows(words, run.first, ends)):
            reason = "it stands in a list of places"
        if reason:
            listed_to = run.last
            yield _naming(words, run, PLACE, "", reason)
        else:
            listed_to = -1


def _may_be_place(text: str) -> bool:
    last = text.rsplit(" ", 1)[-1].lower()
    if any(sign.isdigit() for sign in text):
        return False
    return not text.isupper() and last not in ORGANISATION_HEADS and any(sign.islower() for sign in text)


def _place_reason(words: Words, run: Run, countries: Collection[int]) -> str:
    before = words.texts[run.first - 1] if run.first and words.is_joined(run.first) else ""
    lower = before.lower()
    after = words.texts[run.last + 1] if run.last + 1 < len(words) else ""
    if lower in BEFORE_PLACES or (lower in COMPASS and not before[:1].isupper()):
        return f"“{lower}” stands before it: a place"
    if lower == "at" and run.first > 1 and words.texts[run.first - 2].lower() in AT_PLACES:
        return f"“{words.texts[run.first - 2].lower()} at” stands before it: a place"
    if lower in PERHAPS_PLACES and run.first == run.last and not is_of_country(run.text):
        return f"“{lower}” stands before it: perhaps a place"
    if lower == "of" and run.first > 1 and words.texts[run.first - 2].lower() in PLACE_NOUNS | COMPASS:
        return f"“{words.texts[run.first - 2].lower()} of” stands before it: a place"
    if after == "," and run.last + 2 < len(words) and words.starts[run.last + 2] in countries and lower != "and":
        return f"its country follows, {words.texts[run.last + 2]}: a place"
    if after in BEHIND_PLACES and words.is_joined(run.last + 1) and words.kinds[run.last + 1] == LOW:
        return f"“{after}” follows: a place"
    return ""


def _follows(words: Words, first: int, ends: Collection[int]) -> bool:
    """Does only a comma or "and" part the run from a known place?"""
    before = [words.texts[index] for index in range(max(0, first - 2), first)]
    if before[-1:] == [","]:
        return words.ends[first - 2] in ends if first > 1 else False
    return before == [",", "and"] and first > 2 and words.ends[first - 3] in ends


def _is_listed(words: Words, last: int, first: int) -> bool:
    """Do only a comma or "and" part the two runs?"""
    return first - last <= 3 and all(words.texts[index] in (",", "and", "or") for index in range(last + 1, first))


def find_datelines(text: str) -> Iterator[Naming]:
    """ "VAZIANI, Georgia —": the place that a report is sent from, in capitals at the head of a line."""
    for match in DATELINE.finditer(text):
        start, end = match.span(1)
        yield Naming(start, end, match.group(1), PLACE, "", "the report is sent from there", match.group(1).title())


def find_acronyms(words: Words, runs: Collection[Run]) -> Iterator[Naming]:
    """Organisations by an unexplained acronym: behind “the”, before “’s”, of four letters, or more than once."""
    seen: dict[str, int] = {}
    for run in runs:
        seen[run.text] = seen.get(run.text, 0) + 1
    for run in runs:
        if _is_acronym(run.text) and _acts(words, run, seen[run.text]):
            reason = "an abbreviation that the story does not explain, used like an organisation"
            yield _naming(words, run, ORGANISATION, "", reason)


def _acts(words: Words, run: Run, times: int) -> bool:
    before = words.texts[run.first - 1] if run.first and words.is_joined(run.first) else ""
    after = words.texts[run.last + 1 : run.last + 2]
    if after == [":"] or (before.isupper() and len(before) > 1):
        return False
    if before.lower() == "the" or after in (["’s"], ["'s"]) or times > 1:
        return True
    return len(run.text) >= TELLING and run.text.isupper() and before.lower() not in ARTICLES


def _is_acronym(text: str) -> bool:
    plain = text.removesuffix("s")
    if not (3 <= len(plain) <= 8 and plain.isalpha() and plain.isupper()) or {text, plain} & COMMON_ACRONYMS:
        return False
    return not set(plain) <= ROMAN


def find_bare(words: Words, runs: Collection[Run]) -> Iterator[Naming]:
    """ "the Coalition", "the Army", "Labour": a capital inside a sentence makes names of them."""
    singles = [run for run in runs if run.first == run.last and (run.text.lower() in BARE_HEADS or run.text in PARTIES)]
    tall = {run.text for run in singles if not words.opens(run.first)}
    for run in singles:
        if run.text in tall:
            category = "party" if run.text in PARTIES else category_of(run.text.lower())
            yield _naming(words, run, ORGANISATION, category, f"“{run.text}” with a capital: an organisation")


def find_again(words: Words, runs: Collection[Run], known: dict[str, Naming]) -> Iterator[Naming]:
    """Further namings of what the story has named already."""
    for run in runs:
        before = known.get(run.text)
        if before is not None:
            yield _naming(words, run, before.kind, before.category, before.reason, before)


def _naming(words: Words, run: Run, kind: str, category: str, reason: str, before: Naming | None = None) -> Naming:
    return Naming(
        words.starts[run.first],
        words.ends[run.last],
        run.text,
        kind,
        category,
        reason,
        (before.name or before.text) if before else "",
        before.country if before else None,
        before.entry if before else None,
        group=before.group if before else "",
    )
