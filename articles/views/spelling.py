"""What a reader may have meant who found nothing: words of names that live stories carry, close to what was typed."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef
from rapidfuzz import fuzz, process

from articles.models import Listing
from articles.search_words import Term, fold, read_words
from entities.models import Entity

# Two letters exchanged in a word of eight leave it so much like it; another word is less.
LIKE_ENOUGH = 75
FEWEST_LETTERS = 4


def meant(text: str) -> str:
    """The query with each word that no name has replaced by the one that is most like it; empty where none is.

    Only names of entities with a live story: what nobody may know of yet is nobody's suggestion.
    """
    groups = read_words(text).groups
    asked = [term for group in groups for term in group if not term.is_phrase and not term.is_excluded]
    if not any(len(term.folded) >= FEWEST_LETTERS for term in asked):
        return ""
    known = _words_of_names()
    replaced = {term.text: _closest(term, known) for term in asked}
    if all(term == word for term, word in replaced.items()):
        return ""
    return " or ".join(" ".join(_written(term, replaced) for term in group) for group in groups)


def _words_of_names() -> dict[str, str]:
    """Folded, and as they are written in a name."""
    named = Listing.objects.filter(entity=OuterRef("pk"))
    names = Entity.objects.public().filter(Exists(named)).order_by("id").values_list("name", flat=True)
    words = (word for name in names for word in re.findall(r"[\w-]+", name))
    return {fold(word): word for word in words if len(word) >= FEWEST_LETTERS}


def _closest(term: Term, known: dict[str, str]) -> str:
    if len(term.folded) < FEWEST_LETTERS or term.folded in known:
        return term.text
    found = process.extractOne(term.folded, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return known[found[0]] if found else term.text


def _written(term: Term, replaced: dict[str, str]) -> str:
    words = f'"{term.text}"' if term.is_phrase else replaced.get(term.text, term.text)
    return f"-{words}" if term.is_excluded else words
