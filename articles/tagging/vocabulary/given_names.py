"""Given names of many countries by the pronoun that usually follows them; a hint, never a proof.

The list is `seeds/given_names.tsv`: a name a line, then "he", "she", or nothing where it is given to both.
"""

from functools import cache

from ..gazetteer.seeds import FOLDER
from .lexicon import words

# Given names that are everyday words as well; as the first word of a sentence they prove nothing.
EVERYDAY = words(
    "Will Mark Grant Bill Rob Sue Pat Chase Frank Rich Jack Drew Josh Faith Hope Joy Grace Rose Dawn May"
    " April June Art Ray Guy Dean Earl Miles Rod Les Max Ward Foster Sterling Stirling Marine Crystal"
    " Ginger Olive Iris Ruby Rosa Per Sandy Skip Israel Jordan Chad Georgia Austin Savannah Florence"
    " Victoria Virginia Carolina Charlotte Adelaide Paris Sydney Alexandria Sierra Orlando Santiago"
    " Salvador Domingo Lincoln Wellington Marshall Spencer Ellis Mason Major"
)


@cache
def _pronouns() -> dict[str, str]:
    lines = (FOLDER / "given_names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {name: pronoun for name, _, pronoun in (line.partition("\t") for line in lines)}


def is_given(word: str) -> bool:
    """Is the word a given name, or a double one that begins with one ("Jean-Luc")?"""
    known = _pronouns()
    return word in known or ("-" in word and word.split("-")[0] in known)


def pronoun_of(name: str) -> str:
    """ "he", "she", or "" where the given name says nothing."""
    known = _pronouns()
    return known.get(name) or known.get(name.split("-")[0], "")
