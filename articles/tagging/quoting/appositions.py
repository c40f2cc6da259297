"""Pairs a role with the name that stands beside it between commas: "the prefect, Eerika Kurvits, said".

Takes: “a spokesman for the China Coast Guard, Pei Zhongtai,”, “Anna Kowalska, the minister for trade, …”.
Leaves out: roles written right before a name without a comma ("Defence Minister Kowalska", persons.py).
"""

from dataclasses import dataclass

from ..reading.document import QUOTED, Sentence, Token
from ..reading.mentions import NAME, PRONOUN, Phrase
from ..vocabulary.lexicon import TITLES, noun_class, words
from ..vocabulary.verbs import is_verb

PERSON = "person"
LINKS = words("of for at in to from with on against under")
LONGEST_ROLE = 14


@dataclass(frozen=True, slots=True)
class Apposition:
    """A role and the name of the one who holds it; `role` holds the role's own words, in lower case."""

    role: Phrase
    name: Phrase
    words: frozenset[str]


def find_appositions(tokens: list[Token], sentence: Sentence, phrases: list[Phrase]) -> list[Apposition]:
    """All pairs of one sentence, in order."""
    starts = {phrase.first: phrase for phrase in phrases if not phrase.is_possessive}
    found = []
    for phrase in phrases:
        if phrase.is_possessive or phrase.kind == PRONOUN:
            continue
        if _is_role(tokens, phrase):
            name = _behind(tokens, phrase, starts, sentence)
            if name is not None and _is_person(tokens, name):
                found.append(Apposition(phrase, name, _role_words(tokens, phrase)))
        elif (
            phrase.kind == NAME and _text_at(tokens, phrase.last, sentence) == "," and not _is_governed(tokens, phrase)
        ):
            role = starts.get(phrase.last + 1)
            if role is not None and _is_role(tokens, role) and _is_closed(tokens, role.last, sentence):
                found.append(Apposition(role, phrase, _role_words(tokens, role)))
    return found


def _is_role(tokens: list[Token], phrase: Phrase) -> bool:
    return phrase.noun == PERSON and phrase.kind != PRONOUN and tokens[phrase.first].lower != "whose"


def _behind(tokens: list[Token], role: Phrase, starts: dict[int, Phrase], sentence: Sentence) -> Phrase | None:
    """The name behind the role's comma; "of Gao" may stand between the two."""
    position = role.last
    while position < min(sentence.last, role.first + LONGEST_ROLE):
        if tokens[position].text == ",":
            name = starts.get(position + 1)
            return name if name is not None and _is_closed(tokens, name.last, sentence) else None
        if tokens[position].lower not in LINKS:
            return None
        inner = starts.get(position + 1)
        position = inner.last if inner is not None else position + 2
    return None


def _is_governed(tokens: list[Token], phrase: Phrase) -> bool:
    """ "In Tokyo, the minister": a place, not the minister's name."""
    return phrase.first > 0 and tokens[phrase.first - 1].lower in ("in", "at", "from")


def _is_closed(tokens: list[Token], position: int, sentence: Sentence) -> bool:
    """Does a comma, a stop, a piece, "who" or a verb follow, and no "and" of a list?"""
    if position >= sentence.last:
        return True
    token = tokens[position]
    return token.kind == QUOTED or token.text in ",.;:)" or token.lower in LINKS | {"who"} or is_verb(token.lower)


def _is_person(tokens: list[Token], name: Phrase) -> bool:
    """Two capitalised words or a title and one, and no noun for an organisation or a paper among them."""
    whole = tokens[name.first : name.last]
    links = [index for index, token in enumerate(whole) if token.lower in ("of", "for")]
    own = [token for token in whole[: links[0] if links else None] if token.is_capitalised]
    if any(token.lower == "and" for token in whole):
        return False
    nouns = {noun_class(token.lower) for token in own} - {"", PERSON}
    return name.kind == NAME and len(own) >= 2 and not nouns and tokens[name.first].is_capitalised


def _role_words(tokens: list[Token], role: Phrase) -> frozenset[str]:
    return frozenset(token.lower for token in tokens[role.first : role.last] if token.text not in ("'s", "’s"))


def _text_at(tokens: list[Token], position: int, sentence: Sentence) -> str:
    return tokens[position].text if position < sentence.last else ""


def without_titles(words: list[str]) -> list[str]:
    """The words of a name without its leading titles and ranks."""
    kept = list(words)
    while len(kept) > 1 and (kept[0].rstrip(".") in TITLES or noun_class(kept[0]) == PERSON):
        kept.pop(0)
    return kept
