"""Guesses what a capitalised name is by the words around it, where neither gazetteer nor its own noun tells.

Takes: “near Kandry”, “the town of Kandry”, “Kandry, Syria” as places, and “the KDF said” as an organisation. Leaves
out: names of which nothing around tells the kind.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .heads import BARE_HEADS, ORGANISATION, ORGANISATION_HEADS, PLACE
from .lexicon import DAYS, DETERMINERS, MONTHS, STOP_WORDS, TITLES, noun_class, words
from .naming import Naming, Taken
from .proper import LOW, POSSESSIVE, Words

BEFORE_PLACES = words("near in outside into across throughout inside towards toward around retook recaptured")
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
)


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
    if text in TITLES or text in DAYS or text in MONTHS or len(text) == 1:
        return False
    if not text.isupper():
        lower = text.lower()
        if lower in STOP_WORDS or lower in DETERMINERS or noun_class(lower) == "person":
            return False
        if words.opens(index) and (lower in words.smalls or lower.endswith(("ly", "ing"))):
            return False
    return taken.is_free(words.starts[index], words.ends[index])


def find_places(words: Words, runs: Collection[Run], countries: Collection[int]) -> Iterator[Naming]:
    """Places by the words around; `countries` are the places in the text where a country's name begins."""
    listed_to = -1
    for run in runs:
        if run.text in NO_PLACES or words.texts[run.first] in NO_PLACES or not _may_be_place(run.text):
            continue
        reason = _place_reason(words, run, countries)
        if not reason and listed_to >= 0 and _is_listed(words, listed_to, run.first):
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
    if lower == "of" and run.first > 1 and words.texts[run.first - 2].lower() in PLACE_NOUNS | COMPASS:
        return f"“{words.texts[run.first - 2].lower()} of” stands before it: a place"
    if after == "," and run.last + 2 < len(words) and words.starts[run.last + 2] in countries and lower != "and":
        return f"its country follows, {words.texts[run.last + 2]}: a place"
    if after in BEHIND_PLACES and words.is_joined(run.last + 1) and words.kinds[run.last + 1] == LOW:
        return f"“{after}” follows: a place"
    return ""


def _is_listed(words: Words, last: int, first: int) -> bool:
    """Do only a comma or "and" part the two runs?"""
    return first - last <= 3 and all(words.texts[index] in (",", "and", "or") for index in range(last + 1, first))


def find_acronyms(words: Words, runs: Collection[Run]) -> Iterator[Naming]:
    """Organisations by an unexplained acronym: behind “the”, before a verb or “’s”, or more than once."""
    seen: dict[str, int] = {}
    for run in runs:
        seen[run.text] = seen.get(run.text, 0) + 1
    for run in runs:
        if not _is_acronym(run.text):
            continue
        before = words.texts[run.first - 1].lower() if run.first and words.is_joined(run.first) else ""
        behind = run.last + 1
        is_owner = behind < len(words) and words.kinds[behind] == POSSESSIVE
        if before == "the" or is_owner or seen[run.text] > 1:
            reason = "an abbreviation that the story does not explain, used like an organisation"
            yield _naming(words, run, ORGANISATION, "", reason)


def _is_acronym(text: str) -> bool:
    plain = text.removesuffix("s")
    return 3 <= len(plain) <= 8 and plain.isalpha() and plain.isupper() and text not in COMMON_ACRONYMS


def find_bare(words: Words, runs: Collection[Run]) -> Iterator[Naming]:
    """ "the Coalition" where it has its capital inside a sentence; its long form is looked for later."""
    singles = [run for run in runs if run.first == run.last and run.text.lower() in BARE_HEADS]
    tall = {run.text for run in singles if not words.opens(run.first)}
    for run in singles:
        if run.text in tall:
            yield _naming(words, run, ORGANISATION, "", f"“{run.text}” with a capital: an organisation")


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
        before.name if before else "",
        before.country if before else None,
        before.entry if before else None,
    )
