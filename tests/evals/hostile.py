"""Texts that nobody would write: does the engine survive them, in linear time, with true spans?"""

import time
from collections.abc import Callable, Iterator

from articles.tagging import Analysis, Document, Gazetteer, analyse

SENTENCE = "“We see it,” General Ana Brandt said in Kyiv on Monday, as F-16s of the Royal Danish Air Force took off. "
# What is repeated, and how many code points of it make the shortest of the three texts that are timed.
REPEATED = {
    "quotation marks": ('"', 100_000),
    "opening marks": ("“", 100_000),
    "single marks": ("'", 100_000),
    "marks and blanks": ("' \" ", 100_000),
    "nested marks": ("“‘", 100_000),
    "low and angled marks": ("„«‹›»“", 100_000),
    "capitals": ("Kyiv ", 100_000),
    "a name without end": ("Ana Brandt ", 100_000),
    "titles": ("General Minister President ", 100_000),
    "reporting words": ("said he said ", 100_000),
    "who said that": ("“x” said the man who told her that ", 100_000),
    "prepositions": ("of the in the ", 100_000),
    "commas": ("Kyiv, ", 100_000),
    "full stops": (". ", 100_000),
    "no spaces": ("a", 200_000),
    "capitals without spaces": ("A", 200_000),
    "letters and digits": ("A1-", 100_000),
    "ordinals": ("1st Brigade, 2nd ", 100_000),
    "states": ("Paris, Texas, ", 100_000),
    "hyphens": ("al-", 100_000),
    "combining signs": ("e\u0301\u0323", 100_000),
    "zero width": ("Ky\u200biv ", 100_000),
    "right to left": ("قال الوزير “شيء” ", 100_000),
    "mixed scripts": ("Кyiv 東京 said “ελ” \u202e", 100_000),
    "emoji": ("👩‍✈️ said “🚀” ", 100_000),
    "markup": ('<p class="x">“Kyiv</p> ', 100_000),
    "unclosed markup": ("<a <b ", 100_000),
    "line ends": ("\n", 200_000),
    "paragraphs of one mark": ("“\n", 100_000),
    "chained paragraphs": ("“We see it.\n\n", 100_000),
    "null signs": ("\x00Kyiv", 100_000),
    "half surrogates": ("\ud800 Kyiv ", 100_000),
    "sentences": (SENTENCE, 100_000),
    "brackets": ("North Atlantic Treaty Organization (NATO) (", 100_000),
}
WORDS = 100_000
MEGABYTE = 1_000_000
# Shorter times are mostly noise. What really grows faster does so at every try.
SHORTEST_TIMED = 0.4
LONGEST_TIMED = 3_000_000
SUSPICIOUS = 4.4
TRIES = 3


def texts() -> Iterator[tuple[str, str]]:
    """The hostile texts by name, the megabyte of marks and the text of 100,000 words among them."""
    yield from ((name, part * (length // len(part))) for name, (part, length) in REPEATED.items())
    yield "a megabyte of quotation marks", '"' * MEGABYTE
    yield "a megabyte of curly marks", "“”" * (MEGABYTE // 2)
    yield "100,000 words", SENTENCE * (WORDS // len(SENTENCE.split()))
    yield "nothing", ""
    yield "one mark", "“"


def faults(gazetteer: Gazetteer, tell: Callable[[str], None]) -> int:
    """How many of the texts make the engine raise, or give a span that is not true."""
    number = 0
    for name, text in texts():
        try:
            untrue = untrue_spans(text, analyse(Document(text=text, title=text[:200]), gazetteer))
        except Exception as error:  # whatever it is, it is what we look for
            number += 1
            tell(f"hostile: {name}: {type(error).__name__}: {error}")
        else:
            number += bool(untrue)
            for words in untrue[:3]:
                tell(f"hostile: {name}: span is not true: {words!r}")
    return number


def untrue_spans(text: str, analysis: Analysis) -> list[str]:
    """The words of all findings in the body that do not stand at their span."""
    spans = [(quote.start, quote.end, quote.text) for quote in analysis.quotes]
    for quote in analysis.quotes:
        spans += [(part.start, part.end, part.text) for part in (quote.speaker, quote.cue) if part is not None]
    for found in (*analysis.countries, *analysis.entities):
        spans += [(mention.start, mention.end, mention.text) for mention in found.mentions if mention.field == "body"]
    return [words for start, end, words in spans if not 0 <= start < end <= len(text) or text[start:end] != words]


def growth(gazetteer: Gazetteer, tell: Callable[[str], None]) -> float:
    """The worst ratio of the time for 4n to the time for n; 4 is linear. A text read quickly is made longer first."""
    worst = 0.0
    for name, (part, length) in REPEATED.items():
        text = part * (length // len(part))
        while _seconds(text, gazetteer) < SHORTEST_TIMED and len(text) < LONGEST_TIMED:
            text *= 2
        times = _times(text, gazetteer)
        for _ in range(TRIES - 1):
            if times[2] / times[0] > SUSPICIOUS:
                times = min(times, _times(text, gazetteer), key=lambda tried: tried[2] / tried[0])
        worst = max(worst, times[2] / times[0])
        tell(f"hostile: {name}: " + ", ".join(f"{seconds:.2f} s" for seconds in times) + " for n, 2n, 4n")
    return worst


def _times(text: str, gazetteer: Gazetteer) -> list[float]:
    return [_seconds(text * factor, gazetteer) for factor in (1, 2, 4)]


def _seconds(text: str, gazetteer: Gazetteer) -> float:
    began = time.process_time()
    analyse(Document(text=text), gazetteer)
    return time.process_time() - began
