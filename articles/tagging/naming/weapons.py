"""Finds what the gazetteer knows as equipment where its alias is written in the plural or is an everyday word.

Takes: “Typhoons” and “three Scorpènes”, “a Javelin” in a story about soldiers. Leaves out: the same words in other
stories, and where nothing sets them apart as a thing (“Patriot” without an article).
"""

from collections.abc import Collection, Iterator

from ..gazetteer.entries import STRONG
from ..gazetteer.search import Gazetteer, Sense
from ..reading.proper import LOW, NUMBER, POSSESSIVE, Words
from ..vocabulary.lexicon import words
from ..vocabulary.weapon_nouns import EQUIPMENT
from .designations import ROAD, is_other
from .loose import Run
from .named import Naming

MILITARY = words(
    "missile missiles army navy naval troops soldiers soldier squadron squadrons brigade battalion"
    " regiment frigate frigates warship warships submarine submarines fighter fighters jets helicopter"
    " helicopters gunner artillery tank tanks military weapon weapons radar radars drone drones marines"
    " combat launcher launchers ammunition howitzer howitzers warhead armoured armored battery batteries"
    " destroyer destroyers sailors airmen troopers battlefield torpedo torpedoes gunners infantry warplane"
    " warplanes bombers bomber corvette defence defense regiments rounds pilot pilots gun guns airman"
    " paratroopers gunship warfare veterans barracks garrison"
)
SPORT = words(
    "league playoff playoffs quarterback touchdown nfl nba nhl coach season bowl stadium striker goalkeeper midfielder"
    " championship tournament innings wicket"
)
ENOUGH_WORDS = 2
BEFORE = words(
    "a an the its his her their our my your this that these those another each every first second third"
    " last old new one two three four five six seven eight nine ten eleven twelve dozen several some many"
    " more fewer few both no any of with and or by hundreds thousands dozens single lone retired ageing"
    " aging elderly modern russian"
)
BEHIND = words(
    "crew crews pilot pilots gunner gunners battery batteries squadron squadrons platoon regiment missile"
    " missiles launcher launchers team teams course launch shot rounds round variant variants training"
)
LONGEST_ALIAS = 4


def is_military(story_words: Collection[str]) -> bool:
    """Does the story speak of weapons and soldiers at all, and not of a match?"""
    if len(SPORT.intersection(story_words)) >= ENOUGH_WORDS:
        return False
    return len(MILITARY.intersection(story_words)) >= ENOUGH_WORDS


def find_weapons(words_: Words, runs: Collection[Run], gazetteer: Gazetteer, *, in_military: bool) -> Iterator[Naming]:
    """The equipment among the free runs; weak aliases only in a military story."""
    for run in runs:
        naming = _in_run(words_, run, gazetteer, in_military=in_military)
        if naming is not None:
            yield naming


def _in_run(words_: Words, run: Run, gazetteer: Gazetteer, *, in_military: bool) -> Naming | None:
    last = run.last
    if last + 1 < len(words_) and words_.is_joined(last + 1) and words_.kinds[last + 1] == NUMBER:
        last += 1
    for first in range(run.first, last + 1):
        for end in range(min(last, first + LONGEST_ALIAS), first - 1, -1):
            text = words_.span(first, end)
            sense = _sense(text, gazetteer)
            if sense is None or is_other(words_.text, words_.starts[first], words_.ends[end]):
                continue
            is_strong = sense.alias.strength == STRONG
            if is_strong or (in_military and not ROAD.match(text) and _is_set_apart(words_, first, end)):
                return _naming(words_, first, end, sense, is_strong=is_strong)
    return None


def _sense(text: str, gazetteer: Gazetteer) -> Sense | None:
    """The one piece of equipment that the text or its singular names."""
    spellings = [text, text[:-1]] if text.endswith("s") else [text]
    for spelling in spellings:
        match = gazetteer.find_whole(spelling)
        senses = [sense for sense in match.senses if sense.entry.kind == EQUIPMENT] if match else []
        if len({sense.entry.id for sense in senses}) == 1:
            return senses[0]
    return None


def _is_set_apart(words_: Words, first: int, end: int) -> bool:
    """An article, a number or a plural makes a thing of the word; so does "crew" behind it."""
    before = words_.texts[first - 1].lower() if first and words_.is_joined(first) else ""
    if first and words_.kinds[first - 1] == POSSESSIVE:
        return True
    if before in BEFORE or (first and words_.kinds[first - 1] == NUMBER and words_.is_joined(first)):
        return True
    behind = end + 1
    is_followed = behind < len(words_) and words_.is_joined(behind) and words_.kinds[behind] == LOW
    if is_followed and words_.texts[behind] in BEHIND:
        return True
    return words_.texts[end].endswith("s") and words_.kinds[first - 1 if first else 0] == LOW


def _naming(words_: Words, first: int, end: int, sense: Sense, *, is_strong: bool) -> Naming:
    entry, text = sense.entry, words_.span(first, end)
    reason = f"“{text}” names it" if is_strong else f"“{text}” may name it; the story is about weapons"
    return Naming(
        words_.starts[first],
        words_.ends[end],
        text,
        entry.kind,
        entry.category,
        reason,
        entry.name,
        entry.country,
        entry,
        is_strong,
        sense.alias.form,
    )
