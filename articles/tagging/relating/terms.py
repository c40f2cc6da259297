"""Turns a story into weighted terms by which stories are compared.

Takes: the words of “Vostok drills begin” as stems (“vostok”, “drill”, “begin”), its capitalised words and its
numbers once more as names (“=vostok”), and its entities by their ids (“@17”). Leaves out: words too common to
tell stories apart, and words of one letter. Weights follow BM25 (Robertson and Zaragoza, 2009): a word's first
use counts most, and a long story's words count less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nsmallest
from itertools import islice
from threading import local

import Stemmer

from ..reading.document import Document
from ..vocabulary.lexicon import ARTICLES, AUXILIARIES, CONJUNCTIONS, DETERMINERS, STOP_WORDS, words

TITLE_COUNTS = 3
STANDFIRST_COUNTS = 2
# The words of the first paragraphs count so many times more.
OPENING_PARAGRAPHS = 3
OPENING_COUNTS = 1
# The two constants of BM25, and the length of the usual story in counted words and in counted names.
SATURATION = 1.2
LENGTH_SHARE = 0.75
USUAL_WORDS = 260
USUAL_NAMES = 60
# Who and how many tell two events of one kind apart better than what happened.
HUNDREDTHS = 100
NAME_WEIGHT = 120
# Beyond this many, more terms would not tell stories apart better.
MOST_TERMS = 1000
SHORTEST_TERM = 2
LONGEST_TERM = 40
LONGEST_PHRASE = 4

NAME_MARK = "="
ENTITY_MARK = "@"
# Takes: Su-34, don’t, 6.1, 1,000, U.S; refuses: a word's own final stop.
TERM = re.compile(r"[^\W_]+(?:(?:[-'’.]|(?<=\d),(?=\d))[^\W_]+)*")
EVERYDAY = words(
    "said say says told new year years day days week month time people also would could one two first last"
)
UNUSED = STOP_WORDS | ARTICLES | AUXILIARIES | CONJUNCTIONS | DETERMINERS | EVERYDAY


class _OfThread(local):
    """Snowball's English stemmer, which one thread at a time may use. It keeps no words: `_terms_of` does."""

    def __init__(self) -> None:
        self.stemmer = Stemmer.Stemmer("english", 0)


_own = _OfThread()


def terms(document: Document, entities: Iterable[object] = ()) -> dict[str, int]:
    """The story's terms, at most 1,000, with their weights in hundredths.

    `entities` are the ids of what the story is tagged with.
    """
    common: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for text, times, has_names in _fields(document):
        for word, count in Counter(TERM.findall(text)).items():
            term, name = _terms_of(word)
            if term:
                common[term] += times * count
            if has_names and name:
                named[name] += count
    weights = _saturated(common, USUAL_WORDS, HUNDREDTHS) | _saturated(named, USUAL_NAMES, NAME_WEIGHT)
    weights |= {entity_term(entity): NAME_WEIGHT for entity in entities}
    if len(weights) > MOST_TERMS:
        return dict(nsmallest(MOST_TERMS, weights.items(), key=lambda item: (-item[1], item[0])))
    return weights


def names(document: Document, entities: Mapping[object, str]) -> dict[str, tuple[str, ...]]:
    """The story's entities by name and its names as it writes them, each with the terms that stand for it."""
    found: dict[str, tuple[str, ...]] = {name: (entity_term(id),) for id, name in entities.items()}
    for run in _runs(f"{document.standfirst}\n{document.text}"):
        found.setdefault(" ".join(run), tuple(NAME_MARK + _term(word) for word in run))
    return found


def words_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The story's words as it writes them first, each with its term."""
    found: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    for word in TERM.findall(f"{document.title}\n{document.standfirst}\n{document.text}"):
        term = _term(word)
        if term and term not in seen:
            seen.add(term)
            found[word.lower()] = (term,)
    return found


def entity_term(id: object) -> str:
    """The term that stands for an entity."""
    return f"{ENTITY_MARK}{id}"


def _fields(document: Document) -> Iterator[tuple[str, int, bool]]:
    """Each text, how often its words count, and whether a capital means a name in it: in a headline it does not."""
    yield document.title, TITLE_COUNTS, False
    yield document.standfirst, STANDFIRST_COUNTS, True
    yield document.text, 1, True
    # News tells first what it is about.
    yield "\n".join(islice(filter(str.strip, document.text.split("\n")), OPENING_PARAGRAPHS)), OPENING_COUNTS, True


def _term(word: str) -> str:
    """The stem, or nothing for a word too common, too short or too long to tell stories apart."""
    return _terms_of(word)[0]


@lru_cache(maxsize=20_000)
def _terms_of(word: str) -> tuple[str, str]:
    """The stem of a word, and the term of a capitalised word or a number as a name; empty where it has none."""
    term = _stem(word)
    if word[0].isupper() and term:
        return term, NAME_MARK + term
    is_number = word[0].isdigit() and len(word) <= LONGEST_TERM
    return term, NAME_MARK + (term or word) if is_number else ""


def _stem(word: str) -> str:
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower in UNUSED or not SHORTEST_TERM <= len(lower) <= LONGEST_TERM:
        return ""
    return str(_own.stemmer.stemWord(lower))


def _saturated(counts: Counter[str], usual: int, weight: int) -> dict[str, int]:
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * counts.total() / usual)
    # Most terms stand in a story as often as many others.
    weights = {
        count: max(1, round(weight * count * (SATURATION + 1) / (count + norm))) for count in set(counts.values())
    }
    return {term: weights[count] for term, count in counts.items()}


def _runs(text: str) -> Iterator[list[str]]:
    """Capitalised words side by side, as in “Baltic Fleet”; a lone one only within a sentence."""
    run: list[str] = []
    end = -1
    opens = False
    for match in TERM.finditer(text):
        word = match.group()
        is_name = word[0].isupper() and bool(_term(word))
        if run and (not is_name or match.start() != end + 1 or text[end] != " " or len(run) == LONGEST_PHRASE):
            if len(run) > 1 or not opens:
                yield run
            run = []
        if is_name:
            opens = opens if run else not _stands_within(text, match.start())
            run.append(_without_possessive(word))
        end = match.end()
    if run and (len(run) > 1 or not opens):
        yield run


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _stands_within(text: str, start: int) -> bool:
    """Does the word at `start` stand behind another one of its sentence?"""
    return text[max(0, start - 2) : start].endswith(" ") and text[start - 2 : start - 1] not in '.!?:”"’'
