"""What a reader types into a search box, as terms: words, phrases in quotation marks, “or”, and - for “without”.

Takes any text: what cannot be meant is left out, and nothing is ever refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 200
MOST_TERMS = 12
# PostgreSQL refuses a word of more than two kilobytes in a query.
LONGEST_TERM = 100

# Takes -"carrier group", “carrier group”, -budget, Su-34; a lone quotation mark belongs to no term.
_TERM = re.compile(r"(?P<minus>(?<!\S)-)?(?:[\"“”„«](?P<phrase>[^\"“”„«»]*)[\"“”»]|(?P<word>[^\s\"“”„«»]+))")
# Takes Su-34, F-35A, MiG-31BM, S-400, KC-46s, 2S19 not; the letters, the digits, what follows them.
_DESIGNATION = re.compile(r"([A-Za-z]{1,6})-?(\d{1,4})([A-Za-z]{0,3})")
# Takes U.S., U.K, U.S.A.; refuses e.g and 3.5.
_DOTTED = re.compile(r"(?:[A-Z]\.){1,5}[A-Z]\.?")
_SHORT = re.compile(r"[A-Z]{2,5}|[a-z]{2,3}")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u00ad]")
# Letters that have no accent to take off.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# English stop words of one letter: the index holds none of them.
_UNINDEXED = frozenset("aimstd")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `spellings` are queries of exact lexemes that stand beside the words as typed."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def spellings(self) -> str:
        """'su34' | 'su' <-> '-34' … for Su-34, 'us' | 'u.s' for U.S.; empty for other words."""
        return "" if self.is_phrase else " | ".join(_spellings(self.text))


@dataclass(frozen=True, slots=True)
class Words:
    """Groups of terms: one group must match, with all of its terms."""

    groups: tuple[tuple[Term, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)


def read_words(text: str) -> Words:
    """The terms of a text; a group of nothing but exclusions means nothing and is left out."""
    groups: list[list[Term]] = [[]]
    for term in _joined(_terms(cleaned(text))):
        if term is None:
            groups.append([])
        else:
            groups[-1].append(term)
    return Words(tuple(tuple(group) for group in groups if any(not term.is_excluded for term in group)))


def cleaned(text: str) -> str:
    """One line without control signs, in composed form, not longer than a query may be."""
    visible = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text[:2000])
    return " ".join(plain_hyphens(unicodedata.normalize("NFC", visible)).split())[:LONGEST_QUERY]


def plain_hyphens(text: str) -> str:
    """Hyphens that must not break a line are hyphens like others; soft ones are none."""
    return _HYPHENS.sub(lambda sign: "" if sign[0] == "\u00ad" else "-", text)


def fold(text: str) -> str:
    """Small letters without accents: "Łódź" gives "lodz"."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def folded_words(text: str) -> str:
    """The words of a text that carry accents, without them, each once."""
    accented = dict.fromkeys(word for word in re.findall(r"\w+", text) if not word.isascii())
    folded = dict.fromkeys(fold(word) for word in accented)
    return " ".join(word for word in folded if word.isascii())


def _terms(text: str) -> list[Term | None]:
    """Terms in their order; None stands for “or”."""
    found: list[Term | None] = []
    for match in _TERM.finditer(text):
        words = (match["phrase"] or match["word"] or "").strip()[:LONGEST_TERM]
        is_phrase = match["phrase"] is not None
        if not is_phrase and words.lower() == "or" and not match["minus"]:
            found.append(None)
        elif any(sign.isalnum() for sign in words):
            found.append(Term(words, is_phrase=is_phrase, is_excluded=bool(match["minus"])))
        if len(found) == MOST_TERMS:
            break
    return found


def _joined(terms: list[Term | None]) -> list[Term | None]:
    """Letters and a number apart are one designation as well: Su 34 is looked for as Su-34."""
    joined: list[Term | None] = []
    for term in terms:
        before = joined[-1] if joined else None
        if before and term and _is_designation(before, term):
            joined[-1] = Term(f"{before.text}-{term.text}")
        else:
            joined.append(term)
    return joined


def _is_designation(before: Term, term: Term) -> bool:
    if before.is_phrase or term.is_phrase or before.is_excluded or term.is_excluded:
        return False
    letters = before.text
    is_type = letters.isascii() and letters.isalpha() and (letters.isupper() or len(letters) <= 3)
    return is_type and len(letters) <= 6 and bool(re.fullmatch(r"\d{1,3}[A-Za-z]{0,2}", term.text))


def _spellings(word: str) -> list[str]:
    word = word.strip(".,;:!?()")
    designation = _DESIGNATION.fullmatch(word)
    if designation:
        return _designation(*(part.lower() for part in designation.groups()))
    if _DOTTED.fullmatch(word) or _SHORT.fullmatch(word):
        letters = word.replace(".", "").lower()
        return [f"'{letters}'", f"'{'.'.join(letters)}'"]
    return []


def _designation(letters: str, digits: str, variant: str) -> list[str]:
    """As PostgreSQL cuts Su34, Su-34, Su 34 and Su-34M; a variant is found under its type, not the other way round."""
    variant = "" if variant == "s" else variant
    if variant:
        return [f"'{letters}{digits}{variant}'", f"'{letters}-{digits}{variant}'"]
    before = "" if letters in _UNINDEXED else f"'{letters}' <-> "
    apart = [f"{before}'-{digits}'", f"{before}'{digits}'"] if before else [f"'-{digits}'"]
    return [f"'{letters}{digits}'", f"'{letters}-{digits}':*", *apart]
